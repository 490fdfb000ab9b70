"""Host addresses inside segments: lowest free first, behind the gateways."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import TYPE_CHECKING, TypeAlias

from maille.allocation.demand import GATEWAYS
from maille.allocation.spans import prefix_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.allocation.claims import Claim, Freed, Owner
    from maille.allocation.spans import Stretch

SegmentName: TypeAlias = tuple[str, str]
"""INSEE code (nothing for the centre) and key of a segment."""


class AddressSpace:
    """Addresses in segments. `claim.where` names the segment, `claim.need` counts neighbours."""

    def __init__(self, segments: Mapping[SegmentName, Stretch]) -> None:
        """Take the prefix of every segment."""
        self._segments = segments
        self._taken: dict[int, Owner] = {}
        self._next: dict[SegmentName, int] = {}

    def refuses(self, claim: Claim, number: int) -> str:
        """Refuse what lies outside the segment, and its gateways' addresses."""
        area = self._segments.get(claim.where)
        if area is None:
            return f"segment {_name(claim.where)} has no prefix"
        if not area[0] <= number <= area[1]:
            return f"its segment {_name(claim.where)} is {prefix_of(area)}"
        if number <= area[0] + GATEWAYS:
            return f"the first {GATEWAYS} addresses of {prefix_of(area)} are its gateways'"
        if number + claim.need - 1 >= area[1]:
            return f"{prefix_of(area)} ends before"
        return ""

    def holder(self, claim: Claim, number: int) -> Owner | None:
        """Give who else has the address, or one of the neighbours that are needed."""
        for address in range(number, number + claim.need):
            found = self._taken.get(address)
            if found is not None and found != claim.owner:
                return found
        return None

    def take(self, claim: Claim, number: int) -> None:
        """Hold the address, and the neighbours."""
        for address in range(number, number + claim.need):
            self._taken.setdefault(address, claim.owner)

    def reserve(self, freed: Freed) -> None:
        """Hold the address for its owner, and the neighbours that were freed with it."""
        for address in range(freed.number, freed.number + freed.count):
            self._taken.setdefault(address, freed.owner)

    def lowest(self, claim: Claim) -> int | None:
        """Find the lowest run of free addresses behind the gateways."""
        area = self._segments.get(claim.where)
        if area is None:
            return None
        first = self._next.get(claim.where, area[0] + GATEWAYS + 1)
        while first in self._taken:
            first += 1
        self._next[claim.where] = first
        while first + claim.need - 1 < area[1]:
            if self.holder(claim, first) is None:
                return first
            first += 1
        return None

    def show(self, number: int) -> str:
        """Write the address for people."""
        return str(IPv4Address(number))

    def exhausted(self, claim: Claim) -> tuple[str, str]:
        """Say that the segment is full."""
        name = _name(claim.where)
        area = self._segments.get(claim.where)
        if area is None:
            return f"its segment {name} has no prefix", "mend what keeps the segment from one"
        how = f"maille allocation settle --resize {name}, or release what is quarantined"
        return f"no address is left in {prefix_of(area)}, segment {name}", how


def _name(where: SegmentName) -> str:
    return f"{where[0] or 'centre'}/{where[1]}"
