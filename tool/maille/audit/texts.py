"""A running configuration as it is audited: printable lines without the values of secrets.

What comes from a device, or from whoever sent the file, may be anything. It is judged here,
once, so that all that follows works on lines that cannot harm: not the terminal on which they
are shown, not the memory, and not the secrets that the device had stored.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.configs.compare.secrets import hide
from maille.configs.hardening.text import read
from maille.report.caret import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LINES = 20_000
MAX_LINE_CHARS = 8_192
MAX_DEPTH = 40
"""Sections inside sections: devices have five."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LINE_END = re.compile(r"\r\n|\n|\r")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ASKED = re.compile(r"\S+#\s*sh(?:o|ow)?\s+run", re.IGNORECASE)
"""The line of a captured session in which the configuration was asked for."""


@dataclass(frozen=True, slots=True)
class RunningText:
    """A running configuration that can be judged."""

    file: str
    text: str
    """Printable lines in which the values of stored secrets are hidden."""
    hostname: str
    """Empty where the text names none."""
    sha256: str
    """Of the file as it is."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """A file that cannot be judged."""

    file: str
    what: str
    how: str


def running_text(file: str, content: bytes) -> RunningText | Unusable:
    """Read the content of a file; `file` is its name as people are told it."""
    if not content.strip():
        return Unusable(file, "the file is empty", _FETCH)
    if content.startswith(_UTF_16):
        return Unusable(file, "the file is UTF-16", "save it as UTF-8")
    if b"\0" in content:
        return Unusable(file, "the file is no text", _FETCH)
    lines = _answer(_LINE_END.split(_decoded(content)))
    if fault := _fault(lines):
        return Unusable(file, *fault)
    text = "\n".join(without_secrets(harmless(line.replace("\t", " "))) for line in lines)
    top = read(text).top
    if not any(line.startswith(("hostname ", "interface ")) for line in top):
        what = "the file is no configuration: it holds neither a host name nor an interface"
        return Unusable(file, what, _FETCH)
    hostname = next((line for line in top if line.startswith("hostname ")), "")
    return RunningText(
        file, text, hostname.removeprefix("hostname ").strip(), hashlib.sha256(content).hexdigest()
    )


_FETCH = "give the whole output of `show running-config`"


def _decoded(content: bytes) -> str:
    """Give the text; what is no UTF-8 is what old devices send, one byte a character."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _answer(lines: list[str]) -> list[str]:
    """Blank what a captured session holds before the answer: the banner of the login, prompts.

    Lines stay where they are, so that their numbers hold.
    """
    asked = [number for number, line in enumerate(lines) if _ASKED.match(line)]
    if len(asked) != 1 or any(line.startswith("hostname ") for line in lines[: asked[0]]):
        return lines
    return [""] * (asked[0] + 1) + lines[asked[0] + 1 :]


def _fault(lines: list[str]) -> tuple[str, str] | None:
    """Say what makes lines unfit to be judged, and how to mend it."""
    if len(lines) > MAX_LINES:
        return f"{len(lines):,} lines are more than any switch has", _FETCH
    for number, line in enumerate(lines, start=1):
        if _CONTROL.search(line):
            what = f"line {number} holds control characters"
            return what, "fetch it again after `terminal length 0`: pages leave such traces"
        if len(line) > MAX_LINE_CHARS:
            what = f"line {number} has {len(line):,} characters, more than any device stores"
            return what, _FETCH
    for number, depth in _depths(lines):
        if depth > MAX_DEPTH:
            what = f"line {number} is indented more deeply than any device does"
            return what, "give the output as the device printed it"
    return None


def _depths(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Give the depth of every line by its indentation."""
    above: list[int] = []
    for number, line in enumerate(lines, start=1):
        if stripped := line.lstrip():
            level = len(line) - len(stripped)
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
            yield number, len(above)


def without_secrets(line: str) -> str:
    """Give a line without the value of its secret; one that holds none stays as it is."""
    words = " ".join(line.split())
    hidden = hide(words)
    return line if hidden == words else line[: len(line) - len(line.lstrip())] + hidden
