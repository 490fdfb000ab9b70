"""Spanning tree: which links of a layer-2 domain forward, and which do after a loss.

All VLANs are in instance 0 of a single MST region, so one tree serves them all, and the
priority vector of IEEE 802.1Q (13.9) comes down to root, path cost, sender and sender's port.
A path cost is counted at the port that receives, the one towards the root. Of the bridge
identifier only the priority is known beforehand: where the address behind it would decide,
the tree cannot be foretold. Such a *tie* is settled by the switch's id here, and told.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from maille.blueprint.arcs import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from maille.blueprint.arcs import Arcs, Lost
    from maille.blueprint.model import LinkEnd, Switch

Sender = tuple[int, str, int, int]
"""What is compared after the cost: the bridge's priority and id, the port's kind and number."""

_Offer = tuple[int, Sender, int]
"""A root path cost, who offers it, and the arc from the receiver to the sender."""


@dataclass(frozen=True, slots=True)
class Bridges:
    """A layer-2 domain as spanning tree sees it."""

    arcs: Arcs
    order: tuple[str, ...]
    """All switches, the best bridge first."""
    priority: Mapping[str, int]
    out: Mapping[str, tuple[int, ...]]
    """Arcs of the domain that leave a switch."""
    cost: Mapping[int, int]
    """What an arc adds to the path of the switch it leaves."""
    sender: Mapping[int, Sender]
    """By arc, what the switch that it comes to says of itself."""


@dataclass(frozen=True, slots=True)
class Tie:
    """An election that the addresses of switches decide."""

    switch: str
    """The root, or the switch that has two equally good ways to it."""
    rivals: tuple[str, ...]
    """Those between which only the addresses tell."""
    kind: str
    """`root` or `way`."""


@dataclass(frozen=True, slots=True)
class Tree:
    """An elected tree; where the domain is in pieces, one tree each.

    The mappings hold the live switches, parents before children.
    """

    cost: Mapping[str, int]
    """Root path cost; 0 for a root."""
    up: Mapping[str, int]
    """The arc towards the root; a root has none."""
    hops: Mapping[str, int]
    """Links between a switch and its root."""
    ties: tuple[Tie, ...]
    """Those of the last election."""
    moved: frozenset[str]
    """Switches that took part in the last election or were lost."""


def bridges_of(arcs: Arcs, switches: Iterable[Switch], links: Iterable[str]) -> Bridges:
    """Describe a domain by its switches and the ids of its layer-2 links."""
    of_domain = {switch.id: switch for switch in switches}
    out: dict[str, list[int]] = {switch: [] for switch in of_domain}
    cost: dict[int, int] = {}
    sender: dict[int, Sender] = {}
    for link in links:
        forth = 2 * arcs.number[link]
        a, b = arcs.links[forth >> 1].a, arcs.links[forth >> 1].b
        for arc, near, far in ((forth, a, b), (forth + 1, b, a)):
            out[near.switch].append(arc)
            cost[arc] = max(1, near.stp_cost)
            sender[arc] = _sender(of_domain[far.switch], far)
    priority = {key: switch.stp_priority for key, switch in of_domain.items()}
    return Bridges(
        arcs=arcs,
        order=tuple(sorted(of_domain, key=lambda key: (priority[key], key))),
        priority=priority,
        out={switch: tuple(leaving) for switch, leaving in out.items()},
        cost=cost,
        sender=sender,
    )


def _sender(switch: Switch, end: LinkEnd) -> Sender:
    """Port numbers follow the order of the ports; port-channels come after them."""
    if end.lag is not None:
        return switch.stp_priority, switch.id, 1, end.lag
    names = [port.name for port in switch.ports]
    return switch.stp_priority, switch.id, 0, names.index(end.ports[0])


def elect(bridges: Bridges, lost: Lost = NOTHING) -> Tree:
    """Elect the tree of what is left of a domain."""
    empty = Tree({}, {}, {}, (), frozenset())
    return _settle(bridges, empty, frozenset(bridges.order), lost)


def reelect(bridges: Bridges, tree: Tree, lost: Lost) -> Tree:
    """Give the tree after a loss; the same object if nothing of the tree is lost.

    A loss makes no offer better. So a switch whose way to the root stays whole keeps it, and
    only what hung below the loss elects anew, from the offers of those that stay.
    """
    loose = _below(bridges.arcs, tree, lost)
    return _settle(bridges, tree, loose, lost) if loose else tree


def _below(arcs: Arcs, tree: Tree, lost: Lost) -> frozenset[str]:
    """Give the lost switches and those whose way to the root leads through a loss."""
    loose = {switch for switch in lost.switches if switch in tree.cost}
    for switch, arc in tree.up.items():
        if arc >> 1 in lost.links or arcs.head[arc] in loose:
            loose.add(switch)
    return frozenset(loose)


def _settle(bridges: Bridges, tree: Tree, loose: frozenset[str], lost: Lost) -> Tree:
    """Elect for the loose switches, with the rest of the tree as it stands."""
    election = _Election(bridges, tree, loose, lost)
    waiting = [switch for switch in bridges.order if switch in election.free]
    election.hear(waiting)
    election.run()
    for switch in waiting:
        if switch in election.free:
            election.crown(switch)
    return Tree(election.cost, election.up, election.hops, tuple(election.ties), loose)


class _Election:
    """The state of one election: what is settled, who is free, and the offers on the table."""

    def __init__(self, bridges: Bridges, tree: Tree, loose: frozenset[str], lost: Lost) -> None:
        self.bridges = bridges
        self.down = lost.links
        self.free = set(loose - lost.switches)
        self.cost = {key: cost for key, cost in tree.cost.items() if key not in loose}
        self.up = {key: arc for key, arc in tree.up.items() if key not in loose}
        self.hops = {key: hops for key, hops in tree.hops.items() if key not in loose}
        self.ties: list[Tie] = []
        self._offers: list[_Offer] = []

    def hear(self, switches: Sequence[str]) -> None:
        """Put the offers of settled neighbours to free switches on the table."""
        bridges, cost = self.bridges, self.cost
        head = bridges.arcs.head
        self._offers = [
            (cost[head[arc]] + bridges.cost[arc], bridges.sender[arc], arc)
            for switch in switches
            for arc in bridges.out[switch]
            if head[arc] in cost and arc >> 1 not in self.down
        ]
        heapify(self._offers)

    def run(self) -> None:
        """Settle the free switches that an offer comes to, the best offer first."""
        tail = self.bridges.arcs.tail
        while self._offers:
            offer = heappop(self._offers)
            switch = tail[offer[2]]
            if switch in self.free:
                self._take(switch, offer)
            elif offer[0] == self.cost[switch]:
                self._compare(switch, offer)

    def crown(self, root: str) -> None:
        """Make the best of the free switches the root of all that it reaches."""
        before = len(self.cost)
        self._enter(root, 0, 0)
        self.run()
        rank = self.bridges.priority[root]
        reached = list(self.cost)[before + 1 :]
        rivals = [switch for switch in reached if self.bridges.priority[switch] == rank]
        if rivals:
            self.ties.append(Tie(root, (root, *sorted(rivals)), "root"))

    def _take(self, switch: str, offer: _Offer) -> None:
        cost, _, arc = offer
        self.up[switch] = arc
        self._enter(switch, cost, self.hops[self.bridges.arcs.head[arc]] + 1)

    def _enter(self, switch: str, cost: int, hops: int) -> None:
        """Settle a switch, and offer its way to its free neighbours."""
        bridges = self.bridges
        self.free.remove(switch)
        self.cost[switch] = cost
        self.hops[switch] = hops
        for arc in bridges.out[switch]:
            back = arc ^ 1
            if bridges.arcs.head[arc] in self.free and back >> 1 not in self.down:
                heappush(self._offers, (cost + bridges.cost[back], bridges.sender[back], back))

    def _compare(self, switch: str, offer: _Offer) -> None:
        """Tell a tie: an equal cost from another bridge of the same priority."""
        taken, other = self.bridges.sender[self.up[switch]], offer[1]
        if taken[0] == other[0] and taken[1] != other[1]:
            self.ties.append(Tie(switch, tuple(sorted((taken[1], other[1]))), "way"))
