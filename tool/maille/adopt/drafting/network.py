"""Files of `network/`: sites, cables, rings, links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from maille.adopt.drafting.plan import NO_COMMUNE, NOWHERE, SPACING_KM, supply_id
from maille.adopt.drafting.yaml_text import Inline, Spaced
from maille.adopt.models import any_gateway
from maille.adopt.names import slug, unique
from maille.adopt.numbers import position
from maille.allocation.subject import SHARED, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.adopt.cabling import Cable, End
    from maille.adopt.drafting.plan import Plan
    from maille.adopt.links import Joint
    from maille.adopt.rings import Ring, Spur
    from maille.inventory.schema.catalogue import PortGroup

FIBRES: Final = 12
INSIDE_KM: Final = 0.01
"""Placeholder for a link within a room."""
_CENTRE_SITE: Final = "centre"
_DEFAULT_MBPS: Final = 1000
_USUAL_REACH_KM: Final = 10.0


def port_group(plan: Plan, end: End) -> PortGroup | None:
    """Give what the catalogue says about a port."""
    known = plan.survey.models.get(end.host)
    if known is None:
        return None
    ports = {**dict(known.model.access_ports), **dict(known.model.uplink_ports)}
    return ports.get(end.port)


def speed_of(plan: Plan, cables: Iterable[Cable]) -> int:
    """Give the speed that all ports of some cables have."""
    groups = (port_group(plan, end) for cable in cables for end in (cable.a, cable.b))
    return min((group.speed_mbps for group in groups if group), default=_DEFAULT_MBPS)


def optic_for(plan: Plan, speed_mbps: int, *, inside: bool) -> str | None:
    """Choose the transceiver that is usual for a speed; nothing if the catalogue has none."""
    optics = plan.catalogue.optics
    media = ("dac", "smf") if inside else ("smf",)
    able = [
        (media.index(entry.medium), entry.pairs_with is not None, entry.reach_km, key)
        for key, entry in optics.items()
        if entry.speed_mbps == speed_mbps and entry.medium in media
    ]
    return (
        min(able, key=lambda o: (o[0], o[1], abs(o[2] - _USUAL_REACH_KM), o[3]))[3]
        if able
        else None
    )


def any_optic(plan: Plan, speed_mbps: int) -> str:
    """Choose a transceiver for a ring, of another speed if there is none of this one."""
    return optic_for(plan, speed_mbps, inside=False) or min(plan.catalogue.optics)


def spur_way(plan: Plan, spur: Spur) -> dict[str, Any]:
    """Give medium, capacity and strand of a spur: fibre, unless one of its ports takes copper."""
    groups = [port_group(plan, end) for end in (spur.step.near, spur.step.far)]
    speed = speed_of(plan, [spur.step.cable])
    way: dict[str, Any] = {"capacity_mbps": speed}
    optic = optic_for(plan, speed, inside=False)
    if optic is None or any(group and group.media == "copper" for group in groups):
        return {"medium": "leased"} | way | {"strand": {"length_km": SPACING_KM}}
    return way | {"strand": {"length_km": SPACING_KM, "optic": optic}}


class NetworkDraft:
    """The trees of `network/`, made together as they name each other's things."""

    def __init__(self, plan: Plan) -> None:
        """Number supplies, sites and cables."""
        self._plan = plan
        self.supplies: dict[str, str] = {}
        """Supply by the id of each switch."""
        self._titles: dict[str, Any] = {}
        self._cables: dict[str, Any] = {}
        self.sites = self._sites()
        for cabinet in sorted(plan.survey.cabinets.values(), key=lambda each: each.switch):
            self._supply(cabinet.switch)
        self.rings = self._rings()
        self.links = self._links()

    def files(self) -> dict[str, dict[str, Any]]:
        """Give the trees by the path of their file."""
        return {
            "network/sites.yaml": {"supplies": self._titles, "sites": self.sites},
            "network/cables.yaml": {"cables": self._cables},
            "network/rings.yaml": {"pairs": self._pairs(), "rings": self.rings},
            "network/links.yaml": {"links": self.links},
        }

    @property
    def centre_site(self) -> str:
        """Give the site of the centre."""
        return next(key for key, site in self.sites.items() if site["kind"] == "centre")

    @property
    def centre_pair(self) -> str:
        """Give the pair of the centre."""
        return self._plan.survey.gateways.centre or next(iter(self._pairs()))

    def _supply(self, switch: str) -> str:
        taken = set(self._titles)
        ident = supply_id(switch, taken)
        self._titles[ident] = Inline(title=f"Supply of {switch}")
        self.supplies[switch] = ident
        return ident

    # Sites

    def _sites(self) -> dict[str, Any]:
        """Give a site to switches that say the same location, or else to each pair its own."""
        rooms: dict[str, list[str]] = {}
        for host in self._plan.survey.indoors:
            rooms.setdefault(self._room(host), []).append(host)
        taken: set[str] = set()
        sites = Spaced()
        for room, hosts in sorted(rooms.items(), key=lambda item: not self._is_centre(item[1])):
            ident = unique(_CENTRE_SITE if self._is_centre(hosts) else slug(room), taken)
            sites[ident] = self._site(room, hosts)
        if not sites:
            sites[_CENTRE_SITE] = self._made_up_site()
        return sites

    def _room(self, host: str) -> str:
        survey = self._plan.survey
        device = survey.devices.get(host)
        if device and device.location:
            return device.location
        pair = survey.pair_of(host)
        return f"site {pair.id if device and pair else host}"

    def _is_centre(self, hosts: Iterable[str]) -> bool:
        survey = self._plan.survey
        pairs = (survey.pair_of(host) for host in hosts)
        return any(pair and pair.id == survey.gateways.centre for pair in pairs)

    def _site(self, room: str, hosts: list[str]) -> dict[str, Any]:
        survey = self._plan.survey
        insee = self._commune(room)
        town = survey.towns.get(insee)
        switches = {survey.indoors[host]: self._switch(host) for host in hosts}
        return {
            "title": room[:200],
            "kind": "centre" if self._is_centre(hosts) else "aggregation",
            "commune": insee,
            "position": list((town.position if town else None) or NOWHERE),
            "synthetic": True,
            "power": Inline(supply=self._supply(survey.indoors[hosts[0]])),
            "switches": switches,
        }

    def _made_up_site(self) -> dict[str, Any]:
        switch = Inline(model=any_gateway(self._plan.catalogue.switches).id, role="core")
        return {
            "title": "Centre",
            "kind": "centre",
            "commune": self._commune(""),
            "position": list(NOWHERE),
            "synthetic": True,
            "power": Inline(supply=self._supply("core-1")),
            "switches": {"core-1": switch, "core-2": switch},
        }

    def _commune(self, room: str) -> str:
        """Give the commune that a location names, or the one with most cabinets."""
        plan = self._plan
        said = plan.recogniser.code_in(room)
        if said in plan.survey.towns:
            return said
        counts: dict[str, int] = {}
        for cabinet in plan.survey.cabinets.values():
            counts[cabinet.insee] = counts.get(cabinet.insee, 0) + 1
        return min(counts, key=lambda insee: (-counts[insee], insee), default=NO_COMMUNE)

    def _switch(self, host: str) -> Inline:
        survey = self._plan.survey
        device = survey.devices.get(host)
        role = "access"
        if host in survey.gateways.routed:
            pair = survey.gateways.pair_of(host)
            role = "core" if pair and pair.id == survey.gateways.centre else "aggregation"
        tree = Inline(model=survey.models[host].id, role=role, in_service=device is not None)
        if device and device.serial:
            tree["serial"] = device.serial
        subject = Subject(SHARED, "switches", survey.indoors[host])
        parts = ("management",) if role == "access" else ("loopback_video", "loopback_mgmt")
        if pins := self._plan.pins(subject, **{part: part for part in parts}):
            tree["pins"] = Inline(pins)
        return tree

    # Rings

    def _pairs(self) -> dict[str, Any]:
        survey = self._plan.survey
        pairs = {
            pair.id: Inline(
                primary=survey.indoors[pair.primary], secondary=survey.indoors[pair.secondary]
            )
            for pair in survey.gateways.pairs
        }
        return pairs or {"core": Inline(primary="core-1", secondary="core-2")}

    def _rings(self) -> dict[str, Any]:
        return Spaced({ring.id: self._ring(ring) for ring in self._plan.survey.rings})

    def _ring(self, ring: Ring) -> dict[str, Any]:
        speed = speed_of(self._plan, (step.cable for step in ring.steps))
        route = [
            Inline(cable=self._cable(step.cable, f"{ring.id}-{number:02}"), km=SPACING_KM)
            for number, step in enumerate(ring.steps, start=1)
        ]
        return {
            "title": ring.id.replace("-", " ").capitalize(),
            "pair": ring.pair,
            "route": route,
            "speed_mbps": speed,
            "optic": any_optic(self._plan, speed),
        }

    def _cable(self, cable: Cable, spare: str) -> str:
        """Describe the cable of a link; one label is one cable, whatever runs through it."""
        ident = slug(cable.label)
        if not ident:
            ident = unique(slug(spare, "cable"), set(self._cables))
        title = cable.label or f"{cable.a.host} - {cable.b.host}"
        self._cables.setdefault(ident, Inline(title=title, length_km=SPACING_KM, fibres=FIBRES))
        return ident

    # Links

    def _links(self) -> dict[str, Any]:
        joints = self._plan.joints.joints
        return Spaced({joint.id: self._link(joint) for joint in joints})

    def _link(self, joint: Joint) -> dict[str, Any]:
        survey = self._plan.survey
        speed = speed_of(self._plan, joint.strands)
        site_of = {switch: key for key, site in self.sites.items() for switch in site["switches"]}
        ends = [survey.indoors[host] for host in joint.ends]
        inside = site_of[ends[0]] == site_of[ends[1]]
        return {
            "ends": ends,
            "role": joint.role,
            "speed_mbps": speed,
            "strands": [
                self._strand(joint, cable, speed, inside=inside) for cable in joint.strands
            ],
            "in_service": True,
        }

    def _strand(self, joint: Joint, cable: Cable, speed: int, *, inside: bool) -> Inline:
        tree = Inline()
        if not inside:
            tree["cables"] = [self._cable(cable, joint.id)]
        tree["length_km"] = INSIDE_KM if inside else SPACING_KM
        groups = [port_group(self._plan, end) for end in (cable.a, cable.b)]
        optic = optic_for(self._plan, speed, inside=inside)
        if optic and all(group is None or group.media == "sfp" for group in groups):
            tree["optic"] = optic
        return tree


def uplinks_elsewhere(plan: Plan) -> list[tuple[str, str, int]]:
    """Give host, port and wanted uplink of switches whose way in is on another port.

    By convention uplink 1 of a ring member leads to the primary and uplink 2 to the secondary,
    and uplink 1 of a spur to its parent.
    """
    ends: list[tuple[End, int]] = []
    for ring in plan.survey.rings:
        for number, step in enumerate(ring.steps):
            ends += [(step.far, 1)] if number < len(ring.members) else []
            ends += [(step.near, 2)] if number else []
    ends += [(spur.step.near, 1) for spur in plan.survey.shape.spurs.values()]
    found = []
    for end, wanted in ends:
        if end.host in plan.survey.cabinets and end.port:
            port = position(plan.survey.models[end.host].model, end.port)
            if port is None or port.kind != "uplink" or port.position != wanted:
                found.append((end.host, end.port, wanted))
    return found
