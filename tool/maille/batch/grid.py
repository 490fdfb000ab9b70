"""A sheet or a table as rows of cells, wherever it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from openpyxl.utils import get_column_letter

from maille.errors import Finding, Place

Raw: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
"""What a cell holds before anybody asks what it should hold."""

MAX_ROWS = 20_000
"""Rows of one sheet that hold something; forty times the largest sample estate."""
MAX_COLUMNS = 64


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank; `number` counts from 1 as a spreadsheet shows it."""

    number: int
    cells: tuple[Raw, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one sheet; a table has one, without a name.

    `refused` are the references (`C12`) of cells that are not what they seem, each told by
    one of the findings.
    """

    file: str
    sheet: str
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...] = ()
    refused: frozenset[str] = frozenset()

    def place(self, row: int, column: int, heading: str = "") -> Place:
        """Give the place of a cell; `column` counts from 0."""
        return cell_place(self.file, self.sheet, reference(row, column), heading)


def reference(row: int, column: int) -> str:
    """Write `C12` for row 12 and column 2, which counts from 0."""
    return f"{get_column_letter(column + 1)}{row}"


def cell_place(file: str, sheet: str, cell: str, heading: str = "") -> Place:
    """Name a cell as spreadsheets do: `Caméras!C12`, or `C12` where there is one sheet."""
    return Place(file, path=heading, cell=f"{sheet}!{cell}" if sheet else cell)


def is_blank(raw: Raw) -> bool:
    """Say whether a cell holds nothing that anybody can see."""
    return raw is None or (
        isinstance(raw, str) and not raw.strip(" \t\r\n\u00a0\u202f\u200b\ufeff")
    )


def trimmed(cells: tuple[Raw, ...]) -> tuple[Raw, ...]:
    """Drop the blank cells at the end of a row."""
    last = next((end for end in range(len(cells), 0, -1) if not is_blank(cells[end - 1])), 0)
    return cells[:last]
