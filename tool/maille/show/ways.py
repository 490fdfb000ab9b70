"""The way of a stream to its recorder, and of a switch's management to the centre.

In the normal state, on the tree that priorities and costs elect and the routes that OSPF
finds: the same computation as the loads of links.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from maille.blueprint.demands import MANAGEMENT
from maille.blueprint.loads import settle
from maille.blueprint.network import network_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.loads import State
    from maille.blueprint.model import Blueprint, Camera, Link, Switch


class Hop(NamedTuple):
    """One link of a way, in the direction of the stream."""

    link: str
    tail: str
    head: str
    how: str
    """`spanning tree`, `OSPF`, or `OSPF, one of 2 equal ways`."""


class Ways:
    """The ways through a blueprint while nothing has failed."""

    def __init__(self, blueprint: Blueprint) -> None:
        """Elect the trees and find the routes, once for all questions."""
        self._state: State = settle(network_of(blueprint))
        self._arcs = self._state.network.arcs

    def of_camera(self, camera: Camera) -> tuple[Hop, ...]:
        """Give the way of a camera's stream to its recorder; none for one that is nowhere."""
        if camera.switch is None or camera.segment is None:
            return ()
        ends = self._state.network.destinations.values()
        found = (end.id for end in ends if camera.recorder in end.recorders)
        return tuple(self._way(camera.switch, camera.segment, next(found)))

    def of_switch(self, switch: Switch) -> tuple[Hop, ...]:
        """Give the way of a switch's management to the management hosts of the centre."""
        return tuple(self._way(switch.id, switch.management_segment, MANAGEMENT))

    def _way(self, switch: str, segment: str | None, destination: str) -> Iterator[Hop]:
        gateway = switch
        if segment is not None:
            domain = self._state.layer2[self._state.network.home[switch]]
            for candidate in domain.domain.gateways.get(segment, ()):
                arcs = domain.forwarding.way(switch, candidate, segment)
                if arcs is not None:
                    yield from (self._hop(arc, "spanning tree") for arc in arcs)
                    gateway = candidate
                    break
            else:
                return
        yield from self._routed(gateway, destination)

    def _routed(self, gateway: str, destination: str) -> Iterator[Hop]:
        course = self._state.courses[destination]
        routers, owners = [gateway], []
        while routers:
            router = routers.pop(0)
            onward = course.routes.onward.get(router, ())
            if not onward and router in course.routes.onward:
                owners.append(router)
            how = "OSPF" if len(onward) < 2 else f"OSPF, one of {len(onward)} equal ways"
            for arc in onward:
                hop = self._hop(arc, how)
                yield hop
                if hop.head not in routers:
                    routers.append(hop.head)
        yield from self._at_the_centre(owners, destination, course.hosts)

    def _at_the_centre(
        self, owners: list[str], destination: str, hosts: tuple[str, ...]
    ) -> Iterator[Hop]:
        network = self._state.network
        segment = network.destinations[destination].segment
        forwarding = self._state.layer2[network.centre].forwarding
        arcs = (
            arc
            for owner in dict.fromkeys(owners)
            for host in dict.fromkeys(hosts)
            for arc in (forwarding.way(owner, host, segment) if segment else None) or ()
        )
        yield from (self._hop(arc, "spanning tree") for arc in dict.fromkeys(arcs))

    def _hop(self, arc: int, how: str) -> Hop:
        arcs = self._arcs
        return Hop(arcs.links[arc >> 1].id, arcs.tail[arc], arcs.head[arc], how)

    def state_of(self, link: Link) -> str:
        """Say what a link does in the normal state."""
        if link.pair is None:
            return f"routed, OSPF cost {link.ospf_cost}"
        number, tree = self._arcs.number[link.id], self._tree(link)
        for arc in (2 * number, 2 * number + 1):
            if tree.get(self._arcs.tail[arc]) == arc:
                return f"forwards, {self._arcs.head[arc]} is nearer to the root"
        return "blocked by spanning tree: it carries nothing until something fails"

    def _tree(self, link: Link) -> dict[str, int]:
        home = self._state.network.home[link.a.switch]
        return dict(self._state.layer2[home].forwarding.tree.up)


def parents(blueprint: Blueprint, switch: str) -> tuple[str, ...]:
    """Give the neighbours through which a switch is reached: two on a ring, one on a spur."""
    return tuple(
        link.b.switch if link.a.switch == switch else link.a.switch
        for link in blueprint.links.values()
        if switch in {link.a.switch, link.b.switch}
        and not (link.role == "spur" and link.b.switch == switch)
    )
