"""Tables as workbooks and as CSV."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from maille.documents.blocks import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from maille.documents.blocks import Column, Table

_HEAD = PatternFill("solid", fgColor="E4EEF6")
_WIDEST, _NARROWEST = 60, 8
_SHEET_NAME_LENGTH = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every part of a workbook: the earliest that a zip file can hold."""
_FORMULA = ("=", "@", "\t", "\r")


def workbook(sheets: Mapping[str, Table], day: date) -> bytes:
    """Write tables as sheets of one workbook; the same tables and day give the same bytes."""
    book = Workbook(write_only=True)
    for title, table in sheets.items():
        sheet = book.create_sheet(_FORBIDDEN.sub(" ", title)[:_SHEET_NAME_LENGTH])
        _fill(sheet, table)
    written = io.BytesIO()
    book.save(written)
    return _dated(written.getvalue(), day)


def _fill(sheet: Worksheet, table: Table) -> None:
    values = [[plain(cell) for cell in row.cells] for row in table.rows]
    for number, column in enumerate(table.columns):
        texts = [column.title, *(str(line[number] or "") for line in values)]
        width = min(_WIDEST, max(_NARROWEST, max(map(len, texts)) + 2))
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(values) + 1}"
    sheet.append([_heading(sheet, column) for column in table.columns])
    for line in values:
        sheet.append([_cell(sheet, value) for value in line])


def _heading(sheet: Worksheet, column: Column) -> Cell:
    cell = WriteOnlyCell(sheet, value=column.title)
    cell.font, cell.fill = Font(bold=True), _HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Worksheet, value: str | float | date | None) -> Cell:
    """Make a cell; a text stays a text, even one that begins like a formula."""
    if isinstance(value, date):
        day = WriteOnlyCell(sheet, value=datetime.combine(value, time()))
        day.number_format = "yyyy-mm-dd"
        return day
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _dated(data: bytes, day: date) -> bytes:
    """Write the archive anew with the day of the document in place of the clock's."""
    stamp = f"{day}T00:00:00Z".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>" + stamp, content)
            part = zipfile.ZipInfo(name, _EPOCH)
            new.writestr(part, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def as_csv(table: Table) -> str:
    """Write a table as CSV: commas, decimal points, ISO dates, for programs.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.title for column in table.columns])
    for row in table.rows:
        writer.writerow([_harmless(plain(cell)) for cell in row.cells])
    return out.getvalue()


def _harmless(value: str | float | date | None) -> str | float | date | None:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
