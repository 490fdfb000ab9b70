"""An entry of the lock in the making: its claims, and what it was before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maille.allocation.lock import Quarantined, State
from maille.allocation.quarantine import POSITION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from maille.allocation.claims import Claim
    from maille.allocation.lock import Given
    from maille.allocation.subject import Subject


@dataclass(slots=True, eq=False)
class Draft:
    """One entry: the claims on its numbers, by the field that each is for."""

    subject: Subject
    entry: Given | None
    """What the lock has so far."""
    claims: tuple[Claim, ...]
    detail: Any = None
    """What the inventory wants; nothing for what it knows no more."""

    @property
    def unchanged(self) -> bool:
        """Say whether the entry stays as it is: all of it, if one number could not be moved."""
        return self.entry is not None and (
            self.reverted
            or all(claim.number == claim.current and claim.freed is None for claim in self.claims)
        )

    @property
    def reverted(self) -> bool:
        """Say whether a number was let go in vain."""
        return any(claim.reverted for claim in self.claims)

    @property
    def moved(self) -> bool:
        """Say whether an explicit command has changed a deployed number."""
        return not self.reverted and any(claim.freed is not None for claim in self.claims)

    @property
    def complete(self) -> bool:
        """Say whether every claim has got a number."""
        return all(claim.number is not None for claim in self.claims)

    @property
    def state(self) -> State:
        """Stay deployed, unless a number was let go."""
        if self.entry is None or self.moved:
            return State.PLANNED
        return self.entry.state

    def freed(self, since: date) -> Iterator[Quarantined]:
        """Give what an explicit command has let go, for the quarantine."""
        numbers: dict[str, str | int] = {}
        for claim in self.claims if self.moved else ():
            if claim.freed is not None and not claim.disputed and not _widened(claim):
                numbers.update(_fields(claim, self.entry))
        if numbers:
            yield Quarantined(
                section=self.subject.section, key=self.subject.key, numbers=numbers, since=since
            )


def _widened(claim: Claim) -> bool:
    """Say whether the number let go lies inside the one that came for it."""
    old, new = claim.freed, claim.number
    if claim.owner[1] != "prefix" or new is None or old is None:
        return False
    return bool(new[0] <= old[0] and old[1] <= new[1])


def _fields(claim: Claim, entry: Given | None) -> Iterator[tuple[str, str | int]]:
    """Write a number let go as the fields that the entry had for it."""
    part = claim.owner[1]
    names = {POSITION: ("cabinet", "kind", POSITION), "address": ("address", "count", "segment")}
    for name in names.get(part, (part,)):
        value = getattr(entry, name, None)
        if value is not None:
            yield name, value if isinstance(value, int) else str(value)
