"""From rows to records: what each row is about, its values, and the cell of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from maille.batch.codes import finding
from maille.batch.columns import Key, Kind
from maille.batch.forms import forms_of
from maille.batch.grid import is_blank, reference
from maille.batch.sheets.common import EXAMPLE, EXAMPLE_INSEE
from maille.batch.values import Misread, Value, lost_zero, tidy, value_of
from maille.errors import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.batch.columns import Column, Sheet
    from maille.batch.forms import Form
    from maille.batch.grid import Grid, Raw, Row
    from maille.batch.headings import Layout
    from maille.batch.lists import Lists
    from maille.inventory.reading.fault import Path


@dataclass(frozen=True, slots=True)
class Record:
    """What one row says about one commune, cabinet, camera or attachment point.

    `path` leads to it inside the commune's file; the paths of `values`, `cells` and `broken`
    start there. `cells` has the place of every cell of the row, blank ones among them,
    `broken` what was refused with a finding. `keys` are the cells of the record's identity,
    from the commune down to its own.
    """

    sheet: Sheet
    insee: str
    path: Path
    keys: tuple[Place, ...]
    values: Mapping[Path, Value] = field(default_factory=dict)
    cells: Mapping[Path, Place] = field(default_factory=dict)
    broken: frozenset[Path] = frozenset()

    @property
    def estate_path(self) -> Path:
        """The way to the record in the estate's tree."""
        return ("communes", self.insee, *self.path)

    @property
    def called(self) -> str:
        """The record in a message: camera `28085-0001`."""
        return f"{self.sheet.noun.en} `{self.path[-1] if self.path else self.insee}`"


class Lost(NamedTuple):
    """A row that can't be identified: its sheet, and its commune if that much is known."""

    sheet: Sheet
    insee: str

    def may_be(self, sheet: Sheet, insee: str) -> bool:
        """Say whether a row of a sheet that is missed in a commune may be this one."""
        return self.sheet is sheet and self.insee in {"", insee}


@dataclass(frozen=True, slots=True)
class Rows:
    """The records of one grid, and what was found on the way.

    `lost` are rows that can't be identified: what belongs to one of them finds no home.
    """

    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    lost: tuple[Lost, ...] = ()


def records_of(grid: Grid, layout: Layout, lists: Lists) -> Rows:
    """Read all rows below the headings; the same record in several lines of a table is one."""
    forms, findings = forms_of(grid, layout)
    reader = _Reader(grid, layout, forms, lists)
    for row in grid.rows:
        if row.number > layout.row:
            reader.read(row)
    records, repeated = united(reader.records) if not grid.sheet else (reader.records, [])
    return Rows(tuple(records), (*findings, *reader.findings, *repeated), tuple(reader.lost))


def united(records: list[Record]) -> tuple[list[Record], list[Finding]]:
    """Unite what several lines of a table say of one commune or cabinet.

    Contradictions are findings. A line stands for one camera: these are left as they are.
    """
    by_identity: dict[object, Record] = {}
    findings: list[Finding] = []
    for number, record in enumerate(records):
        identity = number if record.sheet.below else record.estate_path
        first = by_identity.get(identity)
        if first is None:
            by_identity[identity] = record
            continue
        findings += _contradictions(first, record)
        new = [path for path in record.values if path not in first.values]
        by_identity[identity] = Record(
            first.sheet,
            first.insee,
            first.path,
            first.keys,
            {**record.values, **first.values},
            {**first.cells, **{path: record.cells[path] for path in new}},
            first.broken | record.broken,
        )
    return list(by_identity.values()), findings


def _contradictions(first: Record, other: Record) -> list[Finding]:
    return [
        finding(
            "I409",
            f"{first.called} has `{value}` here and `{first.values[path]}` in"
            f" {first.cells[path].cell}",
            "write the same in both, or leave one empty",
            other.cells[path],
        )
        for path, value in other.values.items()
        if path in first.values and first.values[path] != value
    ]


class _Reader:
    """Reads the rows of one grid."""

    def __init__(self, grid: Grid, layout: Layout, forms: list[Form], lists: Lists) -> None:
        self._grid = grid
        self._lists = lists
        self._forms = forms
        self._headings = layout.headings
        self.records: list[Record] = []
        self.findings: list[Finding] = []
        self.lost: list[Lost] = []
        self._zero_noted = False

    def read(self, row: Row) -> None:
        """Read one row: a record for each form that it says something of."""
        if self._is_example(row):
            return
        values, broken = self._values(row)
        said = values.keys() | broken
        blank_keys: set[int] = set()
        for form in self._forms:
            if not said & form.speaking:
                continue
            blank_keys |= set(form.keys) - said
            if all(index in values for index in form.keys):
                self.records.append(self._record(row, form, values, broken))
            else:
                self.lost.append(Lost(form.sheet, str(values.get(form.keys[0], ""))))
        for index in sorted(blank_keys):
            what = f"`{self._headings[index].title}` is empty"
            how = "write it in every row: it says what the row is about"
            self.findings.append(finding("I408", what, how, self._place(row, index)))

    def _is_example(self, row: Row) -> bool:
        """Say whether this is the template's example: by its mark and its code of no commune."""
        marked = example = False
        for index, heading in self._headings.items():
            text = tidy(str(_cell(row, index) or ""))
            if heading.column.kind is Kind.REMARK:
                marked = text.casefold() in EXAMPLE
            elif heading.column.key is Key.COMMUNE:
                example = bool(text) and not text.strip(EXAMPLE_INSEE)
        return marked and example

    def _values(self, row: Row) -> tuple[dict[int, Value], set[int]]:
        """Read the cells of a row: values by index, and the indexes of refused cells."""
        values: dict[int, Value] = {}
        broken: set[int] = set()
        for index, heading in self._headings.items():
            raw = _cell(row, index)
            if reference(row.number, index) in self._grid.refused:
                broken.add(index)
                continue
            if is_blank(raw) or heading.column.kind is Kind.REMARK:
                continue
            place = self._place(row, index)
            try:
                values[index] = value_of(raw, heading.column, self._lists)
                self._note_zero(heading.column, raw, place)
            except Misread as bad:
                broken.add(index)
                self.findings.append(Finding(bad.code, Severity.ERROR, bad.what, bad.how, place))
        return values, broken

    def _note_zero(self, column: Column, raw: Raw, place: Place) -> None:
        """Tell once a sheet that a zero was put before codes of four digits."""
        if self._zero_noted or column.kind is not Kind.INSEE or not lost_zero(str(raw)):
            return
        self._zero_noted = True
        what = f"`{raw}` and other codes of four digits are read with a zero in front: `0{raw}`"
        how = "format the column as text if a digit is missing elsewhere"
        self.findings.append(finding("I416", what, how, place))

    def _record(
        self, row: Row, form: Form, values: Mapping[int, Value], broken: set[int]
    ) -> Record:
        keys = [str(values[index]) for index in form.keys]
        paths = {index: heading.column.path for index, heading in form.fields.items()}
        return Record(
            form.sheet,
            keys[0],
            form.path(keys),
            tuple(self._place(row, index) for index in form.keys),
            {path: values[index] for index, path in paths.items() if index in values},
            {path: self._place(row, index) for index, path in paths.items()},
            frozenset(path for index, path in paths.items() if index in broken),
        )

    def _place(self, row: Row, index: int) -> Place:
        return self._grid.place(row.number, index, self._headings[index].title)


def _cell(row: Row, index: int) -> Raw:
    return row.cells[index] if index < len(row.cells) else None
