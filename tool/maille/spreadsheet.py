"""Rows of plain values as CSV, as JSON and as a workbook."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Plain: TypeAlias = str | int | float | bool | date | None

_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every part of a workbook: the earliest that a zip file can hold."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_WIDEST, _NARROWEST = 60, 8


class Sheet(NamedTuple):
    """A table: a name, the heads of its columns, and its rows."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Plain]]


def as_csv(sheet: Sheet) -> str:
    """Write a table as CSV: commas, decimal points, ISO dates.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(sheet.columns)
    for row in sheet.rows:
        writer.writerow([_harmless(value) for value in row])
    return out.getvalue()


def as_json(sheet: Sheet) -> str:
    """Write a table as a JSON array of objects, their keys being the heads of the columns."""
    rows = [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]
    return json.dumps(rows, indent=1, ensure_ascii=False, default=str) + "\n"


def as_workbook(sheets: Sequence[Sheet], day: date) -> bytes:
    """Write tables as sheets of one workbook; the same tables and day give the same bytes."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for table in sheets:
        sheet = book.create_sheet(table.name)
        for number, column in enumerate(table.columns):
            longest = max(len(str(text)) for text in (column, *(r[number] for r in table.rows)))
            width = min(_WIDEST, max(_NARROWEST, longest + 2))
            sheet.column_dimensions[get_column_letter(number + 1)].width = width
        sheet.freeze_panes = "A2"
        heads = [WriteOnlyCell(sheet, value=column) for column in table.columns]
        for cell in heads:
            cell.font = Font(bold=True)
        sheet.append(heads)
        for row in table.rows:
            sheet.append([_cell(sheet, value) for value in row])
    written = io.BytesIO()
    book.save(written)
    return _dated(written.getvalue(), day)


def _cell(sheet: Any, value: Any) -> Any:  # noqa: ANN401  # openpyxl's types leave out days
    """Make a cell; a text stays a text, even one that begins like a formula."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _harmless(value: Plain) -> Plain:
    if isinstance(value, str) and value.startswith(_FORMULA) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def _dated(data: bytes, day: date) -> bytes:
    """Write the archive anew with the day of the document in place of the clock's."""
    stamp = f"{day.isoformat()}T00:00:00Z".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>" + stamp, content)
            new.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
