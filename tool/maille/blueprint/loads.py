"""Loads: every stream on its way from camera to recorder, in one state of the network.

A stream goes along the spanning tree to the gateway of its segment, by the routed links to
the centre, and along the tree of the centre to its recorder's switch. Links are full duplex:
each direction has a load of its own. Loads are whole bit/s, so that taking a stream away
leaves exactly what was there before it.

A state after a failure is found from the normal one: a failure touches few domains, and in
them few switches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.blueprint.arcs import NOTHING
from maille.blueprint.courses import find_courses
from maille.blueprint.demands import LIVE
from maille.blueprint.gateways import normal_state, state_after
from maille.blueprint.routing import spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maille.blueprint.arcs import Lost
    from maille.blueprint.courses import Course
    from maille.blueprint.gateways import Attachment, DomainState, Way
    from maille.blueprint.network import Network


@dataclass(frozen=True, slots=True)
class State:
    """The network in one state: who is served, by which way, and the load of every arc."""

    network: Network
    lost: Lost
    layer2: tuple[DomainState, ...]
    """By number of the domain."""
    blocked: frozenset[int]
    """Links over which routers would meet, if spanning tree let them."""
    courses: Mapping[str, Course]
    """By destination."""
    streams: Mapping[Attachment, Way]
    """What is served, with its way to the gateway."""
    unserved: frozenset[Attachment]
    demand: Mapping[str, Mapping[str, int]]
    """By destination what each gateway sends there, in bit/s."""
    onward: Mapping[str, Mapping[int, int]]
    """By destination the part of the loads that lies behind the gateways, in bit/s."""
    loads: Mapping[int, int]
    """Load of every arc that carries something, in bit/s."""
    touched: frozenset[int]
    """Arcs whose load may differ from the state before."""

    def link_bps(self, link: int) -> int:
        """Give the load of a link's busier direction in bit/s."""
        return max(self.loads.get(2 * link, 0), self.loads.get(2 * link + 1, 0))


def settle(network: Network) -> State:
    """Give the normal state."""
    layer2 = tuple(normal_state(domain) for domain in network.domains)
    nothing = State(
        network=network,
        lost=NOTHING,
        layer2=layer2,
        blocked=frozenset(),
        courses={},
        streams={},
        unserved=network.homeless,
        demand={end: {} for end in network.destinations},
        onward={end: {} for end in network.destinations},
        loads={},
        touched=frozenset(),
    )
    everybody = [at for state in layer2 for at in state.changed]
    blocked = _blocked(network, layer2)
    courses = find_courses(network, layer2[network.centre], blocked)
    return _Shift(nothing, NOTHING, layer2, blocked, courses, everybody).state()


def settle_after(normal: State, lost: Lost) -> State:
    """Give the state after a loss, from the normal one."""
    network = normal.network
    numbers = _touched_domains(network, lost)
    layer2 = tuple(
        state_after(state, lost) if number in numbers else state
        for number, state in enumerate(normal.layer2)
    )
    blocked = _blocked(network, layer2)
    courses = normal.courses
    if network.centre in numbers or blocked != normal.blocked or _touches_routing(network, lost):
        courses = find_courses(network, layer2[network.centre], lost.links | blocked)
    changed = [at for number in numbers for at in layer2[number].changed]
    return _Shift(normal, lost, layer2, blocked, courses, changed).state()


def _touched_domains(network: Network, lost: Lost) -> frozenset[int]:
    ends = {network.home.get(network.arcs.tail[2 * link], -1) for link in lost.links}
    return frozenset(ends | {network.home.get(switch, -1) for switch in lost.switches}) - {-1}


def _touches_routing(network: Network, lost: Lost) -> bool:
    return any(
        not graph.links.isdisjoint(lost.links) or not lost.switches.isdisjoint(graph.out)
        for graph in network.graphs.values()
    )


def _blocked(network: Network, layer2: tuple[DomainState, ...]) -> frozenset[int]:
    return frozenset(
        link for number, link in network.bridged if not layer2[number].forwarding.on_tree(link)
    )


class _Shift:
    """The step from one state to another: streams are taken off their ways and put on others."""

    def __init__(
        self,
        before: State,
        lost: Lost,
        layer2: tuple[DomainState, ...],
        blocked: frozenset[int],
        courses: Mapping[str, Course],
        changed: Iterable[Attachment],
    ) -> None:
        self.before, self.lost, self.layer2 = before, lost, layer2
        self.blocked, self.courses = blocked, courses
        self.network = before.network
        self.streams = dict(before.streams)
        self.unserved = set(before.unserved)
        self.loads = dict(before.loads)
        self.demand = dict(before.demand)
        self.touched: set[int] = set()
        for attachment in dict.fromkeys((*changed, *self._rerouted())):
            self._move(attachment)

    def _rerouted(self) -> Iterable[Attachment]:
        """Give the attachments whose gateway has won or lost a destination."""
        if not self.before.courses or self.courses is self.before.courses:
            return
        for key, course in self.courses.items():
            differs = course.serving ^ self.before.courses[key].serving
            for state in self.layer2 if differs else ():
                for attachment, way in state.ways.items():
                    if attachment.destination == key and way.gateway in differs:
                        yield attachment

    def _move(self, attachment: Attachment) -> None:
        old, new = self.streams.pop(attachment, None), self._way(attachment)
        if new is None:
            self.unserved.add(attachment)
        else:
            self.unserved.discard(attachment)
            self.streams[attachment] = new
        if old != new and attachment.cameras:
            if old is not None:
                self._put(attachment, old, -1)
            if new is not None:
                self._put(attachment, new, 1)

    def _way(self, attachment: Attachment) -> Way | None:
        home = self.layer2[self.network.home[attachment.switch]]
        way = home.ways.get(attachment)
        if way and way.gateway in self.courses[attachment.destination].serving:
            return way
        return None

    def _put(self, attachment: Attachment, way: Way, sign: int) -> None:
        """Put a stream on its way, or (sign -1) take it off."""
        amount = attachment.recorded_bps + attachment.live_bps
        self._add(dict.fromkeys(way.arcs, amount), sign)
        self._ask(attachment.destination, way.gateway, sign * attachment.recorded_bps)
        if attachment.live_bps:
            self._ask(LIVE, way.gateway, sign * attachment.live_bps)

    def _ask(self, destination: str, gateway: str, amount: int) -> None:
        asked = self.demand[destination]
        self.demand[destination] = {**asked, gateway: asked.get(gateway, 0) + amount}

    def _add(self, loads: Mapping[int, int], sign: int) -> None:
        for arc, amount in loads.items():
            self.loads[arc] = self.loads.get(arc, 0) + sign * amount
        self.touched.update(loads)

    def state(self) -> State:
        """Give the state that the step leads to."""
        onward = {key: self._onward(key) for key in self.network.destinations}
        for key, loads in onward.items():
            before = self.before.onward[key]
            if loads is not before:
                self._add(before, -1)
                self._add(loads, 1)
        return State(
            network=self.network,
            lost=self.lost,
            layer2=self.layer2,
            blocked=self.blocked,
            courses=self.courses,
            streams=self.streams,
            unserved=frozenset(self.unserved),
            demand=self.demand,
            onward=onward,
            loads=self.loads,
            touched=frozenset(self.touched),
        )

    def _onward(self, key: str) -> Mapping[int, int]:
        """Send what the gateways have for a destination on its course."""
        before, centre = self.before, self.layer2[self.network.centre]
        if (
            self.demand[key] is before.demand[key]
            and self.courses is before.courses
            and centre is before.layer2[self.network.centre]
        ):
            return before.onward[key]
        course, segment = self.courses[key], self.network.destinations[key].segment
        loads, arrived = spread(course.routes, self.demand[key], self.network.arcs)
        if segment is not None:
            for owner, amount in arrived.items():
                for number, host in enumerate(course.hosts):
                    share = amount // len(course.hosts) + (number == 0) * (
                        amount % len(course.hosts)
                    )
                    for arc in centre.forwarding.way(owner, host, segment) or ():
                        loads[arc] = loads.get(arc, 0) + share
        return loads
