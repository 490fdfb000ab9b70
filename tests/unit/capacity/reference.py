"""The network, simulated the slow and obvious way: what the fast computation must agree with.

Bridges exchange BPDUs until nobody changes his mind, VLANs are flooded port by port, routers
tell each other distances, and every camera's stream is sent by itself. It shares no code with
the computation under test.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint, FailureGroup, Link, LinkEnd

Arc = tuple[str, str]
"""A link and the switch it is left from."""
Bpdu = tuple[tuple[int, str], int, tuple[int, str], tuple[int, int]]
"""Root, cost to it, sender, sender's port."""


@dataclass
class Simulation:
    """What is left of a blueprint after a failure."""

    blueprint: Blueprint
    failure: FailureGroup | None = None

    def __post_init__(self) -> None:
        """Let the protocols run until they rest."""
        lost_switches = set(self.failure.switches) if self.failure else set()
        lost_strands = set(self.failure.links) if self.failure else set()
        self.switches = {s for s in self.blueprint.switches if s not in lost_switches}
        self.links: dict[str, Link] = {}
        self.capacity: dict[str, float] = {}
        for key, link in self.blueprint.links.items():
            left = [n for n in range(len(link.strands)) if (key, n) not in lost_strands]
            if left and {link.a.switch, link.b.switch} <= self.switches:
                self.links[key] = link
                self.capacity[key] = link.capacity_mbps * len(left) / len(link.strands)
        self.bridged = [link for link in self.links.values() if link.pair is not None]
        self.heard: dict[str, tuple[Bpdu, str] | None] = dict.fromkeys(self.switches)
        while self._exchange_bpdus():
            pass

    # Layer 2

    def _exchange_bpdus(self) -> bool:
        before = dict(self.heard)
        for switch in self.switches:
            offers: list[tuple[Bpdu, str]] = []
            for link in self.bridged:
                for here, there in ((link.a, link.b), (link.b, link.a)):
                    if here.switch == switch:
                        root, cost, sender, port = self._bpdu(there, before)
                        if root < self._bridge(switch):
                            offers.append(((root, cost + here.stp_cost, sender, port), link.id))
            self.heard[switch] = min(offers, default=None)
        return before != self.heard

    def _bridge(self, switch: str) -> tuple[int, str]:
        return self.blueprint.switches[switch].stp_priority, switch

    def _bpdu(self, end: LinkEnd, heard: dict[str, tuple[Bpdu, str] | None]) -> Bpdu:
        """Give what a switch sends on one of its ports."""
        best = heard[end.switch]
        root, cost = (best[0][0], best[0][1]) if best else (self._bridge(end.switch), 0)
        names = [port.name for port in self.blueprint.switches[end.switch].ports]
        port = (1, end.lag) if end.lag is not None else (0, names.index(end.ports[0]))
        return root, cost, self._bridge(end.switch), port

    def root(self, switch: str) -> str:
        heard = self.heard[switch]
        return heard[0][0][1] if heard else switch

    def _is_root_port(self, switch: str, link: Link) -> bool:
        heard = self.heard[switch]
        return heard is not None and heard[1] == link.id

    def port_forwards(self, here: LinkEnd, there: LinkEnd, link: Link) -> bool:
        if self._is_root_port(here.switch, link) or self._is_root_port(there.switch, link):
            return True
        return self._bpdu(here, self.heard) < self._bpdu(there, self.heard)

    def flooded(self, start: str, segment: str) -> dict[str, list[Arc]]:
        """Give every switch that a frame in a VLAN comes to, with the arcs of its way."""
        ways: dict[str, list[Arc]] = {start: []}
        waiting = [start]
        while waiting:
            switch = waiting.pop()
            for link in self.bridged:
                for here, there in ((link.a, link.b), (link.b, link.a)):
                    passes = (
                        here.switch == switch
                        and there.switch not in ways
                        and segment in link.segments
                        and self.port_forwards(here, there, link)
                        and self.port_forwards(there, here, link)
                    )
                    if passes:
                        ways[there.switch] = [*ways[switch], (link.id, switch)]
                        waiting.append(there.switch)
        return ways

    def interface_up(self, switch: str, segment: str) -> bool:
        if switch not in self.switches:
            return False
        for host in self.blueprint.hosts.values():
            if host.segment == segment and switch in {place for place, _ in host.ports}:
                return True
        return any(
            here.switch == switch
            and segment in link.segments
            and self.port_forwards(here, there, link)
            for link in self.bridged
            for here, there in ((link.a, link.b), (link.b, link.a))
        )

    # Layer 3

    def pair_of(self, segment: str) -> tuple[str, str]:
        pair = self.blueprint.pairs[self.blueprint.segments[segment].pair]
        return pair.primary, pair.secondary

    def gateway(self, switch: str, segment: str) -> tuple[str, list[Arc]] | None:
        if switch in self.switches:
            reached = self.flooded(switch, segment)
            for gateway in self.pair_of(segment):
                if gateway in reached:
                    return gateway, reached[gateway]
        return None

    def is_split(self, segment: str) -> bool:
        primary, secondary = self.pair_of(segment)
        both = self.interface_up(primary, segment) and self.interface_up(secondary, segment)
        return both and secondary not in self.flooded(primary, segment)

    def is_stranded(self, switch: str, segment: str) -> bool:
        """Say of a live switch without a gateway whether its tree has one."""
        return (
            switch in self.switches
            and self.gateway(switch, segment) is None
            and any(
                self.root(gateway) == self.root(switch)
                for gateway in self.pair_of(segment)
                if gateway in self.switches
            )
        )

    def owners(self, segment: str | None) -> list[str]:
        if segment is None:
            core = self.blueprint.pairs[self.blueprint.estate.centre.pair]
            return [switch for switch in (core.primary, core.secondary) if switch in self.switches]
        return [switch for switch in self.pair_of(segment) if self.interface_up(switch, segment)]

    def next_hops(self, vrf: str, owners: list[str]) -> dict[str, list[Arc]]:
        """Give the equally good ways of every router that has one."""
        routed = [
            (here.switch, there.switch, link)
            for link in self.links.values()
            for here, there in ((link.a, link.b), (link.b, link.a))
            if any(net.vrf == vrf for net in link.transit)
            and (
                link.pair is None
                or (self.port_forwards(here, there, link) and self.port_forwards(there, here, link))
            )
        ]
        distance = dict.fromkeys(owners, 0)
        for _ in self.switches:
            for here, there, link in routed:
                if there in distance:
                    far = distance[there] + link.ospf_cost
                    distance[here] = min(far, distance.get(here, far))
        return {
            router: [
                (link.id, router)
                for here, there, link in routed
                if here == router and far and distance.get(there, far) + link.ospf_cost == far
            ]
            for router, far in distance.items()
        }

    def other_end(self, arc: Arc) -> str:
        link = self.links[arc[0]]
        return link.b.switch if link.a.switch == arc[1] else link.a.switch

    def ends_of(self, router: str, hops: dict[str, list[Arc]]) -> set[str | None]:
        """Give the owners at which traffic of a router may end; None for nowhere."""
        if router not in hops:
            return {None}
        if not hops[router]:
            return {router}
        return {end for arc in hops[router] for end in self.ends_of(self.other_end(arc), hops)}

    # Streams

    def run(self) -> Outcome:
        """Send every camera's stream, and ask for the management of every switch."""
        outcome = Outcome()
        centre = self.blueprint.estate.centre
        for key, entry in centre.recorders.items():
            ids = {entry.host, *(f"{entry.host}.{number}" for number in range(1, 9))}
            hosts = [host for key, host in self.blueprint.hosts.items() if key in ids]
            running = [[s for s, _ in host.ports if s in self.switches] for host in hosts]
            active = [switches[0] for switches in running if switches]
            self._record(key, hosts[0].segment, active, outcome)
        self._manage(f"centre/{centre.management_segment}", outcome)
        outcome.split = {key for key in self.blueprint.segments if self.is_split(key)}
        hanging = {(c.switch, c.segment) for c in self.blueprint.cameras.values()} | {
            (s.id, s.management_segment) for s in self.blueprint.switches.values()
        }
        outcome.stranded = {
            segment
            for switch, segment in hanging
            if switch and segment and self.is_stranded(switch, segment)
        }
        return outcome

    def _record(self, recorder: str, segment: str, hosts: list[str], outcome: Outcome) -> None:
        owners = self.owners(segment)
        alive = {owner: self.flooded(owner, segment) for owner in owners}
        reached = [host for host in hosts if any(host in ways for ways in alive.values())]
        if not reached:
            outcome.detached.add(recorder)
        hops = self.next_hops("VIDEO", owners)
        live_hops = self.next_hops("VIDEO", self.owners(None))
        live = self.blueprint.estate.settings.live
        share = live.viewed_share if live.mode == "direct" else 0.0
        for camera in self.blueprint.cameras.values():
            if camera.recorder != recorder or camera.switch is None or camera.segment is None:
                continue
            found = self.gateway(camera.switch, camera.segment)
            ends = self.ends_of(found[0], hops) if found else {None}
            everywhere = all(
                end is not None and host in alive[end] for end in ends for host in reached
            )
            if not found or not reached or not everywhere:
                outcome.lost.add(camera.id)
                continue
            gateway, way = found
            rate = Fraction(camera.bitrate.mbps)
            outcome.put(way, rate * Fraction(1 + share))
            self._route(gateway, rate * Fraction(share), live_hops, outcome)
            for owner, amount in self._route(gateway, rate, hops, outcome).items():
                for host in reached:
                    outcome.put(alive[owner][host], amount / len(reached))

    def _route(
        self, router: str, amount: Fraction, hops: dict[str, list[Arc]], outcome: Outcome
    ) -> dict[str, Fraction]:
        """Send an amount from a router to the owners; give what arrives where."""
        if not hops.get(router):
            return {router: amount}
        arrived: dict[str, Fraction] = {}
        for arc in hops[router]:
            share = amount / len(hops[router])
            outcome.put([arc], share)
            for owner, part in self._route(self.other_end(arc), share, hops, outcome).items():
                arrived[owner] = arrived.get(owner, Fraction(0)) + part
        return arrived

    def _manage(self, segment: str, outcome: Outcome) -> None:
        owners = self.owners(segment)
        if not owners:
            outcome.detached.add("management")
        hops = self.next_hops("MGMT", owners)
        for switch in self.blueprint.switches.values():
            router: str | None = switch.id
            if switch.management_segment is not None:
                found = self.gateway(switch.id, switch.management_segment)
                router = found[0] if found else None
            if switch.id in self.switches and (router is None or router not in hops):
                outcome.unmanaged.add(switch.id)


class Outcome:
    """What a simulation came to."""

    def __init__(self) -> None:
        """Start with nothing sent and nothing lost."""
        self.mbps: dict[Arc, Fraction] = {}
        self.lost: set[str] = set()
        self.unmanaged: set[str] = set()
        self.detached: set[str] = set()
        self.stranded: set[str] = set()
        self.split: set[str] = set()

    def put(self, way: list[Arc], amount: Fraction) -> None:
        for arc in way:
            self.mbps[arc] = self.mbps.get(arc, Fraction(0)) + amount
