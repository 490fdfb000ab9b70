"""What is different between two locks, entry by entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from maille.allocation.lock import CommuneLock, Quarantined, SharedLock
from maille.allocation.quarantine import numbers_of
from maille.allocation.subject import SHARED, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.allocation.lock import Given, Lock


@dataclass(frozen=True, slots=True)
class Change:
    """One entry given, changed, taken away, quarantined or released."""

    kind: Literal["added", "changed", "removed", "quarantined", "unquarantined"]
    subject: Subject
    old: Given | Quarantined | None
    new: Given | Quarantined | None

    @property
    def before(self) -> dict[str, str | int]:
        """Give state and numbers of before; empty if there was nothing."""
        return _shown(self.old)

    @property
    def after(self) -> dict[str, str | int]:
        """Give state and numbers of now; empty if there is nothing."""
        return _shown(self.new)


def changes_between(before: Lock, after: Lock) -> tuple[Change, ...]:
    """Give every difference: what is shared first, then commune by commune."""
    found = list(_file(SHARED, before.shared, after.shared))
    for insee in sorted(before.communes.keys() | after.communes.keys()):
        empty = CommuneLock(commune=insee)
        old, new = before.communes.get(insee, empty), after.communes.get(insee, empty)
        found.extend(_file(insee, old, new))
    return tuple(found)


def _file(
    scope: str, before: CommuneLock | SharedLock, after: CommuneLock | SharedLock
) -> Iterator[Change]:
    for section in type(after).model_fields:
        if section not in {"commune", "quarantine"}:
            yield from _section(scope, section, getattr(before, section), getattr(after, section))
    for entry in before.quarantine:
        if entry not in after.quarantine:
            subject = Subject(scope, entry.section, entry.key)
            yield Change("unquarantined", subject, entry, None)
    for entry in after.quarantine:
        if entry not in before.quarantine:
            subject = Subject(scope, entry.section, entry.key)
            yield Change("quarantined", subject, None, entry)


def _section(
    scope: str, section: str, before: Mapping[str, Given], after: Mapping[str, Given]
) -> Iterator[Change]:
    if before == after:
        return
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old is new or old == new:
            continue
        kind: Literal["added", "changed", "removed"]
        kind = "added" if old is None else "removed" if new is None else "changed"
        subject = Subject(scope, section, key)
        yield Change(kind, subject, old, new)


def _shown(entry: Given | Quarantined | None) -> dict[str, str | int]:
    if entry is None:
        return {}
    if isinstance(entry, Quarantined):
        return dict(entry.numbers)
    return {"state": entry.state.value, **numbers_of(entry)}
