"""How the workbook looks: few colours, so that what must be filled in stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties

from maille.batch.columns import Kind
from maille.batch.language import Language

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from maille.batch.columns import Column

_DARK, _MIDDLE, _LIGHT, _GREY = "1F3A5F", "4F6D8F", "EDF1F6", "8A8A8A"

TITLE_FONT = Font(name="Calibri", size=18, bold=True, color=_DARK)
PARAGRAPH_FONT = Font(name="Calibri", size=11, bold=True, color=_DARK)
COMMAND_FONT = Font(name="Consolas", size=11)
HEADING_FONT = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
EXAMPLE_FONT = Font(name="Calibri", size=11, italic=True, color=_GREY)

REQUIRED_FILL = PatternFill("solid", start_color=_DARK)
OPTIONAL_FILL = PatternFill("solid", start_color=_MIDDLE)
EXAMPLE_FILL = PatternFill("solid", start_color=_LIGHT)

HEADING = Alignment(horizontal="left", vertical="center", wrap_text=True)
HEADING_ONE_LINE = Alignment(horizontal="left", vertical="center")
WRAPPED = Alignment(vertical="top", wrap_text=True)

HEADING_HEIGHT_PT = 34
DAYS = Alignment(horizontal="left")

_FORMATS = {
    Kind.INSEE: "@",
    Kind.ID: "@",
    Kind.TEXT: "@",
    Kind.MAC: "@",
    Kind.WHOLE: "0",
    Kind.NUMBER: "0.0###",
}
_DAY_FORMATS = {Language.FR: "dd/mm/yyyy", Language.EN: "yyyy-mm-dd"}


def fit_to_width(sheet: Worksheet) -> None:
    """Let a sheet print on A3, as wide as a page."""
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_A3)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def number_format(column: Column, language: Language) -> str:
    """Give the format of a column's cells; text where a number would lose its zeros."""
    if column.kind is Kind.DAY:
        return _DAY_FORMATS[language]
    return _FORMATS.get(column.kind, "General")
