"""Where in the lock's files a number stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from maille.allocation.files import FOLDER, SUFFIX
from maille.inventory.source import read_document

if TYPE_CHECKING:
    from maille.check.built import Built
    from maille.inventory.source import Document

SHARED = "shared"


class LockFile:
    """One file of the lock, read once."""

    def __init__(self, built: Built, scope: str = SHARED) -> None:
        """Read the file of a commune, by its INSEE code, or that of what communes share."""
        path = Path(built.sources.root) / FOLDER / f"{scope}{SUFFIX}"
        self._document: Document = read_document(path, shown_as=str(path))

    def line(self, section: str, key: str) -> str:
        """Give file and line of an entry: `…/28085.lock.yaml:14`."""
        place = self._document.locate((section, key), key=True)
        return f"{place.file}:{place.line}" if place.line else place.file


def lock_line(built: Built, scope: str | None, section: str, key: str) -> str:
    """Give file and line of one entry of the lock; `scope` None is what communes share."""
    return LockFile(built, scope or SHARED).line(section, key)


def segment_line(built: Built, segment: str) -> str:
    """Give where VLAN and prefix of a segment were given."""
    scope, _, key = segment.partition("/")
    return lock_line(built, None if scope == "centre" else scope, "segments", key)
