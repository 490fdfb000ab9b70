"""Write the table of a batch (CSV): a line a camera, with columns of cabinet and commune."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from maille.batch.columns import Key, Kind
from maille.batch.filled import rows_of
from maille.batch.headings import flat_names, flat_title
from maille.batch.language import Language
from maille.batch.sheets import CABINETS, CAMERAS, COMMUNES, FLAT_SHEETS
from maille.batch.template import example_row
from maille.inventory.suggest import slug
from maille.inventory.yaml_text import scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maille.batch.columns import Column, Sheet
    from maille.batch.lists import Lists
    from maille.inventory.schema.commune import Commune

_SEPARATORS = {Language.FR: ";", Language.EN: ","}


class _Place(NamedTuple):
    """A column of the table: its heading, and where its value stands in a sheet's row."""

    title: str
    sheet: Sheet
    at: int


def table(lists: Lists, language: Language, communes: Sequence[Commune] = ()) -> bytes:
    """Give the table, as spreadsheets of that language open it; without communes, an example."""
    places = list(_places(language))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=_SEPARATORS[language], lineterminator="\r\n")
    writer.writerow([place.title for place in places])
    for rows in _lines(communes, language) if communes else [_example(lists, language)]:
        writer.writerow([_text(rows, place, language) for place in places])
    return codecs.BOM_UTF8 + stream.getvalue().encode()


def _places(language: Language) -> Iterator[_Place]:
    """Give the columns; what sheets have in common stands once."""
    names = flat_names(FLAT_SHEETS)
    seen: set[int] = set()
    for sheet in FLAT_SHEETS:
        for index, column in enumerate(sheet.columns):
            if id(column) in seen:
                continue
            seen.add(id(column))
            ambiguous = slug(column.title.within(language)) in names.ambiguous
            fr, en = flat_title(sheet, column, ambiguous=ambiguous)
            yield _Place(fr if language is Language.FR else en, sheet, index)


def _lines(
    communes: Sequence[Commune], language: Language
) -> Iterator[dict[int, Sequence[object]]]:
    """Give the rows that each line unites, by the id of their sheet."""
    for commune in communes:
        head = next(rows_of(commune, COMMUNES, language))
        cameras = list(rows_of(commune, CAMERAS, language))
        cabinets = list(rows_of(commune, CABINETS, language))
        if not cabinets:
            yield {id(COMMUNES): head}
        for cabinet in cabinets:
            key = cabinet[_index(CABINETS)]
            own = [row for row in cameras if row[_index(CAMERAS)] == key]
            for camera in own or [[]]:
                yield {id(COMMUNES): head, id(CABINETS): cabinet, id(CAMERAS): camera}


def _index(sheet: Sheet) -> int:
    return next(at for at, column in enumerate(sheet.columns) if column.key is Key.CABINET)


def _example(lists: Lists, language: Language) -> dict[int, Sequence[object]]:
    return {id(sheet): example_row(sheet, language, lists) for sheet in FLAT_SHEETS}


def _text(rows: dict[int, Sequence[object]], place: _Place, language: Language) -> str:
    row = rows.get(id(place.sheet), ())
    value = row[place.at] if row else None
    column: Column = place.sheet.columns[place.at]
    if value is None:
        return ""
    if column.kind is Kind.NUMBER:
        number = scalar(value)
        return number.replace(".", ",") if language is Language.FR else number
    return str(value)
