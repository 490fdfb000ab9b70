"""Where in a batch the fields of the inventory come from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from maille.inventory.source import Sources

if TYPE_CHECKING:
    from maille.batch.records import Record
    from maille.errors import Finding, Place
    from maille.inventory.reading.fault import Path

_RECORD_DEPTH = 2
"""Steps to a commune, `("communes", "28085")`: what lies no deeper is never a single field."""


class Cells:
    """The cells that fields of the estate come from, by their path in the estate's tree.

    A source for the findings of the schema: what it says of a field is placed at its cell.
    """

    def __init__(self) -> None:
        """Start without any."""
        self._places: dict[Path, Place] = {}
        self._broken: set[Path] = set()

    def add(self, record: Record) -> None:
        """Take the cells of a record; the record itself is placed at the cell of its key."""
        self.note(record.estate_path, record.keys[-1])
        for path, place in record.cells.items():
            self.note(record.estate_path + path, place)
        for path in record.broken:
            self.refuse(record.estate_path + path)

    def note(self, path: Path, place: Place) -> None:
        """Take the cell of one field."""
        self._places[path] = place

    def refuse(self, path: Path) -> None:
        """Note that a finding has told what is wrong at `path`."""
        self._broken.add(path)

    def place(self, path: Path) -> Place | None:
        """Give the cell of a field, of a part of it, or of the record that it is missing from."""
        if path in self._places:
            return self._places[path]
        part = next((known for known in self._places if known[: len(path)] == path), None)
        if part and len(path) > _RECORD_DEPTH:
            return self._places[part]
        above = (self._places.get(path[:end]) for end in range(len(path) - 1, -1, -1))
        return next((place for place in above if place), None)

    def placed(self, finding: Finding, path: Path, *, key: bool = False) -> Finding:
        """Give the finding with its cell; the key of a record is its cell as well."""
        place = self.place(path[:-1] if key and path not in self._places else path)
        return replace(finding, place=place, line_text="") if place else finding

    def is_broken(self, path: Path, *, key: bool = False) -> bool:
        """Say whether a finding has told already what is wrong at `path`, above it or below."""
        del key
        return any(
            path[: len(broken)] == broken
            or (len(path) > _RECORD_DEPTH and broken[: len(path)] == path)
            for broken in self._broken
        )


@dataclass(frozen=True)
class CellSources(Sources):
    """The sources of an estate that a batch is about to change."""

    cells: Cells = field(default_factory=Cells)

    def placed(self, finding: Finding, path: Path, *, key: bool = False) -> Finding:
        """Give the finding at the cell that `path` came from, otherwise in its file."""
        found = self.cells.placed(finding, path, key=key)
        return found if found.place.cell else super().placed(finding, path, key=key)
