"""A sheet as it is laid out in one grid: where its keys and its fields stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.batch.codes import finding
from maille.batch.columns import Key, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.batch.columns import Sheet
    from maille.batch.grid import Grid
    from maille.batch.headings import Heading, Layout
    from maille.errors import Finding
    from maille.inventory.reading.fault import Path


@dataclass(frozen=True, slots=True)
class Form:
    """Indexes of the columns of a sheet: of the keys from the commune down, and of the fields.

    `speaking` are the columns that make a row say something of this sheet: in a flat table
    those that no other sheet has.
    """

    sheet: Sheet
    keys: tuple[int, ...]
    fields: Mapping[int, Heading]
    speaking: frozenset[int]

    def path(self, keys: list[str]) -> Path:
        """Give the path of a record inside its commune's file, from its keys."""
        path: Path = ()
        for name, key in zip(("cabinets", self.sheet.below), keys[1:], strict=False):
            path = (*path, name, key)
        return path


def forms_of(grid: Grid, layout: Layout) -> tuple[list[Form], list[Finding]]:
    """Give the forms of a grid; one that lacks a key is told and left out."""
    forms: list[Form] = []
    findings: list[Finding] = []
    for sheet in {id(h.sheet): h.sheet for h in layout.headings.values()}.values():
        keys = {key: _index_of(layout, sheet, key) for key in _keys_of(sheet)}
        missing = [key for key, index in keys.items() if index is None]
        if not missing:
            present = tuple(index for index in keys.values() if index is not None)
            forms.append(_form(grid, layout, sheet, present))
            continue
        if _speaking(grid, layout, sheet):
            findings += [_missing(grid, layout, sheet, key) for key in missing]
    return forms, findings


def _form(grid: Grid, layout: Layout, sheet: Sheet, keys: tuple[int, ...]) -> Form:
    fields = {
        index: heading
        for index, heading in layout.headings.items()
        if heading.sheet is sheet and heading.column.path
    }
    return Form(sheet, keys, fields, _speaking(grid, layout, sheet))


def _keys_of(sheet: Sheet) -> list[Key]:
    own = {column.key for column in sheet.columns}
    return [key for key in Key if key in own]


def _index_of(layout: Layout, sheet: Sheet, key: Key) -> int | None:
    """Find the column of a key; those of communes and cabinets are common to all sheets."""
    for index, heading in layout.headings.items():
        if heading.column.key is key and (key is not Key.ITEM or heading.sheet is sheet):
            return index
    return None


def _speaking(grid: Grid, layout: Layout, sheet: Sheet) -> frozenset[int]:
    shared = {Key.COMMUNE, Key.CABINET} if not grid.sheet else set()
    return frozenset(
        index
        for index, heading in layout.headings.items()
        if heading.sheet is sheet
        and heading.column.kind is not Kind.REMARK
        and heading.column.key not in shared
    )


def _missing(grid: Grid, layout: Layout, sheet: Sheet, key: Key) -> Finding:
    column = next(column for column in sheet.columns if column.key is key)
    what = f"the column `{column.title.fr}` (`{column.title.en}`) is missing"
    return finding("I404", what, "add it: rows can't do without it", grid.place(layout.row, 0))
