"""The last sheet of a workbook: what the drop-down lists offer, with titles to know it by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter, quote_sheetname

from maille.batch.choices import CHOICES
from maille.batch.language import Words
from maille.batch.sheets.common import LISTS_TITLE
from maille.batch.styles import HEADING, HEADING_FONT, OPTIONAL_FILL, REQUIRED_FILL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from maille.batch.language import Language
    from maille.batch.lists import Lists

_LISTS = {
    "camera model": Words("Modèles de caméra", "Camera models"),
    "switch model": Words("Modèles de commutateur", "Switch models"),
    "ring": Words("Anneaux", "Rings"),
    "supply": Words("Alimentations", "Supplies"),
    "cable": Words("Câbles", "Cables"),
    "optic": Words("Optiques", "Optics"),
    "wave": Words("Vagues", "Waves"),
    "zone": Words("Zones", "Zones"),
    "convention": Words("Conventions", "Conventions"),
    "owner": Words("Propriétaires", "Owners"),
    "contract": Words("Contrats", "Contracts"),
    "profile": Words("Profils", "Profiles"),
}
_CHOICES = {
    "view": Words("Vues", "Views"),
    "poe": Words("PoE", "PoE"),
    "medium": Words("Supports", "Media"),
    "ppms": Words("Sites PPMS", "PPMS sites"),
}
_ID_WIDTH, _TITLE_WIDTH = 24, 40
_TITLE_OF = Words("Titre", "Title")


def fill_lists(sheet: Worksheet, lists: Lists, language: Language) -> Mapping[str, str]:
    """Write the lists side by side; give the range of cells of each that holds anything."""
    sheet.title = LISTS_TITLE.within(language)
    ranges: dict[str, str] = {}
    column = 1
    for kind, name in _LISTS.items():
        entries = lists.titles[kind]
        _head(sheet, column, name.within(language), _ID_WIDTH)
        _head(sheet, column + 1, _TITLE_OF.within(language), _TITLE_WIDTH)
        for row, (ident, title) in enumerate(entries.items(), 2):
            sheet.cell(row, column, ident)
            sheet.cell(row, column + 1, title)
        if entries:
            ranges[kind] = _range(sheet, column, len(entries))
        column += 2
    for kind, name in _CHOICES.items():
        _head(sheet, column, name.within(language), _ID_WIDTH)
        for row, words in enumerate(CHOICES[kind].values(), 2):
            sheet.cell(row, column, words.within(language))
        ranges[kind] = _range(sheet, column, len(CHOICES[kind]))
        column += 1
    sheet.freeze_panes = "A2"
    return ranges


def _head(sheet: Worksheet, column: int, title: str, width: int) -> None:
    cell = sheet.cell(1, column, title)
    cell.font = HEADING_FONT
    cell.fill = REQUIRED_FILL if width == _ID_WIDTH else OPTIONAL_FILL
    cell.alignment = HEADING
    sheet.column_dimensions[get_column_letter(column)].width = width


def _range(sheet: Worksheet, column: int, count: int) -> str:
    letter = get_column_letter(column)
    return f"{quote_sheetname(sheet.title)}!${letter}$2:${letter}${count + 1}"
