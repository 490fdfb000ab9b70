"""VLAN ids: unique within a domain, lowest free first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from maille.allocation.claims import Claim, Freed, Owner
    from maille.inventory.schema.settings import VlanPools

_RESERVED_BY_STANDARD: Final = frozenset({1, *range(1002, 1006)})
"""The default VLAN, and those of Token Ring and FDDI that no switch lets go."""


def reserved_ids(pools: VlanPools) -> frozenset[int]:
    """Give the ids that no segment may have, pinned or not."""
    return _RESERVED_BY_STANDARD | {pools.blackhole, pools.native}


class VlanSpace:
    """The VLAN ids of all domains. `claim.where` is the domain, `claim.need` the pool."""

    def __init__(self, pools: VlanPools) -> None:
        """Start with nothing taken."""
        self._reserved = reserved_ids(pools)
        self._transit = pools.bounds(pools.transit)
        self._pools = {name: pools.bounds(getattr(pools, name)) for name in ("access", "centre")}
        self._taken: dict[str, dict[int, Owner]] = {}
        self._everywhere: dict[int, Owner] = {}
        self._next: dict[tuple[str, str], int] = {}

    def refuses(self, claim: Claim, number: int) -> str:
        """Refuse reserved ids, and those outside the pool unless they are pinned."""
        if number in self._reserved:
            return f"VLAN {number} is reserved"
        pool = self._pools[claim.need]
        if number not in pool and number != claim.pin:
            return f"the pool is now {pool[0]}-{pool[-1]}"
        return ""

    def holder(self, claim: Claim, number: int) -> Owner | None:
        """Give who else has the id in the domain; a domain that is not known has no holders."""
        found = self._taken.get(claim.where, {}).get(number) or self._everywhere.get(number)
        return found if found != claim.owner else None

    def take(self, claim: Claim, number: int) -> None:
        """Hold the id in the claim's domain."""
        self._hold(claim.where, number, claim.owner)

    def reserve(self, freed: Freed) -> None:
        """Hold the id in its domain; in all of them where its ring is not known any more."""
        self._hold(freed.where, freed.number, freed.owner)

    def _hold(self, domain: str, number: int, owner: Owner) -> None:
        held = self._taken.setdefault(domain, {}) if domain else self._everywhere
        held.setdefault(number, owner)

    def lowest(self, claim: Claim) -> int | None:
        """Find the lowest id of the pool that is free in the domain."""
        domain, name = claim.where, claim.need
        pool, taken = self._pools[name], self._taken.get(domain, {})
        for number in range(self._next.get((domain, name), pool[0]), pool[-1] + 1):
            if (
                number not in taken
                and number not in self._everywhere
                and number not in self._reserved
                and number not in self._transit
            ):
                self._next[domain, name] = number
                return number
        return None

    def show(self, number: int) -> str:
        """Write the id for people."""
        return f"VLAN {number}"

    def exhausted(self, claim: Claim) -> tuple[str, str]:
        """Say that the pool is used up in this domain."""
        pool = self._pools[claim.need]
        return (
            f"no VLAN id is left in {pool[0]}-{pool[-1]} for domain {claim.where}",
            f"widen pools.vlans.{claim.need}, or release what is quarantined",
        )
