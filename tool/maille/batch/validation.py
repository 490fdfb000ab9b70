"""What a spreadsheet program checks while somebody types: lists, dates, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from maille.batch.choices import NO, YES
from maille.batch.columns import Key, Kind
from maille.batch.language import Words
from maille.batch.sheets import COMMUNES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.batch.columns import Column, Sheet
    from maille.batch.language import Language
    from maille.inventory.reading.fault import Path

LAST_ROW = 2000
"""Rows further down are imported too, only without the help of the lists."""

_NOT_LISTED = Words("Choisissez dans la liste.", "Choose from the list.")
_NO_DAY = Words("Écrivez une date.", "Write a date.")
_NO_WHOLE = Words("Écrivez un nombre entier.", "Write a whole number.")
_NO_NUMBER = Words("Écrivez un nombre.", "Write a number.")
_BOUNDS: Mapping[Path, tuple[str, str]] = {
    ("position", 0): ("-90", "90"),
    ("position", 1): ("-180", "180"),
    ("temperature_c", 0): ("-60", "90"),
    ("temperature_c", 1): ("-60", "90"),
}
_YEAR_2000 = "36526"
"""The first of January 2000, as spreadsheets count days."""


def validations(
    sheet: Sheet, ranges: Mapping[str, str], language: Language
) -> Iterator[DataValidation]:
    """Give the rules of a sheet's columns; `ranges` are the cells of each list."""
    for number, column in enumerate(sheet.columns, 1):
        rule = _rule(sheet, column, ranges, language)
        if rule:
            letter = get_column_letter(number)
            rule.add(f"{letter}2:{letter}{LAST_ROW}")
            yield rule


def _rule(
    sheet: Sheet, column: Column, ranges: Mapping[str, str], language: Language
) -> DataValidation | None:
    if column.key is Key.COMMUNE and sheet is not COMMUNES:
        # Communes of the inventory are right as well: offered, not insisted on.
        codes = f"={quote_sheetname(COMMUNES.title.within(language))}!$B$2:$B${LAST_ROW}"
        return DataValidation("list", formula1=codes, allow_blank=True, showErrorMessage=False)
    if column.kind in {Kind.NAME, Kind.CHOICE, Kind.FLAG}:
        return _list(column, ranges, language)
    return _typed(column, language)


def _list(column: Column, ranges: Mapping[str, str], language: Language) -> DataValidation | None:
    formula = f'"{YES.within(language)},{NO.within(language)}"'
    if column.kind is not Kind.FLAG:
        if column.among not in ranges:
            return None
        formula = f"={ranges[column.among]}"
    return DataValidation(
        "list",
        formula1=formula,
        allow_blank=True,
        showErrorMessage=True,
        error=_NOT_LISTED.within(language),
    )


def _typed(column: Column, language: Language) -> DataValidation | None:
    """Warn about another kind of value, and let it pass: more is understood on import."""
    match column.kind:
        case Kind.DAY:
            rule = DataValidation("date", operator="greaterThan", formula1=_YEAR_2000)
            rule.error = _NO_DAY.within(language)
        case Kind.WHOLE:
            rule = DataValidation("whole", operator="greaterThanOrEqual", formula1="0")
            rule.error = _NO_WHOLE.within(language)
        case Kind.NUMBER:
            low, high = _BOUNDS.get(column.path, ("0", "10000"))
            rule = DataValidation("decimal", operator="between", formula1=low, formula2=high)
            rule.error = _NO_NUMBER.within(language)
        case _:
            return None
    rule.allow_blank = True
    rule.showErrorMessage = True
    rule.errorStyle = "warning"
    return rule
