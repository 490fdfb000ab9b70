"""Prefixes of segments: cut out of their commune's blocks, or out of the centre's pool."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from maille.allocation.claims import keep_after_all, own_numbers, reclaimed
from maille.allocation.prefixes import pool_is_full
from maille.allocation.spans import Spans, power_of_two, prefix_of, size_of, within
from maille.allocation.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maille.allocation.claims import Claim, Freed, Owner
    from maille.allocation.notes import Notes
    from maille.allocation.prefixes import PrefixSpace
    from maille.allocation.spans import Stretch


@dataclass(slots=True)
class Block:
    """A commune's block; a dormant one is quarantined and wakes when a segment lands in it."""

    key: str
    stretch: Stretch
    dormant: bool = False


class SegmentSpace:
    """The inside of all blocks. `claim.where` is (commune, pool), `claim.need` the size."""

    def __init__(self, blocks: dict[tuple[str, str], list[Block]], pools: PrefixSpace) -> None:
        """Take the blocks of each commune and pool; new ones are added to them."""
        self.blocks = blocks
        self._pools = pools
        self._spans = Spans()

    def refuses(self, claim: Claim, number: Stretch) -> str:
        """Refuse what is too small, and what lies outside the commune's blocks.

        A deployed segment that has become small stays, until its last address is given or
        somebody resizes it; a pinned one has the size that it has.
        """
        if not within(number, (block.stretch for block in self._of(claim))):
            return "it lies in no block of its commune"
        stays = claim.deployed and not claim.resized
        if size_of(number) < claim.need and number != claim.pin and not stays:
            return f"a /{33 - claim.need.bit_length()} is needed"
        return ""

    def holder(self, claim: Claim, number: Stretch) -> Owner | None:
        """Give who else holds a part of it."""
        return self._spans.clash(number, claim.owner)

    def take(self, claim: Claim, number: Stretch) -> None:
        """Hold it, and wake the block that it lies in."""
        self._spans.add(number, claim.owner)
        for block in self._of(claim):
            if within(number, (block.stretch,)):
                block.dormant = False

    def reserve(self, freed: Freed) -> None:
        """Hold it for its owner."""
        self._spans.add(freed.number, freed.owner)

    def lowest(self, claim: Claim) -> Stretch | None:
        """Widen it in place if that can be, or find room in the blocks there are.

        Widening keeps network address and gateways: hosts keep their addresses.
        """
        old = claim.current
        if old is not None and size_of(old) < claim.need and old[0] % claim.need == 0:
            wide = (old[0], old[0] + claim.need - 1)
            if not self.refuses(claim, wide) and self.holder(claim, wide) is None:
                return wide
        for block in sorted(self._of(claim), key=lambda block: block.dormant):
            if found := self._spans.first_free(claim.need, block.stretch):
                return found
        return None

    def show(self, number: Stretch) -> str:
        """Write it as a prefix."""
        return str(prefix_of(number))

    def exhausted(self, claim: Claim) -> tuple[str, str]:
        """Say that the pool has no such stretch left."""
        return pool_is_full(claim.where[1], claim.need)

    def add_block(self, where: tuple[str, str], size: int) -> bool:
        """Give a commune one more block; says whether its pool had room for it."""
        scope, pool = where
        found = self._pools.cut(pool, size)
        if found is None:
            return False
        mine = self.blocks.setdefault(where, [])
        key = next_key(pool, [block.key for block in mine])
        self._pools.hold(found, (Subject(scope, "blocks", key), "prefix"))
        mine.append(Block(key, found))
        return True

    def _of(self, claim: Claim) -> list[Block]:
        return self.blocks.get(claim.where, [])


def next_key(pool: str, keys: Sequence[str]) -> str:
    """Number a new block behind all that its commune has, or has in quarantine."""
    return f"{pool}-{max((int(key.rpartition('-')[2]) for key in keys), default=0) + 1}"


def give_segments(
    waiting: list[Claim], space: SegmentSpace, quarantine: Sequence[Freed], notes: Notes
) -> None:
    """Give prefixes to segments without one: in the blocks there are, then in a new one.

    The new ones of a commune and pool share one block, the next power of two that holds
    them: cut by falling size they are aligned without gaps.
    """
    own = own_numbers(quarantine)
    for claim in list(waiting):
        if (number := reclaimed(claim, space, own)) is not None:
            _give(claim, space, number)
            waiting.remove(claim)
    by_commune = sorted(waiting, key=lambda claim: (claim.where, -claim.need, claim.owner))
    for where, group in groupby(by_commune, key=lambda claim: claim.where):
        homeless = [claim for claim in group if not _place(claim, space)]
        if not homeless:
            continue
        together = power_of_two(sum(claim.need for claim in homeless))
        if not space.add_block(where, together):
            for size in [claim.need for claim in homeless]:
                space.add_block(where, size)
        for claim in homeless:
            if not _place(claim, space):
                notes.exhausted(claim, *space.exhausted(claim))
                keep_after_all(claim)


def _place(claim: Claim, space: SegmentSpace) -> bool:
    number = space.lowest(claim)
    if number is None:
        return False
    _give(claim, space, number)
    return True


def _give(claim: Claim, space: SegmentSpace, number: Stretch) -> None:
    claim.number = number
    space.take(claim, number)
