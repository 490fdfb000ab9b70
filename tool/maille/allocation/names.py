"""Host names of access switches: given once, and kept for ever, as they are on the label."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.allocation.claims import Claim, Freed, Owner


class NameSpace:
    """All host names of switches. `claim.where` is the id of the switch."""

    def __init__(self, routed: Iterable[str]) -> None:
        """Take the names of routed switches, which are their ids."""
        self._routed = frozenset(routed)
        self._taken: dict[str, Owner] = {}

    def refuses(self, claim: Claim, number: str) -> str:
        """Refuse names of routed switches."""
        del claim
        return "a routed switch has this name" if number in self._routed else ""

    def holder(self, claim: Claim, number: str) -> Owner | None:
        """Give who else has the name."""
        found = self._taken.get(number)
        return found if found != claim.owner else None

    def take(self, claim: Claim, number: str) -> None:
        """Hold the name."""
        self._taken.setdefault(number, claim.owner)

    def reserve(self, freed: Freed) -> None:
        """Hold the name for its owner."""
        self._taken.setdefault(freed.number, freed.owner)

    def lowest(self, claim: Claim) -> str:
        """Give the id of the switch, with a number behind it if that is on another label."""
        names = (claim.where if n == 1 else f"{claim.where}-{n}" for n in count(1))
        return next(name for name in names if name not in self._taken and name not in self._routed)

    def show(self, number: str) -> str:
        """Write the name for people."""
        return f"host name {number}"

    def exhausted(self, claim: Claim) -> tuple[str, str]:
        """Names never run out."""
        raise AssertionError(claim.where)
