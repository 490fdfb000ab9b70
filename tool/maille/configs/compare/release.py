"""Names, numbers and addresses that one thing holds and another is about to get.

A device refuses a VLAN name, a process number or an overlapping network that is still held
elsewhere. So the holder comes first; where it comes too late, it lets go early.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.configs.compare import interfaces
from maille.configs.compare.dialect import Phase
from maille.configs.compare.steps import Placed, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maille.configs.compare.change import Change
    from maille.configs.compare.interfaces import Interface
    from maille.configs.compare.tree import Tree

_VLAN_NAME = re.compile(r"name (.*)$")
_PROCESS = re.compile(r"router \S+ \d+")


def names(change: Change) -> Iterator[Placed]:
    """Take the name from each VLAN whose name another one is about to get."""
    if not change.dialect.unique_vlan_names:
        return
    held, wanted = _vlan_names(change.start), _vlan_names(change.target)
    for name, vlan in held.items():
        if wanted.get(name, vlan) != vlan:
            yield Placed(Phase.VLANS - 1, Step((vlan,), "no name"))


def processes(change: Change) -> Iterator[Placed]:
    """Make each new routing process, before an interface names it by its number.

    One whose number is about to serve in another VRF goes first.
    """
    wanted = {found[0]: line for line in change.target if (found := _PROCESS.match(line))}
    for line in change.start:
        found = _PROCESS.match(line)
        if found and wanted.get(found[0], line) != line:
            yield Placed(Phase.RELEASE, Step((), f"no {line}"))
    for line in wanted.values():
        if line not in change.start:
            yield Placed(Phase.RELEASE + 1, Step((line,), ""))


def _vlan_names(tree: Tree) -> dict[str, str]:
    return {
        found[1]: header
        for header, below in tree.items()
        if header.startswith("vlan ")
        for line in below
        if (found := _VLAN_NAME.match(line))
    }


@dataclass(frozen=True, slots=True)
class Turn:
    """The order in which interfaces change, and what is released before the first of them."""

    order: tuple[str, ...]
    removed: frozenset[str]
    """Interfaces that go altogether."""
    stripped: frozenset[str]
    """Interfaces that lose their addresses until their turn comes."""
    contested: frozenset[str]
    """Interfaces that hold or want an address of another one."""

    @property
    def steps(self) -> Iterator[Placed]:
        """Give the steps of the release."""
        for header in sorted(self.removed):
            yield Placed(Phase.RELEASE, Step((), f"no {header}"))
        for header in sorted(self.stripped):
            yield Placed(Phase.RELEASE, Step((header,), interfaces.NO_ADDRESS))


def turn(change: Change, ports: Sequence[Interface]) -> Turn:
    """Order interfaces so that an address is let go before it is taken, as far as possible."""
    claims = _claims(change, ports)
    waiting, order = [port.header for port in ports], []
    while waiting:
        settled = (each for each in waiting if not claims[each].intersection(waiting))
        order.append(next(settled, waiting[0]))
        waiting.remove(order[-1])
    holders = {holder for each in claims.values() for holder in each}
    phases = {port.header: interfaces.phase(port, change.dialect) for port in ports}
    late = {
        holder
        for header, each in claims.items()
        for holder in each & phases.keys()
        if (phases[holder], order.index(holder)) > (phases[header], order.index(header))
    }
    return Turn(
        tuple(order),
        removed=frozenset(holders - change.target.keys()),
        stripped=frozenset(late),
        contested=frozenset(holders.union(header for header, each in claims.items() if each)),
    )


def _claims(change: Change, ports: Sequence[Interface]) -> dict[str, set[str]]:
    """Give, for each interface, the others that still hold an address it is about to get."""
    fresh = {
        port.header: interfaces.networks(port.after, change.dialect)
        - interfaces.networks(port.before, change.dialect)
        for port in ports
    }
    if not any(fresh.values()):
        return {header: set() for header in fresh}
    leaving = {
        header: before - interfaces.networks(change.target.get(header, {}), change.dialect)
        for header, below in change.start.items()
        if header.startswith("interface ")
        and (before := interfaces.networks(below, change.dialect))
    }
    return {
        header: {
            other
            for other, networks in leaving.items()
            if other != header and interfaces.collide(wanted, networks)
        }
        for header, wanted in fresh.items()
    }
