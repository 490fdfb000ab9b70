"""What the journal says of erasures: per batch and camera, once `unlinked` and once `erased`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from maille.retention.journal import time_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.retention.expire.pending import Batch, Item
    from maille.retention.journal import Entry, Journal

Phase = Literal["unlinked", "erased"]


def entries_of(batch: Batch, phase: Phase, *, resumed: bool = False) -> Iterator[Entry]:
    """Give the entries of a batch, one a camera and rule.

    `resumed` marks what an earlier run took away that was cut off before it could tell.
    """
    ordered = sorted(batch.items, key=_by)
    for (camera, rule), group in groupby(ordered, key=_by):
        items = list(group)
        entry: dict[str, Any] = {
            "phase": phase,
            "batch": batch.id,
            "subvolume": batch.subvolume,
            "camera": camera,
            "first": time_text(min(item.start for item in items)),
            "last": time_text(max(item.end for item in items)),
            "segments": len(items),
            "size_bytes": sum(item.size_bytes for item in items),
            "rule": rule,
        }
        yield entry | {"resumed": True} if resumed else entry


def _by(item: Item) -> tuple[str, str]:
    return item.camera, item.rule


Told = frozenset[tuple[str, str, str, str]]
"""Phase, batch, camera and rule of entries that are there."""


def told_of(journal: Journal, batches: Iterable[Batch]) -> Told:
    """Give what the journal says already of some batches; it is read once, from the oldest on."""
    begun = {batch.id: batch.at for batch in batches}
    if not begun:
        return frozenset()
    return frozenset(
        key_of(entry)
        for entry in journal.entries(since=min(begun.values()))
        if entry.get("batch") in begun
    )


def key_of(entry: Entry) -> tuple[str, str, str, str]:
    """Give what tells entries apart."""
    return entry["phase"], entry["batch"], entry["camera"], entry["rule"]
