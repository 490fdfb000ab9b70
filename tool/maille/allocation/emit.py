"""Write a file of the lock as text: one line an entry, in an order that never varies.

Written by hand rather than by a YAML library, so that a merge request shows one line a thing
and two branches rarely touch the same line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maille.allocation.lock import CommuneLock
from maille.inventory.yaml_text import flow, scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maille.allocation.lock import Given, Quarantined, SharedLock

HEADER = """\
# Written by `maille allocation`: numbers given to what the inventory describes.
# Change the inventory, not this file; to keep a number of an earlier plan, pin it there.
"""


def lock_text(lock: CommuneLock | SharedLock) -> str:
    """Give the text of a file; equal locks give equal texts, in whatever order they are."""
    return "".join(_lines(lock))


def _lines(lock: CommuneLock | SharedLock) -> Iterator[str]:
    yield HEADER
    if isinstance(lock, CommuneLock):
        yield f'commune: "{lock.commune}"\n'
    for section in type(lock).model_fields:
        if section in {"commune", "quarantine"}:
            continue
        entries: Mapping[str, Given] = getattr(lock, section)
        if entries:
            yield f"{section}:\n"
        for key in _ordered(section, entries):
            yield f"  {scalar(key)}: {flow(dict(_fields(entries[key])))}\n"
    if lock.quarantine:
        yield "quarantine:\n"
    for freed in sorted(lock.quarantine, key=_age):
        yield f"  - {flow(dict(_quarantined(freed)))}\n"


def _ordered(section: str, entries: Iterable[str]) -> Iterable[str]:
    """Order keys: blocks by number; subvolumes as they are, as the first one has a meaning."""
    if section == "storage":
        return entries
    if section == "blocks":
        return sorted(entries, key=_block_order)
    return sorted(entries)


def _block_order(key: str) -> tuple[bool, str, int]:
    pool, _, number = key.rpartition("-")
    return pool != "video", pool, int(number)


def _age(freed: Quarantined) -> tuple[str, str, str, str]:
    return freed.section, freed.key, str(freed.since), str(sorted(freed.numbers.items()))


def _fields(entry: Given) -> Iterator[tuple[str, Any]]:
    """Give the fields of an entry, its state last; a count of one goes without saying."""
    for name in type(entry).model_fields:
        if name != "state" and (name, getattr(entry, name)) != ("count", 1):
            yield name, getattr(entry, name)
    yield "state", entry.state.value


def _quarantined(freed: Quarantined) -> Iterator[tuple[str, Any]]:
    yield "section", freed.section
    yield "key", freed.key
    yield "numbers", dict(freed.numbers)
    yield "since", freed.since
