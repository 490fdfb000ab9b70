"""The forms in which a report is written to files, by how their names end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from maille.errors import UsageError
from maille.health.reporting.as_document import as_document
from maille.health.reporting.as_page import as_page
from maille.health.reporting.as_sheets import rows_sheet, sheets
from maille.health.reporting.shift_as_document import shift_as_document
from maille.health.reporting.shift_as_page import shift_as_page
from maille.spreadsheet import as_csv, as_workbook

if TYPE_CHECKING:
    from datetime import date

    from maille.health.reporting.model import Report
    from maille.health.reporting.shift import Shift
    from maille.tongue import Tongue


def report_file(report: Report, form: str, day: date, tongue: Tongue) -> str | bytes:
    """Write a report in one of the forms; `day` is when it is written."""
    if form == ".html":
        return as_page(report, day, tongue)
    if form == ".xlsx":
        return as_workbook(sheets(report, tongue), day)
    if form == ".csv":
        return as_csv(rows_sheet(report, tongue))
    return _json(as_document(report))


def shift_file(shift: Shift, form: str, day: date, tongue: Tongue) -> str:
    """Write a hand-over as a page or as JSON.

    Raises:
        UsageError: it is to be a table, and there is none.
    """
    if form == ".html":
        return shift_as_page(shift, day, tongue)
    if form == ".json":
        return _json(shift_as_document(shift))
    raise UsageError("a hand-over is no table", "let the file's name end with .html or .json")


def _json(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
