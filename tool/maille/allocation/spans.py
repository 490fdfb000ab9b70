"""Stretches of addresses as pairs of integers, and who holds which."""

from __future__ import annotations

from bisect import bisect_right
from ipaddress import IPv4Network
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.allocation.claims import Owner

Stretch: TypeAlias = tuple[int, int]
"""First and last address of an aligned prefix."""

_ADDRESS_BITS = 32
_ALL_ONES = (1 << _ADDRESS_BITS) - 1


def stretch(prefix: IPv4Network) -> Stretch:
    """Give the first and the last address of a prefix."""
    first = int(prefix.network_address)
    return first, first | (_ALL_ONES >> prefix.prefixlen)


def prefix_of(found: Stretch) -> IPv4Network:
    """Give the prefix of an aligned stretch."""
    return IPv4Network((found[0], _ADDRESS_BITS + 1 - size_of(found).bit_length()))


def size_of(found: Stretch) -> int:
    """Count the addresses of a stretch."""
    return found[1] - found[0] + 1


def power_of_two(count: int) -> int:
    """Give the smallest power of two that is not below `count`."""
    return 1 << (count - 1).bit_length() if count > 1 else 1


def within(inner: Stretch, outer: Iterable[Stretch]) -> bool:
    """Say whether one of the outer stretches holds the inner one."""
    return any(first <= inner[0] and inner[1] <= last for first, last in outer)


class Spans:
    """Disjoint stretches in order, each with its owner."""

    def __init__(self) -> None:
        """Start with nothing held."""
        self._firsts: list[int] = []
        self._rest: list[tuple[int, Owner]] = []

    def clash(self, wanted: Stretch, owner: Owner | None = None) -> Owner | None:
        """Give somebody else than `owner` who holds a part of the stretch."""
        index = bisect_right(self._firsts, wanted[1]) - 1
        while index >= 0 and self._rest[index][0] >= wanted[0]:
            if self._rest[index][1] != owner:
                return self._rest[index][1]
            index -= 1
        return None

    def add(self, taken: Stretch, owner: Owner) -> None:
        """Hold a stretch; what others hold of it already stays theirs."""
        first, last = taken
        while first <= last:
            index = bisect_right(self._firsts, first)
            if index and self._rest[index - 1][0] >= first:
                first = self._rest[index - 1][0] + 1
                continue
            free_until = self._firsts[index] - 1 if index < len(self._firsts) else last
            end = min(last, free_until)
            self._firsts.insert(index, first)
            self._rest.insert(index, (end, owner))
            first = end + 1

    def first_free(self, size: int, area: Stretch, start: int = 0) -> Stretch | None:
        """Find the lowest free aligned stretch of `size` (a power of two) in an area.

        Nothing below the address `start` is looked at.
        """
        first = -(-max(start, area[0]) // size) * size
        while first + size - 1 <= area[1]:
            index = bisect_right(self._firsts, first + size - 1) - 1
            if index < 0 or self._rest[index][0] < first:
                return first, first + size - 1
            first = -(-(self._rest[index][0] + 1) // size) * size
        return None
