"""The one rule by which any number is kept, given and refused.

A *claim* is the wish of one subject for one number: a VLAN id, a prefix, a port, an address.
A *space* knows which numbers there are and who holds them. All claims on a space are settled
together, in this order, so that nothing of a later step can disturb an earlier one:

1. what is quarantined stays reserved for the key it was given to;
2. deployed numbers stay, even where the inventory contradicts them (a finding tells), unless
   an explicit command lets them go: then they are quarantined at once;
3. pinned numbers are taken, or a finding names both who want them;
4. planned numbers stay where they still fit and nobody of the earlier steps has them;
5. who has no number yet gets its own out of quarantine, or else the lowest free one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from maille.allocation.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maille.allocation.notes import Notes

Owner: TypeAlias = tuple[Subject, str]
"""Whose number it is, and which of its numbers (the name of the field in the lock)."""

Number: TypeAlias = Any
"""What a space counts: an int, a stretch of addresses, a port or a name; None for none."""


@dataclass(slots=True, eq=False)
class Claim:
    """A wish for one number, what is known before, and in the end what was given."""

    owner: Owner
    where: Any
    """Narrows the space: a layer-2 domain, a segment, a switch."""
    need: Any = 1
    """What the number must suffice for, in the terms of its space."""
    pin: Number = None
    pinned_at: tuple[str, ...] = ()
    """Path of the pin in the inventory."""
    current: Number = None
    deployed: bool = False
    wanted: bool = True
    """Unset for what the inventory knows no more but nobody has retired."""
    movable: bool = False
    """Set if an explicit command lets a contradicted deployed number go."""
    resized: bool = False
    """Set if an explicit command asks for a size that fits."""
    had: int = 1
    """How many consecutive numbers the claim covers so far."""
    grows: bool = False
    """Set if it needs more of them now: a planned one then makes way for its neighbours."""
    number: Number = None
    freed: Number = None
    """The deployed number that was let go."""
    reverted: bool = False
    """Set if it was let go, but there was no other one to give: it stays after all."""
    disputed: bool = False
    """Set if somebody else keeps the number that was let go: it is not quarantined."""


@dataclass(frozen=True, slots=True)
class Freed:
    """A number in quarantine."""

    owner: Owner
    where: Any
    number: Number
    count: int = 1
    """How many consecutive numbers, of hosts that are counted."""


class Space(Protocol):
    """Numbers of one kind: which there are, and who holds them."""

    def refuses(self, claim: Claim, number: Number) -> str:
        """Say why the number cannot be the claim's, whoever holds it; empty if it can."""

    def holder(self, claim: Claim, number: Number) -> Owner | None:
        """Give somebody else who holds the number, or a part of it."""

    def take(self, claim: Claim, number: Number) -> None:
        """Hold the number for the claim; a holder from before stays."""

    def reserve(self, freed: Freed) -> None:
        """Hold a number in quarantine for its owner."""

    def lowest(self, claim: Claim) -> Number:
        """Find the free number that comes first."""

    def show(self, number: Number) -> str:
        """Write a number for people."""

    def exhausted(self, claim: Claim) -> tuple[str, str]:
        """Say what has run out, and how to mend it."""


def settle_claims(
    claims: Iterable[Claim], space: Space, quarantine: Sequence[Freed], notes: Notes
) -> None:
    """Give every claim its number, in the order of the claims. See the module's text."""
    waiting = keep_claims(claims, space, quarantine, notes)
    give_claims(waiting, space, quarantine, notes)


def keep_claims(
    claims: Iterable[Claim], space: Space, quarantine: Sequence[Freed], notes: Notes
) -> list[Claim]:
    """Take the first four steps; gives the claims that are still without a number."""
    for freed in quarantine:
        space.reserve(freed)
    claims = list(claims)
    notes.pins.update({claim.owner: claim.pinned_at for claim in claims if claim.pin is not None})
    _keep_deployed(claims, space, notes)
    blocked = _take_pins(claims, space, notes)
    waiting = []
    for claim in sorted(claims, key=lambda claim: claim.grows):
        if claim.number is not None or id(claim) in blocked:
            continue
        current = claim.current
        if current is not None and not claim.deployed and _fits(claim, space, current):
            claim.number = current
            space.take(claim, current)
        else:
            waiting.append(claim)
    return waiting


def give_claims(
    waiting: Iterable[Claim], space: Space, quarantine: Sequence[Freed], notes: Notes
) -> None:
    """Take the last step for claims without a number."""
    own = own_numbers(quarantine)
    for claim in waiting:
        number = reclaimed(claim, space, own)
        if number is None:
            number = space.lowest(claim)
        if number is None:
            notes.exhausted(claim, *space.exhausted(claim))
            keep_after_all(claim)
        else:
            claim.number = number
            space.take(claim, number)


def own_numbers(quarantine: Sequence[Freed]) -> dict[Owner, list[Number]]:
    """Sort quarantined numbers by owner, what was freed last first."""
    own: dict[Owner, list[Number]] = {}
    for freed in reversed(quarantine):
        own.setdefault(freed.owner, []).append(freed.number)
    return own


def reclaimed(claim: Claim, space: Space, own: dict[Owner, list[Number]]) -> Number:
    """Give a claim what was freed of its own, if it fits: a key that comes back."""
    for number in own.get(claim.owner, ()):
        if number != claim.freed and _fits(claim, space, number):
            return number
    return None


def keep_after_all(claim: Claim) -> None:
    """Leave a deployed number with its subject if there is no other one to give."""
    if claim.freed is not None:
        claim.number, claim.freed, claim.reverted = claim.freed, None, True


def _fits(claim: Claim, space: Space, number: Number) -> bool:
    return not space.refuses(claim, number) and space.holder(claim, number) is None


def _keep_deployed(claims: list[Claim], space: Space, notes: Notes) -> None:
    """Keep deployed numbers, those that may not move first."""
    deployed = [claim for claim in claims if claim.deployed and claim.current is not None]
    for claim in sorted(deployed, key=lambda claim: claim.movable):
        current = claim.current
        other = space.holder(claim, current)
        reason = _contradiction(claim, space, other)
        if claim.movable and (reason or _pinned_elsewhere(claim)):
            claim.freed = current
            claim.disputed = other is not None
            if other is None:
                space.reserve(Freed(claim.owner, claim.where, current, claim.had))
            continue
        if reason:
            notes.contradiction(claim, space.show(current), reason, other)
            claim.need = claim.had if other else claim.need
        claim.number = current
        space.take(claim, current)
    for claim in deployed:
        if claim.number is not None and _pinned_elsewhere(claim) and _can_pin(claim, space, notes):
            reason = f"{space.show(claim.pin)} is pinned"
            notes.contradiction(claim, space.show(claim.current), reason, None)


def _contradiction(claim: Claim, space: Space, other: Owner | None) -> str:
    if other:
        return f"{other[0].title} has it too"
    if not claim.wanted or _pinned_elsewhere(claim):
        return ""
    return space.refuses(claim, claim.current)


def _pinned_elsewhere(claim: Claim) -> bool:
    return claim.wanted and claim.pin is not None and claim.pin != claim.current


def _can_pin(claim: Claim, space: Space, notes: Notes) -> bool:
    """Say whether the pinned number can be had; if not, a finding tells why."""
    other = space.holder(claim, claim.pin)
    if reason := space.refuses(claim, claim.pin):
        notes.impossible_pin(claim, space.show(claim.pin), reason)
    elif other:
        notes.pin_collision(claim, space.show(claim.pin), other)
    else:
        return True
    return False


def _take_pins(claims: list[Claim], space: Space, notes: Notes) -> set[int]:
    """Take pinned numbers; gives the claims whose pin is in the way of others, by identity."""
    blocked = set()
    for claim in claims:
        if claim.pin is None or claim.number is not None:
            continue
        if _can_pin(claim, space, notes):
            claim.number = claim.pin
            space.take(claim, claim.pin)
        else:
            keep_after_all(claim)
            blocked.add(id(claim))
    return blocked
