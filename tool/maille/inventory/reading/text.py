"""Look at a text before YAML does: what the eye can't see, tabs, merge conflicts.

A file without any of these, which is nearly every file, costs one pass in C.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import chain, islice
from typing import TYPE_CHECKING

from maille.inventory.reading.encoding import foreign, not_utf8
from maille.inventory.reading.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FAULTS = 50
"""Where the listing of one file's faults stops."""

# Control characters but tab and line ends, the line ends that editors don't count (U+0085,
# U+2028, U+2029), and what is invisible or turns the writing direction.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\uffff]"
)
_LONE_RETURN = re.compile(r"\r(?!\n)")
_NO_BREAK = "\u00a0\u2007\u202f\u3000"
_NO_BREAK_AS_SPACE = re.compile(f"^[ \t-]*([{_NO_BREAK}])|:([{_NO_BREAK}])", re.MULTILINE)
_TAB_INDENTS = re.compile(r"^ *(\t)[ \t]*[^\s#]", re.MULTILINE)
_CONFLICT = re.compile(r"^<{7} .*$", re.MULTILINE)
_CONFLICT_END = re.compile(r"^>{7} .*$", re.MULTILINE)


def check_text(data: bytes) -> list[Fault]:
    """List what keeps `data` from being read as YAML, before any YAML is read.

    A byte order mark alone is a warning; with any other fault here, parsing would only
    report what follows from it.
    """
    if fault := foreign(data):
        return [fault]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return [not_utf8(data, error)]
    faults: list[Fault] = []
    if text.startswith("\ufeff"):
        text = text[1:]
        what = "the file begins with a byte order mark (U+FEFF)"
        faults.append(Fault("I007", 1, 1, what, 'save it as "UTF-8", not "UTF-8 with BOM"'))
    if not text.replace("\n", "").isprintable():
        found = chain(_returns(text), _invisible(text), _tabs(text), _no_break(text))
        faults.extend(islice(found, MAX_FAULTS))
    if "<<<<<<< " in text:
        faults.extend(islice(_conflicts(text), MAX_FAULTS))
    return faults


def without_mark(data: bytes) -> bytes:
    """Take the byte order mark away, which counts as no column."""
    return data.removeprefix(codecs.BOM_UTF8)


def hidden(value: str) -> str:
    """Name the first character of `value` that no text may hold; nothing if there is none."""
    match = _INVISIBLE.search(value)
    return _named(match.group()) if match else ""


def _named(char: str) -> str:
    """Write a character that can't be shown: `U+200B (zero width space)`."""
    return f"U+{ord(char):04X} ({unicodedata.name(char, 'a control character').lower()})"


def position(text: str, offset: int) -> tuple[int, int]:
    """Give line and column, from 1, of the character at `offset`."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _invisible(text: str) -> Iterator[Fault]:
    """Find characters that show as nothing or as something else."""
    for match in _INVISIBLE.finditer(text):
        line, column = position(text, match.start())
        what = f"an invisible character stands here: {_named(match.group())}"
        yield Fault("I008", line, column, what, "delete it")


def _returns(text: str) -> Iterator[Fault]:
    """Report the first carriage return that no line feed follows, and how many there are."""
    matches = _LONE_RETURN.finditer(text)
    first = next(matches, None)
    if first is None:
        return
    others = sum(1 for _ in matches)
    more = f", and {others} more" if others else ""
    what = f"a carriage return without a line feed stands here{more}"
    yield Fault("I008", *position(text, first.start()), what, "save with line ends LF")


def _tabs(text: str) -> Iterator[Fault]:
    """Report the first line that a tab indents, and how many more there are."""
    matches = _TAB_INDENTS.finditer(text)
    first = next(matches, None)
    if first is None:
        return
    line, column = position(text, first.start(1))
    others = sum(1 for _ in matches)
    more = f", and {others} more line{'s' if others > 1 else ''}" if others else ""
    what = f"a tab indents this line{more}"
    yield Fault("I010", line, column, what, "indent with spaces (two a level)")


def _no_break(text: str) -> Iterator[Fault]:
    """Find no-break spaces where YAML wants a space."""
    for match in _NO_BREAK_AS_SPACE.finditer(text):
        line, column = position(text, match.start(match.lastindex or 0))
        what = f"a no-break space (U+{ord(match.group()[-1]):04X}) stands in place of a space"
        yield Fault("I011", line, column, what, "replace it by an ordinary space")


def _conflicts(text: str) -> Iterator[Fault]:
    """Find what git left of a merge that nobody resolved."""
    for match in _CONFLICT.finditer(text):
        line, column = position(text, match.start())
        end = _CONFLICT_END.search(text, match.end())
        upto = f", up to line {position(text, end.start())[0]}" if end else ""
        what = f"a merge conflict begins here{upto}"
        yield Fault("I009", line, column, what, "keep what is right, delete the marker lines")
