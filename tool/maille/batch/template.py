"""Write the workbook of a batch: headings, lists to choose from, explanations, an example."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from maille.batch.columns import Kind
from maille.batch.filled import rows_of
from maille.batch.help_sheet import fill_help
from maille.batch.list_sheet import fill_lists
from maille.batch.sheets import SHEETS
from maille.batch.styles import (
    DAYS,
    EXAMPLE_FILL,
    EXAMPLE_FONT,
    HEADING,
    HEADING_FONT,
    HEADING_HEIGHT_PT,
    OPTIONAL_FILL,
    REQUIRED_FILL,
    fit_to_width,
    number_format,
)
from maille.batch.validation import validations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from maille.batch.columns import Column, Sheet
    from maille.batch.language import Language
    from maille.batch.lists import Lists
    from maille.inventory.schema.commune import Commune

_COMMENT_WIDTH_PX, _COMMENT_HEIGHT_PX = 280, 90


def workbook(
    estate: str, lists: Lists, language: Language, communes: Sequence[Commune] = ()
) -> bytes:
    """Give a workbook for batches of the estate that people call `estate`.

    With `communes` it holds what the estate has of them, without, an example row a sheet.
    """
    book = Workbook()
    fill_help(book.worksheets[0], estate, language)
    targets = [book.create_sheet(sheet.title.within(language)) for sheet in SHEETS]
    ranges = fill_lists(book.create_sheet(), lists, language)
    for sheet, target in zip(SHEETS, targets, strict=True):
        _lay_out(target, sheet, language)
        rows = [row for commune in communes for row in rows_of(commune, sheet, language)]
        _fill(target, sheet, language, rows)
        if not communes:
            _add_example(target, sheet, language, lists)
        for rule in validations(sheet, ranges, language):
            target.add_data_validation(rule)
    for target in book.worksheets:
        fit_to_width(target)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def example_row(sheet: Sheet, language: Language, lists: Lists) -> list[object]:
    """Give the cells of a sheet's example; what it must name is the first that there is."""
    row: list[object] = []
    for column in sheet.columns:
        example = column.example.within(language)
        if column.kind is Kind.NAME and column.required:
            example = next(iter(lists.ids(column.among)), "")
        row.append(_typed(column, example) if example else None)
    return row


def _lay_out(target: Worksheet, sheet: Sheet, language: Language) -> None:
    """Write the headings, and set what holds for whole columns."""
    for number, column in enumerate(sheet.columns, 1):
        title = column.title.within(language)
        cell = target.cell(1, number, f"{title} *" if column.required else title)
        cell.font = HEADING_FONT
        cell.fill = REQUIRED_FILL if column.required else OPTIONAL_FILL
        cell.alignment = HEADING
        cell.comment = Comment(
            column.help.within(language), "maille", _COMMENT_HEIGHT_PX, _COMMENT_WIDTH_PX
        )
        dimension = target.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        dimension.number_format = number_format(column, language)
    keys = max(number for number, column in enumerate(sheet.columns, 1) if column.key)
    target.freeze_panes = f"{get_column_letter(keys + 1)}2"
    target.row_dimensions[1].height = HEADING_HEIGHT_PT
    target.print_title_rows = "1:1"


def _fill(
    target: Worksheet, sheet: Sheet, language: Language, rows: Iterable[Sequence[object]]
) -> None:
    for number, row in enumerate(rows, 2):
        for index, (column, value) in enumerate(zip(sheet.columns, row, strict=True), 1):
            cell = target.cell(number, index)
            cell.value = _held(column, value)
            if isinstance(value, str) and column.kind is not Kind.DAY:
                cell.data_type = "s"  # a text that begins with `=` is no formula
            cell.number_format = number_format(column, language)
            if column.kind is Kind.DAY:
                cell.alignment = DAYS


def _held(column: Column, value: object) -> Any:  # noqa: ANN401 - whatever a cell holds
    """Give a value as a spreadsheet holds it: days as dates."""
    return (
        date.fromisoformat(value) if column.kind is Kind.DAY and isinstance(value, str) else value
    )


def _add_example(target: Worksheet, sheet: Sheet, language: Language, lists: Lists) -> None:
    _fill(target, sheet, language, [example_row(sheet, language, lists)])
    for cell in target[2]:
        cell.font = EXAMPLE_FONT
        cell.fill = EXAMPLE_FILL


def _typed(column: Column, text: str) -> object:
    """Give an example as the inventory would."""
    if column.kind is Kind.WHOLE:
        return int(text)
    return float(text.replace(",", ".")) if column.kind is Kind.NUMBER else text
