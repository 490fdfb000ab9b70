"""Segments from the lock, and which of them each switch and link carries."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import TYPE_CHECKING

from maille.blueprint.model import Segment
from maille.errors import AllocationError
from maille.topology.naming import cabinet_switch, centre_segment, segment_id, vlan_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.allocation.lock import Lock, SegmentNumbers
    from maille.blueprint.model import Vrf
    from maille.inventory.schema.commune import Commune
    from maille.inventory.schema.estate import Estate
    from maille.topology.build import PlannedLink, Topology
    from maille.topology.naming import Function

FUNCTIONS: dict[str, tuple[Function, Vrf]] = {
    "cameras": ("cameras", "VIDEO"),
    "ppms": ("ppms", "VIDEO"),
    "management": ("management", "MGMT"),
}


def segments(
    estate: Estate, lock: Lock, members: dict[str, Commune], topology: Topology
) -> dict[str, Segment]:
    """Give every segment of the estate by id; raises AllocationError where the lock is stale."""
    found = (*_of_communes(lock, members, topology), *_of_centre(estate, lock))
    return {segment.id: segment for segment in found}


def _of_communes(lock: Lock, members: dict[str, Commune], topology: Topology) -> Iterator[Segment]:
    for insee, commune in members.items():
        if insee not in lock.communes:
            raise not_in_lock(f"commune {insee} ({commune.commune})")
        for key, numbers in lock.communes[insee].segments.items():
            home, _, function = key.rpartition("/")
            kind, vrf = FUNCTIONS[function.partition("@")[0]]
            yield _segment(
                segment_id(insee, key),
                title=f"{commune.commune}, {function}",
                kind=kind,
                vrf=vrf,
                pair=topology.pair_of_home[home],
                name=vlan_name(kind, insee, home, numbers.vlan),
                numbers=numbers,
                commune=insee,
                home=home,
            )


def _of_centre(estate: Estate, lock: Lock) -> Iterator[Segment]:
    for key, entry in estate.centre.segments.items():
        if key not in lock.shared.segments:
            raise not_in_lock(f"segment `{key}` of the centre")
        numbers = lock.shared.segments[key]
        yield _segment(
            centre_segment(key),
            title=entry.title,
            kind="centre",
            vrf=entry.vrf,
            pair=estate.centre.pair,
            name=vlan_name("centre", None, key, numbers.vlan),
            numbers=numbers,
        )


def _segment(
    ident: str,
    *,
    title: str,
    kind: Function,
    vrf: Vrf,
    pair: str,
    name: str,
    numbers: SegmentNumbers,
    commune: str | None = None,
    home: str | None = None,
) -> Segment:
    first = int(numbers.prefix.network_address)
    return Segment(
        id=ident,
        title=title,
        function=kind,
        commune=commune,
        ring=home,
        pair=pair,
        vrf=vrf,
        vlan=numbers.vlan,
        vlan_name=name,
        prefix=numbers.prefix,
        gateway=IPv4Address(first + 1),
        primary=IPv4Address(first + 2),
        secondary=IPv4Address(first + 3),
    )


def not_in_lock(what: str) -> AllocationError:
    """Make the error of a lock that is behind the inventory."""
    return AllocationError(f"{what} has no numbers in the lock", "run `maille allocation settle`")


class Membership:
    """Which segments a switch knows and a trunk allows."""

    def __init__(
        self, estate: Estate, lock: Lock, found: dict[str, Segment], topology: Topology
    ) -> None:
        """Index the segments by the ring (or switch) they live on."""
        self._estate = estate
        self._lock = lock
        self._found = found
        self._topology = topology
        self._of_home: dict[str, list[str]] = {}
        self._of_pair: dict[str, list[str]] = {}
        self._management: dict[str, list[str]] = {}
        for segment in found.values():
            self._of_pair.setdefault(segment.pair, []).append(segment.id)
            if segment.function == "management" and segment.commune:
                self._management.setdefault(segment.commune, []).append(segment.id)
            if segment.ring:
                self._of_home.setdefault(segment.ring, []).append(segment.id)
        self._own = self._own_segments()

    def of_link(self, link: PlannedLink) -> tuple[str, ...]:
        """Give the VLANs a link's trunk allows, as segments sorted by VLAN id."""
        if link.role == "transit":
            return ()
        if link.role == "ring" and link.ring:
            return self._sorted(self._of_home.get(link.ring, ()))
        if link.role == "peer" and link.pair:
            return self._sorted(self._of_pair.get(link.pair, ()))
        return self._below(link.a.switch if link.role == "spur" else self.outer(link))

    def of_switch(self, switch: str) -> tuple[str, ...]:
        """Give the segments whose VLANs a switch knows."""
        pair = self._topology.pair_of_switch.get(switch)
        if pair:
            return self._sorted(self._of_pair.get(pair, ()))
        if switch in self._topology.cabinets:
            cabinet = self._topology.cabinets[switch][2]
            if cabinet.ring:
                return self._sorted(self._of_home.get(cabinet.ring, ()))
        return self._below(switch)

    def outer(self, link: PlannedLink) -> str:
        """Give the end of a trunk that is not one of a pair."""
        ends = (link.a.switch, link.b.switch)
        return next((end for end in ends if end not in self._topology.pair_of_switch), ends[0])

    def _below(self, switch: str) -> tuple[str, ...]:
        """Give what ends on a switch or on what hangs off it by spurs."""
        ends = (self._own.get(child, set()) for child in self._topology.below(switch))
        return self._sorted(set().union(*ends))

    def _sorted(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(ids, key=lambda ident: self._found[ident].vlan))

    def _own_segments(self) -> dict[str, set[str]]:
        """Segments that end on a switch itself: its cameras', its management, its hosts'."""
        own: dict[str, set[str]] = {switch: set() for switch in self._topology.cabinets}
        for insee, entry in self._lock.communes.items():
            for attachment in (*entry.cameras.values(), *entry.points.values()):
                switch = cabinet_switch(insee, attachment.cabinet)
                if switch in own:
                    own[switch].add(segment_id(insee, attachment.segment))
            for cabinet, numbers in entry.switches.items():
                switch = cabinet_switch(insee, cabinet)
                if switch in own:
                    own[switch].add(self.management_of(insee, numbers.management))
        return self._with_centre(own)

    def management_of(self, insee: str, address: IPv4Address) -> str:
        """Give the management segment of a commune that an address lies in."""
        for ident in self._management.get(insee, ()):
            if address in self._found[ident].prefix:
                return ident
        raise not_in_lock(f"the management address {address} of commune {insee}")

    def _with_centre(self, own: dict[str, set[str]]) -> dict[str, set[str]]:
        centre = self._estate.centre
        for site in self._estate.network.sites.values():
            for switch, entry in site.switches.items():
                if entry.role == "access":
                    own.setdefault(switch, set()).add(centre_segment(centre.management_segment))
        for host in centre.hosts.values():
            for switch in host.attached_to:
                own.setdefault(switch, set()).add(centre_segment(host.segment))
        return own
