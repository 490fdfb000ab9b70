"""What a new record must say and does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from maille.batch.sheets import CABINETS

if TYPE_CHECKING:
    from collections.abc import Iterator

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
            title = column.title.en
            how = "fill the cell" if column.path in record.cells else f"add the column `{title}`"
            yield Gap(column.path, f"{record.called} is new and needs its {title.lower()}", how)
    yield from _halves(record, said)
    if record.sheet is CABINETS:
        yield from _way(record, said)


def _halves(record: Record, said: set[Path]) -> Iterator[Gap]:
    """Tell pairs of which one half is given: a latitude without a longitude."""
    for column in record.sheet.columns:
        *pair, half = column.path or ("",)
        other = (*pair, 1 - half) if isinstance(half, int) else None
        if other in said and column.path not in said and not column.required:
            yield Gap(column.path, f"half of `{pair[-1]}` is missing", "fill both cells, or none")


def _way(record: Record, said: set[Path]) -> Iterator[Gap]:
    if _RING not in said and _PARENT not in said:
        what = f"{record.called} is on no ring and hangs off no other cabinet"
        yield Gap(_RING, what, "fill `Ring` and `At km`, or `Hangs off` and what follows it")
    elif _RING in said and _AT_KM not in said:
        how = "write at how many kilometres from the primary switch it sits"
        yield Gap(_AT_KM, f"{record.called} has no place on its ring", how)
