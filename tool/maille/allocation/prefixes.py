"""Prefixes cut straight out of the pools: blocks, the centre's segments, transit, loopbacks."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import TYPE_CHECKING, Final

from maille.allocation.spans import Spans, prefix_of, size_of, stretch, within

if TYPE_CHECKING:
    from maille.allocation.claims import Claim, Freed, Owner
    from maille.allocation.spans import Stretch
    from maille.inventory.schema.settings import PrefixPools

LOOPBACKS: Final = "loopbacks"


class PrefixSpace:
    """The pools of prefixes. `claim.where` names the pool, `claim.need` counts addresses.

    Of a loopback pool the first and the last address stay unused: some systems refuse them.
    """

    def __init__(self, pools: PrefixPools) -> None:
        """Start with nothing taken."""
        self.pools: dict[str, list[Stretch]] = {
            name: [stretch(prefix) for prefix in getattr(pools, name)]
            for name in type(pools).model_fields
        }
        self._spans = Spans()
        self._next: dict[tuple[str, int, int], int] = {}

    def refuses(self, claim: Claim, number: Stretch) -> str:
        """Refuse what does not lie in one prefix of the pool, and what is too small.

        A deployed prefix that has become small stays until somebody resizes it.
        """
        if not within(number, self.pools[claim.where]):
            return f"it lies in no prefix of pools.prefixes.{claim.where}"
        stays = number == claim.pin or (claim.deployed and not claim.resized)
        if size_of(number) < claim.need and not stays:
            return f"a /{_length(claim.need)} is needed"
        return ""

    def holder(self, claim: Claim, number: Stretch) -> Owner | None:
        """Give who else holds a part of it."""
        return self._spans.clash(number, claim.owner)

    def take(self, claim: Claim, number: Stretch) -> None:
        """Hold it."""
        self.hold(number, claim.owner)

    def reserve(self, freed: Freed) -> None:
        """Hold it for its owner."""
        self.hold(freed.number, freed.owner)

    def hold(self, number: Stretch, owner: Owner) -> None:
        """Hold a stretch for an owner; what others have of it stays theirs."""
        self._spans.add(number, owner)

    def lowest(self, claim: Claim) -> Stretch | None:
        """Find the lowest free stretch of the size, in the order of the pool's prefixes."""
        return self.cut(claim.where, claim.need)

    def cut(self, pool: str, size: int) -> Stretch | None:
        """Find the lowest free stretch of `size` addresses (a power of two) in a pool.

        Where the last search for this size ended, the next one begins: nothing is freed
        while numbers are given.
        """
        for index, area in enumerate(self.pools[pool]):
            mark = (pool, index, size)
            first, last = area
            inner = (first + 1, last - 1) if pool == LOOPBACKS and last - first > 1 else area
            found = self._spans.first_free(size, inner, self._next.get(mark, 0))
            self._next[mark] = found[0] if found else last + 1
            if found:
                return found
        return None

    def pool_of(self, number: Stretch, among: tuple[str, ...]) -> str | None:
        """Give the pool, of some, that a stretch lies in."""
        return next((name for name in among if within(number, self.pools[name])), None)

    def show(self, number: Stretch) -> str:
        """Write it as an address or a prefix."""
        return str(IPv4Address(number[0]) if size_of(number) == 1 else prefix_of(number))

    def exhausted(self, claim: Claim) -> tuple[str, str]:
        """Say that the pool has no room for the size."""
        return pool_is_full(claim.where, claim.need)


def pool_is_full(pool: str, size: int) -> tuple[str, str]:
    """Say that a pool has no room for a prefix of `size` addresses, and how to mend it."""
    return (
        f"pools.prefixes.{pool} has no room for a /{_length(size)}",
        f"add a prefix at the end of pools.prefixes.{pool}, or release what is quarantined",
    )


def _length(size: int) -> int:
    return 33 - size.bit_length()
