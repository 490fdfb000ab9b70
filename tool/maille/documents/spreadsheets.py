"""The tables of the book as sheets of workbooks and as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.blocks import plain
from maille.spreadsheet import Sheet

if TYPE_CHECKING:
    from maille.documents.blocks import Table


def sheet(title: str, table: Table) -> Sheet:
    """Give a table as a sheet: links, states and ids by their text."""
    return Sheet(
        title,
        [column.title for column in table.columns],
        [[plain(cell) for cell in row.cells] for row in table.rows],
    )
