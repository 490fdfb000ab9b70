"""The first sheet of a workbook: how to fill it in, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.batch.help_texts import HELP
from maille.batch.sheets.common import HELP_TITLE
from maille.batch.styles import COMMAND_FONT, HEADING_ONE_LINE, PARAGRAPH_FONT, TITLE_FONT, WRAPPED

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from maille.batch.language import Language

_WIDTHS = {"A": 22, "B": 92}
_LINE_CHARACTERS = 92
_LINE_HEIGHT_PT = 16
_TITLE_HEIGHT_PT = 30


def fill_help(sheet: Worksheet, estate: str, language: Language) -> None:
    """Write title and paragraphs; the last ones are commands."""
    sheet.title = HELP_TITLE.within(language)
    sheet.sheet_view.showGridLines = False
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    title, *paragraphs = HELP[language]
    _write(sheet, 1, title.title, "")
    sheet["A1"].font = TITLE_FONT
    sheet["A1"].alignment = HEADING_ONE_LINE
    sheet.row_dimensions[1].height = _TITLE_HEIGHT_PT
    _write(sheet, 2, "", title.text.format(estate=estate))
    for row, (heading, text) in enumerate(paragraphs, 2):
        _write(sheet, 2 * row, heading, text)


def _write(sheet: Worksheet, row: int, heading: str, text: str) -> None:
    left, right = sheet.cell(row, 1, heading), sheet.cell(row, 2, text)
    left.font = PARAGRAPH_FONT
    left.alignment = right.alignment = WRAPPED
    if text.startswith("maille "):
        right.font = COMMAND_FONT
    sheet.row_dimensions[row].height = (len(text) // _LINE_CHARACTERS + 1) * _LINE_HEIGHT_PT
