"""Read the sheets of a workbook: values as they were when it was saved, row by row."""

from __future__ import annotations

import io
import warnings
from itertools import islice
from typing import TYPE_CHECKING, cast

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from maille.batch.codes import finding
from maille.batch.grid import MAX_COLUMNS, MAX_ROWS, Grid, Row, cell_place, reference, trimmed
from maille.batch.structure import Structure, structure_of
from maille.errors import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from maille.batch.grid import Raw

_FAILED = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
_GLANCE_ROWS = 20
_MAX_MERGED = 10_000
"""Cells of one merged area that are looked at."""


def read_workbook(
    data: bytes, *, shown_as: str, wanted: Callable[[str], bool]
) -> tuple[list[Grid], list[Finding]]:
    """Read the sheets; of one that is not wanted, by its title, the first rows only.

    The archive has been checked already.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl can't keep does not matter here
            return _read(data, shown_as, wanted), []
    except Exception:  # noqa: BLE001 - openpyxl meets a damaged workbook with whatever comes first
        how = "open it in a spreadsheet program and save it again"
        return [], [finding("I401", "the workbook is damaged", how, Place(shown_as))]


def _read(data: bytes, shown_as: str, wanted: Callable[[str], bool]) -> list[Grid]:
    reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    reader.read()
    grids = []
    for sheet, relation in reader.parser.find_sheets():
        target = reader.wb[sheet.name] if sheet.name in reader.wb.sheetnames else None
        if not isinstance(target, ReadOnlyWorksheet):
            continue  # a sheet that is one chart
        if wanted(sheet.name):
            with reader.archive.open(relation.target) as part:
                structure = structure_of(part)
            grids.append(_grid(target, structure, shown_as))
        else:
            kept = filter(None, map(trimmed, _rows(target)))
            rows = tuple(
                Row(number, cells) for number, cells in enumerate(islice(kept, _GLANCE_ROWS), 1)
            )
            grids.append(Grid(shown_as, sheet.name, rows))
    return grids


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[tuple[Raw, ...]]:
    # What a workbook says about its own extent is often wrong.
    sheet.reset_dimensions()
    worksheet = cast("Worksheet", sheet)
    for cells in worksheet.iter_rows(max_col=MAX_COLUMNS, values_only=True):
        yield cast("tuple[Raw, ...]", cells)


def _glance(sheet: ReadOnlyWorksheet) -> tuple[Row, ...]:
    """Give the first rows, numbered as if there were no blank ones."""
    kept = islice(filter(None, map(trimmed, _rows(sheet))), _GLANCE_ROWS)
    return tuple(Row(number, cells) for number, cells in enumerate(kept, 1))


def _grid(sheet: ReadOnlyWorksheet, structure: Structure, shown_as: str) -> Grid:
    rows: list[Row] = []
    findings = list(_structural(structure, shown_as, sheet.title))
    refused = {*structure.uncalculated, *_hidden_by_merging(structure)}
    for number, cells in enumerate(_rows(sheet), 1):
        kept = trimmed(cells)
        if kept:
            rows.append(Row(number, kept))
        if len(rows) > MAX_ROWS:
            what = f"the sheet has more than {MAX_ROWS:,} rows"
            place = cell_place(shown_as, sheet.title, f"A{number}")
            findings.append(finding("I401", what, "split the batch into several files", place))
            break
        for column, raw in enumerate(kept):
            if isinstance(raw, str) and raw in _FAILED:
                cell = reference(number, column)
                refused.add(cell)
                findings.append(_failure(raw, cell_place(shown_as, sheet.title, cell)))
    return Grid(shown_as, sheet.title, tuple(rows), tuple(findings), frozenset(refused))


def _structural(structure: Structure, shown_as: str, title: str) -> Iterator[Finding]:
    for area in structure.merged:
        what = f"the cells {area} are merged: only the first one has a value"
        how = "unmerge them and write the value into each"
        yield finding("I405", what, how, cell_place(shown_as, title, area.partition(":")[0]))
    for cell in structure.uncalculated:
        what = "the formula has no value: the program that wrote it did not calculate"
        how = "open the workbook in a spreadsheet program, save it, or write the value itself"
        yield finding("I406", what, how, cell_place(shown_as, title, cell))


def _hidden_by_merging(structure: Structure) -> Iterator[str]:
    """Give the cells whose value merging has hidden: all of an area but the first."""
    for area in structure.merged:
        left, top, right, bottom = range_boundaries(area)
        cells = (
            reference(row, column - 1)
            for row in range(top or 1, (bottom or MAX_ROWS) + 1)
            for column in range(left or 1, (right or MAX_COLUMNS) + 1)
        )
        yield from islice(cells, 1, _MAX_MERGED)


def _failure(raw: str, place: Place) -> Finding:
    return finding("I406", f"the formula gives `{raw}`", "mend it, or write the value", place)
