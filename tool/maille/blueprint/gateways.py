"""Gateways: who serves what hangs on a layer-2 domain, in the normal state and after a loss.

A VLAN is on a link only if the link's trunk allows it. After a failure the tree may lead
through links that do not, and then the VLAN is in pieces although the tree is whole. A piece
with a gateway lives on, with a master of its own; what is in a piece without one is
*stranded*. Where both gateways answer for one prefix in two pieces, the segment is *split*:
what goes out arrives, what comes back may end at the wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from maille.blueprint.arcs import NOTHING
from maille.blueprint.spanning_tree import elect, reelect
from maille.blueprint.vlans import Forwarding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maille.blueprint.arcs import Lost
    from maille.blueprint.spanning_tree import Bridges


@dataclass(frozen=True, slots=True, eq=False)
class Attachment:
    """What hangs on one switch in one segment and wants to reach one destination."""

    switch: str
    segment: str
    destination: str
    cameras: tuple[str, ...] = ()
    """None of them: the management of the switch itself."""
    recorded_bps: int = 0
    live_bps: int = 0


class Way(NamedTuple):
    """The gateway that serves an attachment, and the arcs to it."""

    gateway: str
    arcs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """A layer-2 domain: its bridges, its VLANs and what hangs on it."""

    id: str
    bridges: Bridges
    carried: Mapping[int, frozenset[str]]
    """Segments that a link's trunk allows, by number of the link."""
    gateways: Mapping[str, tuple[str, str]]
    """Primary and secondary of each segment."""
    routed: frozenset[str]
    """All switches that are gateways."""
    attachments: Mapping[str, tuple[Attachment, ...]]
    """By switch."""
    hosted: frozenset[tuple[str, str]]
    """(switch, segment) where a host's port keeps the VLAN's interface up."""


@dataclass(frozen=True, slots=True)
class DomainState:
    """A domain in one state of the network."""

    domain: Domain
    forwarding: Forwarding
    ways: Mapping[Attachment, Way]
    """Of the attachments that have a gateway."""
    stranded: frozenset[Attachment]
    """Those whose VLAN has no gateway, although their tree has one."""
    apart: frozenset[str]
    """Segments of which both gateways run, but do not hear each other."""
    changed: tuple[Attachment, ...]
    """Attachments whose way may differ from the one in the state before."""

    def interface_up(self, gateway: str, segment: str) -> bool:
        """Say whether a gateway has its address in a segment: a port of the VLAN forwards."""
        if gateway not in self.forwarding.tree.cost:
            return False
        hosted = (gateway, segment) in self.domain.hosted
        return hosted or self.forwarding.reaches_out(gateway, segment)

    def counts(self, switch: str) -> bool:
        """Say whether a live switch is in one tree with a gateway: elsewhere nothing flows."""
        alive, root = self.forwarding.tree.cost, self.forwarding.root
        here = root(switch)
        return any(root(gateway) == here for gateway in self.domain.routed if gateway in alive)

    @property
    def split(self) -> frozenset[str]:
        """Give the segments with two masters: apart, and up at both gateways."""
        pair_of = self.domain.gateways
        return frozenset(
            segment
            for segment in self.apart
            if all(self.interface_up(gateway, segment) for gateway in pair_of[segment])
        )

    def is_stranded(self, attachment: Attachment) -> bool:
        """Say of an attachment without a way whether the tree would lead it to a gateway."""
        alive, root = self.forwarding.tree.cost, self.forwarding.root
        if attachment.switch not in alive:
            return False
        pair = self.domain.gateways.get(attachment.segment)
        if pair is None:
            return True
        here = root(attachment.switch)
        return any(root(gateway) == here for gateway in pair if gateway in alive)


def normal_state(domain: Domain) -> DomainState:
    """Give the state in which nothing is lost."""
    forwarding = Forwarding(domain.bridges, elect(domain.bridges), NOTHING, domain.carried)
    nothing_yet = DomainState(domain, forwarding, {}, frozenset(), frozenset(), ())
    return _look_again(nothing_yet, forwarding, domain.attachments, _apart(domain, forwarding))


def state_after(state: DomainState, lost: Lost) -> DomainState:
    """Give the state after a loss, from the state without it.

    Whoever keeps his way to the root keeps his gateway, unless a gateway has moved itself.
    """
    domain, tree = state.domain, state.forwarding.tree
    after = reelect(domain.bridges, tree, lost)
    moved = after.moved if after is not tree else frozenset()
    forwarding = Forwarding(domain.bridges, after, lost, domain.carried)
    if moved & domain.routed:
        return _look_again(state, forwarding, domain.attachments, _apart(domain, forwarding))
    return _look_again(state, forwarding, moved & domain.attachments.keys(), state.apart)


def _apart(domain: Domain, forwarding: Forwarding) -> frozenset[str]:
    alive = forwarding.tree.cost
    return frozenset(
        segment
        for segment, pair in domain.gateways.items()
        if alive.keys() >= set(pair) and forwarding.way(*pair, segment) is None
    )


def _look_again(
    before: DomainState, forwarding: Forwarding, switches: Iterable[str], apart: frozenset[str]
) -> DomainState:
    """Give the state that follows when what hangs on these switches is looked at anew."""
    domain = before.domain
    changed = tuple(at for switch in switches for at in domain.attachments[switch])
    ways, stranded = dict(before.ways), before.stranded.difference(changed)
    for attachment in changed:
        ways.pop(attachment, None)
        way = _way_out(domain, forwarding, attachment)
        if way:
            ways[attachment] = way
    after = DomainState(domain, forwarding, ways, stranded, apart, changed)
    lonely = (at for at in changed if at not in ways and after.is_stranded(at))
    return replace(after, stranded=stranded.union(lonely))


def _way_out(domain: Domain, forwarding: Forwarding, attachment: Attachment) -> Way | None:
    """Find the master: the primary if its VLAN reaches it, otherwise the secondary."""
    alive = forwarding.tree.cost
    if attachment.switch in alive:
        for gateway in domain.gateways.get(attachment.segment, ()):
            if gateway in alive:
                arcs = forwarding.way(attachment.switch, gateway, attachment.segment)
                if arcs is not None:
                    return Way(gateway, arcs)
    return None
