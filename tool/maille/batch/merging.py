"""What a batch makes of one commune's file: its fields afterwards, and what stands against it."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from maille.batch.cells import Cells
from maille.batch.codes import finding
from maille.batch.completeness import absent_column, gaps
from maille.batch.fields import is_default, ordered
from maille.batch.sheets import CABINETS, CAMERAS, COMMUNES
from maille.batch.trees import Move, found_at, holds, put
from maille.inventory.suggest import meant

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from maille.batch.columns import Column, Sheet
    from maille.batch.existing import Existing
    from maille.batch.records import Lost, Record
    from maille.errors import Finding, Place
    from maille.inventory.reading.fault import Path


@dataclass(slots=True)
class Session:
    """What holds for all communes of a batch, and what they find out together.

    `cells` learns where fields come from, `absent` which columns the sheets lack and new
    records need: the records' files and sheets with the column. `lost` are rows that could not
    be identified.
    """

    existing: Existing
    update: bool = False
    lost: Collection[Lost] = ()
    cells: Cells = field(default_factory=Cells)
    absent: dict[tuple[str, str, str], Column] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Merged:
    """The fields of a commune's file, as they will be, and what stands against it.

    `after` is None if there is no commune to bring anything into. `moves` are cameras that
    change their cabinet: in `after` they still stand at the first path, and belong to the
    fields at the second one.
    """

    insee: str
    after: dict[str, Any] | None
    moves: tuple[Move, ...]
    findings: tuple[Finding, ...]


def merged(insee: str, records: Sequence[Record], session: Session) -> Merged:
    """Bring the records of one commune into its fields."""
    merger = _Merger(insee, records, session)
    if merger.stops():
        return Merged(insee, None, (), tuple(merger.findings))
    for record in records:
        merger.take(record)
    return Merged(insee, ordered(merger.after), tuple(merger.moves), tuple(merger.findings))


class _Merger:
    """Takes the records of one commune, one after the other."""

    def __init__(self, insee: str, records: Sequence[Record], session: Session) -> None:
        document = session.existing.document(insee)
        self._insee = insee
        self._records = records
        self._session = session
        self._existing = session.existing
        self._file = document.shown_as if document else ""
        self._fields = session.existing.fields(insee)
        self.after: dict[str, Any] = copy.deepcopy(document.tree or {}) if document else {}
        self.moves: list[Move] = []
        self.findings: list[Finding] = []
        for record in records:
            session.cells.add(record)

    def stops(self) -> bool:
        """Say, with findings, whether there is no commune to bring anything into."""
        if self._existing.is_refused(self._insee):
            what = f"the file of commune `{self._insee}` has errors"
            how = "mend it first: maille check"
        elif self._fields or any(record.sheet is COMMUNES for record in self._records):
            return False
        elif self._may_be_lost(COMMUNES):
            return True
        else:
            what = f"commune `{self._insee}` is neither in the batch nor in the inventory"
            how = meant(self._insee, self._existing.estate.communes) or "give it a row of its own"
        self.findings += [finding("I410", what, how, record.keys[0]) for record in self._records]
        return True

    def take(self, record: Record) -> None:
        """Bring in one record: add it, or compare it with what is there."""
        if not self._is_free(record) or not self._has_parent(record):
            return
        home = self._home(record)
        if found_at(self._fields, home) is None or not self._fields:
            self._add(record)
        else:
            self._compare(record, home)

    def _may_be_lost(self, sheet: Sheet) -> bool:
        """Say whether what is missed may stand in a row that could not be identified."""
        return any(row.may_be(sheet, self._insee) for row in self._session.lost)

    def _refuse(self, code: str, what: str, how: str, place: Place, path: Path) -> None:
        self.findings.append(finding(code, what, how, place))
        self._session.cells.refuse(path)

    def _is_free(self, record: Record) -> bool:
        """Say whether no camera of another commune, and no nomad, has the camera's id."""
        home = self._existing.homes.get(str(record.path[-1])) if record.sheet is CAMERAS else None
        if home is None or home[:2] == ("communes", self._insee):
            return True
        where = "is a nomad" if home[0] == "nomads" else f"belongs to commune `{home[1]}`"
        how = "an id never changes its camera: give the new camera a new one"
        what = f"{record.called} {where} already"
        self._refuse("I412", what, how, record.keys[-1], record.estate_path)
        return False

    def _has_parent(self, record: Record) -> bool:
        cabinet = record.path[:2]
        if (
            len(record.path) <= len(cabinet)
            or holds(self._fields, cabinet)
            or any(other.path == cabinet for other in self._records)
        ):
            return True
        if self._may_be_lost(CABINETS):
            return False
        what = f"cabinet `{cabinet[1]}` is neither in the batch nor in the inventory"
        known = {*self._fields.get("cabinets", ())}
        known |= {str(other.path[1]) for other in self._records if other.sheet is CABINETS}
        how = meant(str(cabinet[1]), known) or "give it a row of its own"
        self._refuse("I410", what, how, record.keys[1], record.estate_path)
        return False

    def _home(self, record: Record) -> Path:
        """Give where the record stands today: a camera perhaps in another cabinet."""
        known = self._existing.homes.get(str(record.path[-1])) if record.sheet is CAMERAS else None
        if known is None or known[2:] == record.path:
            return record.path
        home, target = known[2:], record.path[:-1]
        if self._session.update:
            if not holds(self.after, target):
                put(self.after, target, {})
            self.moves.append(Move(home, target))
        else:
            what = f"{record.called} hangs in cabinet `{home[1]}` by {self._file}"
            how = "correct the cell, or move it there with --update"
            self._refuse("I411", what, how, record.keys[1], record.estate_path)
        return home

    def _add(self, record: Record) -> None:
        """Write a new record, without what holds by default."""
        for gap in gaps(record):
            path = record.estate_path + gap.path
            if column := absent_column(record, gap.path):
                self._note_absent(record, column)
                self._session.cells.refuse(path)
            else:
                self._refuse("I408", gap.what, gap.how, record.cells[gap.path], path)
        if not record.path:
            self.after["insee"] = self._insee
        elif not holds(self.after, record.path):
            put(self.after, record.path, {})
        for path, value in record.values.items():
            if not is_default(record.sheet, path, value):
                put(self.after, record.path + path, value)

    def _note_absent(self, record: Record, column: Column) -> None:
        key = record.keys[-1]
        sheet = key.cell.rpartition("!")[0]
        self._session.absent[key.file, sheet, column.title.en] = column

    def _compare(self, record: Record, home: Path) -> None:
        """Bring what a record says into one that is there, or tell the difference."""
        for path, value in record.values.items():
            old = found_at(self._fields, home + path)
            if old == value:
                continue
            if self._session.update:
                put(self.after, home + path, value)
                continue
            there = f"`{_shown(old)}`" if old not in (None, []) else "empty"
            what = f"{record.called} differs: {there} in {self._file}, here `{_shown(value)}`"
            how = "correct the cell, or change the inventory with --update"
            self._refuse("I411", what, how, record.cells[path], record.estate_path + path)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
