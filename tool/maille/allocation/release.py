"""Release what is quarantined: from then on anybody may get it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.allocation.lock import Lock, Quarantined
from maille.allocation.subject import ALL, SHARED, Selection, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date


@dataclass(frozen=True, slots=True)
class Released:
    """The lock after a release, and what was released."""

    lock: Lock
    entries: tuple[tuple[Subject, Quarantined], ...]
    idle: tuple[str, ...]
    """Words that name nothing in quarantine."""


def release(lock: Lock, ids: Iterable[str] = (), *, before: date | None = None) -> Released:
    """Drop entries from the quarantine.

    Args:
        lock: the lock.
        ids: the ids they had, a commune's code or `all`; with none of these `before` chooses
            alone, and without it nothing is released.
        before: spare what was quarantined on this day or later.
    """
    words = Selection.of(tuple(ids) or ([ALL] if before else []))
    gone: list[tuple[Subject, Quarantined]] = []
    reached: set[str] = {ALL}

    def kept(scope: str, entries: tuple[Quarantined, ...]) -> Iterator[Quarantined]:
        for entry in entries:
            subject = Subject(scope, entry.section, entry.key)
            cabinet = str(entry.numbers.get("cabinet", ""))
            if words.reaches(subject, cabinet):
                reached.update(subject.names(cabinet))
                if before is None or entry.since < before:
                    gone.append((subject, entry))
                    continue
            yield entry

    shared = lock.shared.model_copy(
        update={"quarantine": tuple(kept(SHARED, lock.shared.quarantine))}
    )
    communes = {}
    for insee, commune in lock.communes.items():
        left = tuple(kept(insee, commune.quarantine))
        communes[insee] = commune
        if len(left) != len(commune.quarantine):
            communes[insee] = commune.model_copy(update={"quarantine": left})
    return Released(
        Lock.model_construct(shared=shared, communes=communes),
        tuple(gone),
        tuple(sorted(words.words - reached)),
    )
