"""Rings and spurs: how the switches that do not route hang on those that do.

What is connected without its gateways is one *group*. One that reaches the gateways by two
cables is a ring: the way from the one to the other gives its members in order, and what hangs
off that way is a spur. One with a single cable is all spurs.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from maille.adopt.codes import CONTRADICTION, DEVICE_NOT_PLACED, finding
from maille.adopt.names import unique
from maille.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from maille.adopt.cabling import Cable, End
    from maille.adopt.device import Device
    from maille.adopt.gateways import Gateways
    from maille.errors import Finding


class Step(NamedTuple):
    """A cable as it is passed: leaving one end, arriving at the other."""

    near: End
    far: End
    cable: Cable


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring from its pair's primary to its secondary."""

    id: str
    pair: str
    members: tuple[str, ...]
    """Hosts in order."""
    steps: tuple[Step, ...]
    """One more than members."""


@dataclass(frozen=True, slots=True)
class Spur:
    """A switch that hangs off another one."""

    host: str
    parent: str
    step: Step
    """From the switch to its parent."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How all switches hang together."""

    rings: tuple[Ring, ...]
    spurs: Mapping[str, Spur]
    """By host."""
    cables: tuple[Cable, ...]
    """Cables between gateways, and from gateways to switches of their own rooms."""
    findings: tuple[Finding, ...]

    def home(self, host: str) -> str:
        """Give the ring that a host is on, or the gateway at the end of its spurs; or nothing."""
        seen: set[str] = set()
        while host in self.spurs and host not in seen:
            seen.add(host)
            host = self.spurs[host].parent
        ring = next((ring.id for ring in self.rings if host in ring.members), "")
        return ring or (host if seen else "")


def shape(
    devices: Mapping[str, Device],
    cables: Sequence[Cable],
    found: Gateways,
    indoors: frozenset[str],
) -> Shape:
    """Find rings and spurs.

    `indoors` are switches that stand beside gateways and have no commune: links lead to them,
    and neither rings nor spurs.
    """
    inside = found.routed | indoors
    between = [cable for cable in cables if {cable.a.host, cable.b.host} <= inside]
    outside = [cable for cable in cables if cable not in between]
    findings: list[Finding] = []
    rings: list[Ring] = []
    spurs: dict[str, Spur] = {}
    taken: set[str] = set()
    hosts = {end.host for cable in outside for end in (cable.a, cable.b)} | devices.keys()
    for group in _groups(sorted(hosts - inside), outside, inside):
        maker = _GroupMaker(group, outside, found, devices, findings)
        if ring := maker.ring(taken):
            rings.append(ring)
        spurs |= maker.spurs(ring)
    return Shape(tuple(rings), spurs, tuple(between), tuple(findings))


def _groups(
    hosts: Sequence[str], cables: Iterable[Cable], inside: frozenset[str]
) -> Iterator[tuple[str, ...]]:
    """Part hosts into groups that are connected without a gateway."""
    near: dict[str, set[str]] = {host: set() for host in hosts}
    for cable in cables:
        if not {cable.a.host, cable.b.host} & inside:
            near[cable.a.host].add(cable.b.host)
            near[cable.b.host].add(cable.a.host)
    left = set(hosts)
    for host in hosts:
        if host not in left:
            continue
        group, waiting = {host}, [host]
        while waiting:
            fresh = near[waiting.pop()] - group
            group |= fresh
            waiting += sorted(fresh)
        left -= group
        yield tuple(sorted(group))


class _GroupMaker:
    """One group: its cables inside, and those to gateways."""

    def __init__(
        self,
        group: tuple[str, ...],
        cables: Iterable[Cable],
        found: Gateways,
        devices: Mapping[str, Device],
        findings: list[Finding],
    ) -> None:
        self._group = group
        self._found = found
        self._devices = devices
        self._findings = findings
        self._steps: dict[str, list[Step]] = {host: [] for host in group}
        self._ways_in: list[Step] = []
        """From a gateway into the group."""
        self._used: set[Cable] = set()
        self._all: list[Cable] = []
        for cable in cables:
            ends = {cable.a.host, cable.b.host}
            if not ends & set(group):
                continue
            self._all.append(cable)
            if ends <= set(group):
                self._steps[cable.a.host].append(Step(cable.a, cable.b, cable))
                self._steps[cable.b.host].append(Step(cable.b, cable.a, cable))
            else:
                gateway = next(iter(ends - set(group)))
                self._ways_in.append(Step(*cable.seen_from(gateway), cable))

    def ring(self, taken: set[str]) -> Ring | None:
        """Close the group over two of its ways in, those that take most switches between them."""
        closed = [ways for ways in map(self._between, *self._both_ways()) if ways]
        if not closed:
            return None
        way = max(closed, key=len)
        way = self._from_primary(way)
        self._used |= {step.cable for step in way}
        pair = self._found.pair_of(way[0].near.host)
        members = tuple(step.far.host for step in way[:-1])
        ident = unique(self._name(way), taken)
        return Ring(ident, pair.id if pair else "", members, way)

    def _both_ways(self) -> tuple[list[Step], list[Step]]:
        """Give pairs of ways in that end on one pair of gateways, as two lists."""
        both = [
            (one, other)
            for one, other in combinations(self._ways_in, 2)
            if (pair := self._found.pair_of(one.near.host))
            and pair == self._found.pair_of(other.near.host)
        ]
        return [one for one, _ in both], [other for _, other in both]

    def _between(self, first: Step, last: Step) -> tuple[Step, ...]:
        """Give the steps from one gateway through the group to the other."""
        back = Step(last.far, last.near, last.cable)
        start, goal = first.far.host, last.far.host
        if start == goal:
            return (first, back)
        came: dict[str, Step] = {}
        waiting = deque([start])
        while waiting:
            at = waiting.popleft()
            for step in self._steps[at]:
                if step.far.host != start and step.far.host not in came:
                    came[step.far.host] = step
                    waiting.append(step.far.host)
        way: list[Step] = []
        at = goal
        while at != start:
            if at not in came:
                return ()
            way.insert(0, came[at])
            at = came[at].near.host
        return (first, *way, back)

    def _from_primary(self, way: tuple[Step, ...]) -> tuple[Step, ...]:
        pair = self._found.pair_of(way[0].near.host)
        if pair and way[0].near.host != pair.primary and way[-1].far.host == pair.primary:
            return tuple(Step(step.far, step.near, step.cable) for step in reversed(way))
        return way

    def _name(self, way: Iterable[Step]) -> str:
        named = Counter(step.cable.ring for step in way if step.cable.ring)
        return named.most_common(1)[0][0] if named else "anneau-1"

    def spurs(self, ring: Ring | None) -> dict[str, Spur]:
        """Hang what is off the ring on it, or the whole group on its way in."""
        placed = set(ring.members) if ring else set()
        found: dict[str, Spur] = {}
        waiting = deque(ring.members if ring else ())
        if ring is None and self._ways_in:
            way = self._ways_in[0]
            self._hang(Step(way.far, way.near, way.cable), found, placed)
            waiting.append(way.far.host)
        while waiting:
            at = waiting.popleft()
            for step in self._steps[at]:
                if step.far.host not in placed:
                    self._hang(Step(step.far, step.near, step.cable), found, placed)
                    waiting.append(step.far.host)
        self._tell_rest(placed)
        return found

    def _hang(self, step: Step, found: dict[str, Spur], placed: set[str]) -> None:
        found[step.near.host] = Spur(step.near.host, step.far.host, step)
        placed.add(step.near.host)
        self._used.add(step.cable)

    def _tell_rest(self, placed: set[str]) -> None:
        """Tell of switches that nothing leads to, and of cables that close a second way."""
        for host in self._group:
            if host not in placed and host in self._devices:
                device = self._devices[host]
                self._findings.append(
                    finding(
                        DEVICE_NOT_PLACED,
                        f"no cable leads from {host} to a gateway",
                        "add the configurations between them, or `show lldp neighbors detail`",
                        device.place(device.hostname_line),
                        device.hostname,
                        device.text(device.hostname_line),
                    )
                )
        for cable in self._all:
            if cable not in self._used and cable.a.host in placed | self._found.routed:
                self._findings.append(self._second_way(cable))

    def _second_way(self, cable: Cable) -> Finding:
        ends = f"{cable.a.host} {cable.a.port} - {cable.b.host} {cable.b.port}"
        known = next((e for e in (cable.a, cable.b) if e.host in self._devices), None)
        device = self._devices[known.host] if known else None
        port = device.interfaces.get(known.port) if device and known else None
        line = port.line if port else 0
        return finding(
            CONTRADICTION,
            f"cable {ends} is a further way beside a ring or a spur: it has no place in the draft",
            "a switch is on one ring, or hangs off one parent",
            device.place(line) if device else Place(""),
            cable.a.host,
            device.text(line) if device else "",
        )


def strands(cables: Iterable[Cable]) -> dict[tuple[str, str], list[Cable]]:
    """Sort cables between the same two hosts together, in the order of their ports."""
    found: dict[tuple[str, str], list[Cable]] = {}
    for cable in cables:
        found.setdefault((cable.a.host, cable.b.host), []).append(cable)
    return found
