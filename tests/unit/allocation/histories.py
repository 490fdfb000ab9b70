"""What must hold whatever happens to an estate, and how branches of it are merged."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from maille.allocation.emit import lock_text
from maille.allocation.lock import Lock, State
from maille.allocation.quarantine import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.allocation.lock import CommuneLock, SharedLock

_LABELS = {"cabinet", "segment"}
"""Keys inside entries: they change when communes merge, the numbers don't."""


def files_of(lock: Lock) -> Iterator[tuple[str, CommuneLock | SharedLock]]:
    """Give every file of a lock with its name."""
    yield "shared", lock.shared
    yield from lock.communes.items()


def texts_of(lock: Lock) -> dict[str, str]:
    """Give the text of every file of a lock."""
    return {name: lock_text(file) for name, file in files_of(lock)}


def entries_of(lock: Lock) -> Iterator[tuple[str, str, str, Any]]:
    """Give every entry with its file, section and key."""
    for name, file in files_of(lock):
        for section in type(file).model_fields:
            if section not in {"commune", "quarantine"}:
                for key, entry in getattr(file, section).items():
                    yield name, section, key, entry


def promises(lock: Lock) -> set[tuple[str, str]]:
    """Give what is deployed, whoever's it is: section and numbers, without keys."""
    return {
        (section, str(_numbers(section, numbers_of(entry))))
        for _, section, _, entry in entries_of(lock)
        if entry.state is State.DEPLOYED
    }


def promised_to(lock: Lock) -> dict[tuple[str, str, str], str]:
    """Give the numbers of everything deployed, by file, section and key."""
    return {
        (name, section, key): str(numbers_of(entry))
        for name, section, key, entry in entries_of(lock)
        if entry.state is State.DEPLOYED
    }


def _numbers(section: str, numbers: dict[str, str | int]) -> list[tuple[str, str | int]]:
    kept = {name: value for name, value in numbers.items() if name not in _LABELS}
    if section in {"hosts", "firewall"}:
        kept.pop("count", None)
    return sorted(kept.items())


def freed(lock: Lock) -> Counter[tuple[str, str, str]]:
    """Count the single numbers in quarantine: section, field and value."""
    return Counter(
        (entry.section, name, str(value))
        for _, file in files_of(lock)
        for entry in file.quarantine
        for name, value in entry.numbers.items()
        if name not in {*_LABELS, "pool", "kind", "count", "subvolume", "position"}
    )


def active(lock: Lock) -> Counter[tuple[str, str, str]]:
    """Count the single numbers in use, as `freed` counts those in quarantine."""
    return Counter(
        (section, name, str(value))
        for _, section, _, entry in entries_of(lock)
        for name, value in numbers_of(entry).items()
    )


_GONE = object()


def merged(base: Any, ours: Any, theirs: Any) -> Any:  # noqa: ANN401 — any plain data
    """Merge two changes of plain data as git merges lines: ours where both changed the same."""
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    if isinstance(ours, dict) and isinstance(theirs, dict):
        before = base if isinstance(base, dict) else {}
        found = {
            key: merged(before.get(key, _GONE), ours.get(key, _GONE), theirs.get(key, _GONE))
            for key in [*ours, *(key for key in theirs if key not in ours)]
        }
        return {key: value for key, value in found.items() if value is not _GONE}
    return ours


def merged_locks(base: Lock, ours: Lock, theirs: Lock) -> Lock:
    """Merge two changes of a lock: entry by entry, as one line is one entry."""
    files = merged(*(_lines(lock) for lock in (base, ours, theirs)))
    trees = {name: _unfolded(file) for name, file in files.items()}
    shared = trees.pop("shared")
    communes = {insee: {"commune": insee, **tree} for insee, tree in trees.items()}
    return Lock.model_validate({"shared": shared, "communes": communes})


def _lines(lock: Lock) -> dict[str, dict[str, dict[str, str]]]:
    """Give each entry as one text, by file, section and key."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for name, file in files_of(lock):
        tree = file.model_dump(mode="json")
        tree["quarantine"] = {json.dumps(entry): entry for entry in tree["quarantine"]}
        found[name] = {
            section: {key: json.dumps(entry) for key, entry in entries.items()}
            for section, entries in tree.items()
            if section != "commune"
        }
    return found


def _unfolded(file: dict[str, dict[str, str]]) -> dict[str, Any]:
    found: dict[str, Any] = {
        section: {key: json.loads(line) for key, line in entries.items()}
        for section, entries in file.items()
    }
    return found | {"quarantine": list(found["quarantine"].values())}
