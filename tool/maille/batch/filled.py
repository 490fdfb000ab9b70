"""What an estate has, as rows of the sheets: to be looked at, changed, and imported again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maille.batch.choices import CHOICES, NO, YES
from maille.batch.columns import Key, Kind
from maille.batch.sheets import CABINETS, COMMUNES
from maille.batch.trees import found_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.batch.columns import Column, Sheet
    from maille.batch.language import Language
    from maille.inventory.schema.commune import Commune


def rows_of(commune: Commune, sheet: Sheet, language: Language) -> Iterator[list[object]]:
    """Give the rows of one sheet that describe a commune, in the order of its file."""
    tree = commune.model_dump(mode="json", exclude_unset=True)
    for keys, record in _records(tree, sheet):
        by_key = dict(zip(Key, (commune.insee, *keys), strict=False))
        yield [
            by_key[column.key] if column.key else _shown(record, column, language)
            for column in sheet.columns
        ]


def _records(tree: dict[str, Any], sheet: Sheet) -> Iterator[tuple[tuple[str, ...], Any]]:
    if sheet is COMMUNES:
        yield (), tree
        return
    for cabinet, fields in tree.get("cabinets", {}).items():
        if sheet is CABINETS:
            yield (cabinet,), fields
        for name, item in fields.get(sheet.below, {}).items():
            yield (cabinet, name), item


def _shown(record: Any, column: Column, language: Language) -> object:  # noqa: ANN401 - plain Python
    value = found_at(record, column.path) if column.path else None
    return None if value is None else shown(value, column, language)


def shown(value: object, column: Column, language: Language) -> object:
    """Give a value of the inventory as a cell shows it."""
    if isinstance(value, bool):
        return (YES if value else NO).within(language)
    if isinstance(value, list):
        return "; ".join(map(str, value)) or None
    if column.kind is Kind.CHOICE:
        return CHOICES[column.among][str(value)].within(language)
    return value
