"""Fetch the texts of a folder: bounded, whatever lies in it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maille.adopt.codes import HOW_READ, UNREADABLE, finding
from maille.errors import Place, UsageError
from maille.inventory.reading.content import read_content
from maille.inventory.reading.fault import Fault

if TYPE_CHECKING:
    from pathlib import Path

    from maille.errors import Finding

SUFFIXES: Final = frozenset({".cfg", ".conf", ".txt"})
_WIDE_MARKS: Final = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HOW: Final = "put the output of `show running-config` here as a text file"


@dataclass(frozen=True, slots=True)
class Text:
    """A file as text, or nothing if it is none, and what there is to tell of it."""

    file: str
    """Its name as messages show it."""
    text: str | None
    findings: tuple[Finding, ...] = ()


def configuration_files(folder: Path) -> list[Path]:
    """Give the files of a folder that may be configurations, one a device, by name.

    Raises:
        UsageError: there is no such folder, or none of its files has one of the suffixes.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", "name the one with the configurations")
    try:
        found = sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in SUFFIXES and not path.name.startswith(".")
        )
    except OSError as error:
        reason = error.strerror or "it can't be read"
        raise UsageError(f"{folder}: {reason.lower()}", "name a folder that may be read") from None
    if not found:
        raise UsageError(
            f"no file in {folder} ends in {', '.join(sorted(SUFFIXES))}",
            "put one running configuration a device there",
        )
    return found


def read_text(path: Path) -> Text:
    """Read a file; what keeps it from being a text becomes a finding."""
    file = str(path)
    content = read_content(path)
    if isinstance(content, Fault):
        return Text(file, None, (finding(UNREADABLE, content.what, _HOW, Place(file)),))
    encoding = next((name for mark, name in _WIDE_MARKS if content.startswith(mark)), "utf-8-sig")
    if encoding == "utf-8-sig" and b"\0" in content:
        what = "this is no text: it holds zero bytes"
        return Text(file, None, (finding(UNREADABLE, what, _HOW, Place(file)),))
    try:
        return Text(file, content.decode(encoding))
    except UnicodeDecodeError:
        assumed = finding(
            HOW_READ,
            "the file is not UTF-8, it was read as Windows-1252",
            "look at the accents in the draft; better, save the file as UTF-8",
            Place(file),
        )
        return Text(file, content.decode("cp1252", errors="replace"), (assumed,))
