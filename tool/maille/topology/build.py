"""From routes, spurs and links of the inventory to the links of the blueprint.

A ring's order and its links follow from where its cabinets sit on its route; the cables of a
link are those that its stretch of the route overlaps.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from maille.topology.homes import Homes
from maille.topology.naming import cabinet_switch
from maille.topology.optics import partner, planned_loss_db

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.inventory.schema.commune import Cabinet, Commune
    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.network import Link, Ring, Spur
    from maille.inventory.schema.network import Strand as StrandEntry

LONG_COST_MBPS = 20_000_000
"""Long path cost of a port is this over its Mbit/s (IEEE 802.1D-2004, table 17-3)."""

OSPF_REFERENCE_MBPS = 100_000

UP, DOWN = 1, 2
"""Uplink positions of a ring member: towards the primary, and towards the secondary."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a planned link: its switch and what names its sockets in the lock.

    `fixed` is the uplink position where convention gives it (ring members, a spur's child);
    otherwise the lock knows the position under `<switch>/<socket>`.
    """

    switch: str
    sockets: tuple[str, ...] = ()
    fixed: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedStrand:
    """A strand before its ports are known."""

    cables: tuple[str, ...]
    length_km: float
    optic_a: str | None
    optic_b: str | None
    loss_db: float | None
    loss_measured: bool
    passages: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedLink:
    """A link before ports and VLANs are known: it depends on the inventory alone."""

    id: str
    role: Literal["ring", "spur", "trunk", "peer", "transit"]
    a: End
    b: End
    medium: Literal["fibre", "dac", "copper", "radio", "leased"]
    speed_mbps: int
    capacity_mbps: float
    strands: tuple[PlannedStrand, ...]
    ring: str | None = None
    pair: str | None = None
    ospf_cost: int = 0
    in_service: bool = False

    @property
    def stp_cost(self) -> int:
        """Long path cost that is rendered at both ends; 0 where the link is routed."""
        if self.role == "transit":
            return 0
        return max(1, round(LONG_COST_MBPS / self.capacity_mbps))


@dataclass(frozen=True, slots=True)
class Topology:
    """Who hangs where, by the inventory alone."""

    rings: dict[str, tuple[str, ...]]
    """Members of each ring in order, by switch id."""
    links: tuple[PlannedLink, ...]
    cabinets: dict[str, tuple[Commune, str, Cabinet]]
    """Cabinets of member communes by switch id."""
    home: dict[str, str]
    """For each cabinet's switch the ring (or the site's switch) that it hangs on in the end."""
    pair_of_switch: dict[str, str]
    pair_of_home: dict[str, str]
    children: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Cabinets on spurs, by the switch they hang off."""

    def below(self, switch: str) -> Iterator[str]:
        """Give a switch and all that hangs off it by spurs."""
        yield switch
        for child in self.children.get(switch, ()):
            yield from self.below(child)


def topology(estate: Estate, members: dict[str, Commune]) -> Topology:
    """Derive rings, links and homes. References are taken to be right (see the rules)."""
    cabinets = {
        cabinet_switch(insee, key): (commune, key, cabinet)
        for insee, commune in members.items()
        for key, cabinet in commune.cabinets.items()
    }
    rings = _ring_members(estate, cabinets)
    homes = Homes(estate, members)
    of_cabinet = {switch: homes.of_cabinet(cabinet) for switch, (_, _, cabinet) in cabinets.items()}
    home = {switch: found.name for switch, found in of_cabinet.items() if found}
    pair_of_home = homes.pairs()
    children: dict[str, list[str]] = {}
    for switch, (_, _, cabinet) in cabinets.items():
        if cabinet.spur:
            children.setdefault(cabinet.spur.parent, []).append(switch)
    maker = _LinkMaker(estate, cabinets, home, pair_of_home, homes.pair_of_switch)
    return Topology(
        rings=rings,
        links=tuple(maker.all(rings)),
        cabinets=cabinets,
        home=home,
        pair_of_switch=homes.pair_of_switch,
        pair_of_home=pair_of_home,
        children={parent: tuple(below) for parent, below in children.items()},
    )


def _ring_members(
    estate: Estate, cabinets: dict[str, tuple[Commune, str, Cabinet]]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[tuple[float, str]]] = {ring: [] for ring in estate.network.rings}
    for switch, (_, _, cabinet) in cabinets.items():
        if cabinet.ring in found:
            found[cabinet.ring].append((cabinet.at_km or 0.0, switch))
    return {ring: tuple(switch for _, switch in sorted(members)) for ring, members in found.items()}


@dataclass(frozen=True, slots=True)
class _LinkMaker:
    estate: Estate
    cabinets: dict[str, tuple[Commune, str, Cabinet]]
    home: dict[str, str]
    pair_of_home: dict[str, str]
    pair_of_switch: dict[str, str]

    def all(self, rings: dict[str, tuple[str, ...]]) -> Iterator[PlannedLink]:
        for ring, members in rings.items():
            yield from self._ring(ring, self.estate.network.rings[ring], members)
        for switch, (_, _, cabinet) in self.cabinets.items():
            if cabinet.spur:
                yield self._spur(switch, cabinet.spur)
        for key, link in self.estate.network.links.items():
            yield self._link(key, link)

    def _ring(self, ring: str, entry: Ring, members: tuple[str, ...]) -> Iterator[PlannedLink]:
        pair = self.estate.network.pairs[entry.pair]
        ends = [End(pair.primary, (f"{ring}/a",))]
        ends += [End(member) for member in members]
        ends += [End(pair.secondary, (f"{ring}/b",))]
        kms = [0.0, *(self.cabinets[member][2].at_km or 0.0 for member in members), entry.length_km]
        for number, (near, far) in enumerate(pairwise(ends)):
            stretch = StretchOfRoute(entry, kms[number], kms[number + 1])
            yield PlannedLink(
                id=f"{ring}/{number}",
                role="ring",
                a=near if number == 0 else End(near.switch, fixed=DOWN),
                b=far if number == len(members) else End(far.switch, fixed=UP),
                medium="fibre",
                speed_mbps=entry.speed_mbps,
                capacity_mbps=entry.speed_mbps,
                strands=(
                    replace(
                        self._strand(stretch.cables, stretch.length_km, entry.optic, None),
                        passages=stretch.passages,
                    ),
                ),
                ring=ring,
                pair=entry.pair,
                in_service=True,
            )

    def _spur(self, switch: str, spur: Spur) -> PlannedLink:
        home = self.home[switch]
        pair = self.pair_of_home.get(home)
        return PlannedLink(
            id=f"{switch}--{spur.parent}",
            role="spur",
            a=End(switch, fixed=UP),
            b=End(spur.parent, (switch,)),
            medium=spur.medium,
            speed_mbps=self._spur_speed(spur),
            capacity_mbps=spur.capacity_mbps,
            strands=(self._entry_strand(spur.strand),),
            ring=home if home in self.estate.network.rings else None,
            pair=pair,
            in_service=True,
        )

    def _spur_speed(self, spur: Spur) -> int:
        """Give the speed of a spur's ports: its optic's, or at least what its medium carries."""
        optic = self.estate.catalogue.optics.get(spur.strand.optic or "")
        return optic.speed_mbps if optic else spur.capacity_mbps

    def _link(self, key: str, link: Link) -> PlannedLink:
        optic = link.strands[0].optic
        medium = self.estate.catalogue.optics[optic].medium if optic else "copper"
        numbers = range(len(link.strands))
        sockets = tuple(f"{key}.{number}" for number in numbers)
        return PlannedLink(
            id=key,
            role=link.role,
            a=End(link.ends[0], sockets),
            b=End(link.ends[1], sockets),
            medium="fibre" if medium in {"smf", "mmf"} else "dac" if medium == "dac" else "copper",
            speed_mbps=link.speed_mbps,
            capacity_mbps=link.speed_mbps * len(link.strands),
            strands=tuple(self._entry_strand(strand) for strand in link.strands),
            pair=None if link.role == "transit" else self.pair_of_switch.get(link.ends[0]),
            ospf_cost=link.ospf_cost or max(1, OSPF_REFERENCE_MBPS // link.speed_mbps),
            in_service=link.in_service,
        )

    def _entry_strand(self, strand: StrandEntry) -> PlannedStrand:
        return self._strand(strand.cables, strand.length_km, strand.optic, strand.measured_loss_db)

    def _strand(
        self, cables: tuple[str, ...], length_km: float, optic: str | None, measured: float | None
    ) -> PlannedStrand:
        optics = self.estate.catalogue.optics
        other = partner(optics, optic)
        loss = measured
        if loss is None and optic and optics[optic].tx_nm:
            loss = max(
                planned_loss_db(length_km, optics[end].tx_nm, self.estate.network.fibre)
                for end in {optic, other or optic}
            )
        return PlannedStrand(
            cables=cables,
            length_km=round(length_km, 3),
            optic_a=optic,
            optic_b=other,
            loss_db=None if loss is None else round(loss, 2),
            loss_measured=measured is not None,
        )


@dataclass(frozen=True, slots=True)
class StretchOfRoute:
    """The part of a ring's route between two kilometre points."""

    ring: Ring
    start_km: float
    stop_km: float

    @property
    def length_km(self) -> float:
        """Length of the fibre, with the patch at both ends."""
        return self.stop_km - self.start_km + 2 * self.ring.patch_km

    @property
    def cables(self) -> tuple[str, ...]:
        """Cables that the stretch runs through, in order."""
        return tuple(dict.fromkeys(cable for cable, _ in self.passages))

    @property
    def passages(self) -> tuple[tuple[str, int], ...]:
        """Each cable with the number of the route's passage through it.

        A route that goes out and comes back in one cable passes through it twice: a cut takes
        both passages, but of each only the link that it meets.
        """
        found: list[tuple[str, int]] = []
        first, last = _millimetres(self.start_km), _millimetres(self.stop_km)
        at, number, before = 0, -1, ""
        for section in self.ring.route:
            begin, at = at, at + _millimetres(section.km)
            number += section.cable != before
            before = section.cable
            if begin < last and at > first and (before, number) not in found:
                found.append((before, number))
        return tuple(found)


def _millimetres(km: float) -> int:
    """Give a length in whole millimetres: 0.1 + 0.2 km then ends where 0.3 km begins."""
    return round(km * 1e6)
