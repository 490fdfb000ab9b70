"""From a file to the records of a batch: open, find the headings, read the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.batch.codes import finding
from maille.batch.headings import flat_names, layout_of, names_of
from maille.batch.opening import read_grids
from maille.batch.records import Record, records_of
from maille.batch.sheets import CAMERAS, FLAT_SHEETS, SHEETS
from maille.batch.sheets.common import HELP_TITLE, LISTS_TITLE
from maille.errors import Finding, Place
from maille.inventory.suggest import joined, nearest, slug

if TYPE_CHECKING:
    import pathlib

    from maille.batch.grid import Grid
    from maille.batch.headings import Names
    from maille.batch.lists import Lists
    from maille.batch.records import Lost
    from maille.inventory.reading.fault import Path

_TITLES = [title for sheet in SHEETS for title in sheet.title]
_SHEETS = {slug(title): sheet for sheet in SHEETS for title in sheet.title}
_TELLING_HEADINGS = 3
"""Headings of a batch by which a sheet of another name is known."""
_OURS = {slug(title) for title in (*HELP_TITLE, *LISTS_TITLE)}


@dataclass(frozen=True, slots=True)
class Batch:
    """What a file says, record by record, and what is wrong with the file itself.

    `lost` are rows that can't be identified: what belongs to one of them finds no home.
    """

    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    lost: tuple[Lost, ...] = ()


def collect(path: pathlib.Path, *, shown_as: str, lists: Lists) -> Batch:
    """Read a workbook or a table; whatever is wrong becomes findings."""
    grids, findings = read_grids(
        path, shown_as=shown_as, wanted=lambda title: slug(title) in _SHEETS
    )
    parts = [_part(grid, lists) for grid in grids]
    ours = [grid for grid in grids if not grid.sheet or slug(grid.sheet) in _SHEETS]
    if not ours and not any(found.fails for found in findings):
        what = "no sheet of a batch is in the workbook"
        how = "start from `maille commune template -o batch.xlsx`"
        findings.append(finding("I402", what, how, Place(shown_as)))
    records, twice = _once([record for part in parts for record in part.records])
    findings += [found for part in parts for found in part.findings]
    return Batch(
        tuple(records),
        (*findings, *twice),
        tuple(lost for part in parts for lost in part.lost),
    )


def _part(grid: Grid, lists: Lists) -> Batch:
    """Read one sheet, or a table, which has no name."""
    if not grid.sheet:
        return _read(grid, flat_names(FLAT_SHEETS), lists)
    sheet = _SHEETS.get(slug(grid.sheet))
    return _read(grid, names_of(sheet), lists) if sheet else Batch((), tuple(_foreign(grid)))


def _read(grid: Grid, names: Names, lists: Lists) -> Batch:
    layout = layout_of(grid, names)
    if layout is None:
        if not grid.rows:
            return Batch((), grid.findings)
        what = "no row of headings is found"
        how = f"write them above the rows: {joined(names.shown[2:8:2], 'and')}, and so on"
        place = grid.place(grid.rows[0].number, 0)
        return Batch((), (*grid.findings, finding("I404", what, how, place)))
    rows = records_of(grid, layout, lists)
    findings = (*grid.findings, *layout.findings, *rows.findings)
    return Batch(rows.records, findings, rows.lost)


def _foreign(grid: Grid) -> list[Finding]:
    """Judge a sheet that is none of a batch's: one under another name, or somebody's own."""
    if slug(grid.sheet) in _OURS or not grid.rows:
        return []
    place = Place(grid.file, cell=f"{grid.sheet}!A1")
    if near := nearest(grid.sheet, _TITLES, limit=1):
        how = f"call it {joined(dict.fromkeys(_SHEETS[slug(near[0])].title), 'or')}"
        return [finding("I402", f"sheet `{grid.sheet}` unknown", how, place)]
    layouts = {sheet.title: layout_of(grid, names_of(sheet)) for sheet in SHEETS}
    known = {title: len(layout.headings) for title, layout in layouts.items() if layout}
    likeliest = max(known, key=lambda title: known[title], default=None)
    if likeliest and known[likeliest] >= _TELLING_HEADINGS:
        what = f"the sheet `{grid.sheet}` has the headings of {likeliest.en.lower()}"
        how = f"call it {joined(dict.fromkeys(likeliest), 'or')}"
        return [finding("I402", what, how, place)]
    how = "nothing to do if it is your own"
    return [finding("I403", f"the sheet `{grid.sheet}` is not imported", how, place)]


def _once(records: list[Record]) -> tuple[list[Record], list[Finding]]:
    """Keep the first record of each thing; the id of a camera is unique in the estate."""
    seen: dict[tuple[str, Path], Record] = {}
    findings: list[Finding] = []
    for record in records:
        unique = ("", record.path[-1:]) if record.sheet is CAMERAS else (record.insee, record.path)
        first = seen.setdefault(unique, record)
        if first is not record:
            what = f"{record.called} stands already in {first.keys[-1].cell}"
            how = "keep one of the two rows, or correct the id"
            findings.append(finding("I409", what, how, record.keys[-1]))
    return list(seen.values()), findings
