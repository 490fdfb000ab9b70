"""What a new record must say and does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from maille.batch.sheets import CABINETS
from maille.inventory.suggest import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.batch.columns import Column
    from maille.batch.records import Record
    from maille.inventory.reading.fault import Path

_RING: Path = ("ring",)
_AT_KM: Path = ("at_km",)
_PARENT: Path = ("spur", "parent")


class Gap(NamedTuple):
    """A field that is missing: its path inside the record, what that means, what to do."""

    path: Path
    what: str
    how: str


def gaps(record: Record) -> Iterator[Gap]:
    """Give what is missing from a new record; a refused cell is not missing."""
    said = record.values.keys() | record.broken
    for column in record.sheet.columns:
        if column.required and column.path and column.path not in said:
            what = f"{record.called} is new: {_heading(record, column.path)} is required"
            yield Gap(column.path, what, "fill the cell")
    yield from _halves(record, said)
    if record.sheet is CABINETS:
        yield from _way(record, said)


def absent_column(record: Record, path: Path) -> Column | None:
    """Give the column of a field, if it isn't in the sheet at all."""
    if path in record.cells:
        return None
    return next((column for column in record.sheet.columns if column.path == path), None)


def named(column: Column) -> str:
    """Name a column in both languages, for somebody who has to add it."""
    return joined(dict.fromkeys(column.title), "or")


def _heading(record: Record, path: Path) -> str:
    """Name a column as it is called in the sheet."""
    if path in record.cells:
        return f"`{record.cells[path].path}`"
    column = absent_column(record, path)
    return named(column) if column else ""


def _halves(record: Record, said: set[Path]) -> Iterator[Gap]:
    """Tell pairs of which one half is given: a latitude without a longitude."""
    for column in record.sheet.columns:
        *pair, half = column.path or ("",)
        other = (*pair, 1 - half) if isinstance(half, int) else None
        if other in said and column.path not in said and not column.required:
            what = f"{_heading(record, column.path)} is missing, its other half is there"
            yield Gap(column.path, what, "fill both cells, or none")


def _way(record: Record, said: set[Path]) -> Iterator[Gap]:
    if _RING not in said and _PARENT not in said:
        ring, at_km, parent = (_heading(record, path) for path in (_RING, _AT_KM, _PARENT))
        what = f"{record.called} is on no ring and hangs off no other cabinet"
        yield Gap(_RING, what, f"fill {ring} and {at_km}, or {parent} and what follows it")
    elif _RING in said and _AT_KM not in said:
        how = "write at how many kilometres from the primary switch it sits"
        yield Gap(_AT_KM, f"{record.called} has no place on its ring", how)
