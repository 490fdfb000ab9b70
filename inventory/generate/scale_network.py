"""The files of `network/` for an estate of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inventory.generate.geography import fibre_km
from inventory.generate.routes import RING_OPTIC, RING_SPEED_MBPS, Route, Stop, route
from inventory.generate.writing import Flow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inventory.generate.scale_plan import Group, Seat

CORES = ("core-1", "core-2")
HOST_SWITCHES = ("csi-acces-1", "csi-acces-2")
SMALL_CORE, LARGE_CORE, LARGE_FROM_GROUPS = "7050sx3-48yc8", "7050sx3-96yc8", 8
AGGREGATION_MODEL = "7020sr-24c2"
TRANSIT_MBPS = 10_000
IN_RACK_KM = 0.003
SECOND_BELT = 1.5
"""The second way between the two rooms of a pair is so much longer than the first."""

OPTICS = (
    (10.0, "10gbase-lr", None),
    (22.0, "10gbase-er", 6.5),
    (30.0, "10gbase-er", None),
    (49.0, "10gbase-zr", 14.0),
    (75.0, "10gbase-zr", None),
)
"""Up to so many km, by this transceiver; where it would dazzle its partner, an attenuator
brings the loss to so many dB. Beyond, a carrier's line."""


def is_core(groups: Sequence[Group]) -> bool:
    """Say whether the only group closes on the core."""
    return len(groups) == 1


def pair_of(group: Group, groups: Sequence[Group]) -> str:
    """Give the id of a group's pair."""
    return "coeur" if is_core(groups) else group.key


def room_switch(group: Group, groups: Sequence[Group]) -> str:
    """Give the switch of a group's first room."""
    return CORES[0] if is_core(groups) else f"agg-{group.key}-a"


def routes(groups: Sequence[Group]) -> dict[str, Route]:
    """Lay the cables of every ring."""
    return {
        ring: route(
            ring,
            Stop(f"{group.key} a", group.rooms[0]),
            [Stop(seat.switch, seat.at) for seat in seats],
            Stop(f"{group.key} b", group.rooms[1]),
        )
        for group in groups
        for ring, seats in group.rings.items()
    }


def supply(seat: Seat) -> str:
    """Give the id of a cabinet's own supply."""
    return f"enedis-{seat.switch.lower()}"


def sites(groups: Sequence[Group]) -> dict[str, Any]:
    """Give `network/sites.yaml`."""
    supplies = {
        "enedis-csi": Flow(title="Enedis, CSI"),
        "groupe-csi": Flow(title="Groupe électrogène, CSI"),
    }
    rooms: dict[str, Any] = {"csi": _centre(groups)}
    for group in groups:
        seats = [*(seat for ring in group.rings.values() for seat in ring), *group.spurs]
        supplies |= {supply(seat): Flow(title=f"Enedis, {seat.switch}") for seat in seats}
        if not is_core(groups):
            for side in (0, 1):
                room = f"{group.key}-{'ab'[side]}"
                supplies[f"enedis-{room}"] = Flow(title=f"Enedis, {room}")
                rooms[room] = _room(group, side)
    return {"supplies": supplies, "sites": rooms}


def _centre(groups: Sequence[Group]) -> dict[str, Any]:
    core = LARGE_CORE if len(groups) > LARGE_FROM_GROUPS else SMALL_CORE
    return {
        "title": "CSI",
        "kind": "centre",
        "commune": next(iter(groups[0].rings.values()))[0].insee,
        "position": list(groups[0].rooms[0]),
        "synthetic": True,
        "power": Flow(supply="enedis-csi", second_supply="groupe-csi", ups_minutes=60),
        "switches": {key: Flow(model=core, role="core", in_service=True) for key in CORES}
        | {key: Flow(model=SMALL_CORE, role="access", in_service=True) for key in HOST_SWITCHES},
    }


def _room(group: Group, side: int) -> dict[str, Any]:
    room = f"{group.key}-{'ab'[side]}"
    return {
        "title": f"Room {room}",
        "kind": "aggregation",
        "commune": next(iter(group.rings.values()))[0].insee,
        "position": list(group.rooms[side]),
        "synthetic": True,
        "power": Flow(supply=f"enedis-{room}", ups_minutes=60),
        "switches": {
            f"agg-{room}": Flow(model=AGGREGATION_MODEL, role="aggregation", in_service=True)
        },
    }


def cables(groups: Sequence[Group], laid: dict[str, Route]) -> dict[str, Any]:
    """Give `network/cables.yaml`."""
    found: dict[str, Any] = {}
    if not is_core(groups):
        for group in groups:
            found |= _backbone(group, groups[0])
    for way in laid.values():
        found |= way.cables
    return {"cables": found}


def _backbone(group: Group, first: Group) -> dict[str, Flow]:
    centre = first.rooms[0]
    belt = fibre_km(*group.rooms)
    lengths = {
        f"rad-{group.key}-a": fibre_km(centre, group.rooms[0]),
        f"rad-{group.key}-b": fibre_km(centre, group.rooms[1]),
        f"belt-{group.key}-1": belt,
        f"belt-{group.key}-2": belt * SECOND_BELT,
    }
    return {key: Flow(title=key, length_km=km, fibres=48) for key, km in lengths.items()}


def rings(groups: Sequence[Group], laid: dict[str, Route]) -> dict[str, Any]:
    """Give `network/rings.yaml`."""
    pairs = {"coeur": Flow(primary=CORES[0], secondary=CORES[1])}
    if not is_core(groups):
        for group in groups:
            pairs[group.key] = Flow(primary=f"agg-{group.key}-a", secondary=f"agg-{group.key}-b")
    found = {
        ring: {
            "title": f"Ring {ring}",
            "pair": pair_of(group, groups),
            "speed_mbps": RING_SPEED_MBPS,
            "optic": RING_OPTIC,
            "route": laid[ring].sections,
        }
        for group in groups
        for ring in group.rings
    }
    return {"pairs": pairs, "rings": found}


def links(groups: Sequence[Group]) -> dict[str, Any]:
    """Give `network/links.yaml`."""
    jumper = Flow(length_km=IN_RACK_KM, optic="dac-100g")
    found = {"coeur": _link(CORES, "peer", 100_000, [jumper, jumper])}
    for strands, access in zip((2, 1), HOST_SWITCHES, strict=True):
        for core in CORES:
            found[f"{access}-{core}"] = _link((core, access), "trunk", 100_000, [jumper] * strands)
    if not is_core(groups):
        for group in groups:
            found |= dict(_group_links(group, groups[0]))
    return {"links": found}


def _group_links(group: Group, first: Group) -> Iterator[tuple[str, dict[str, Any]]]:
    cables_km = {key: cable["length_km"] for key, cable in _backbone(group, first).items()}
    belts = [f"belt-{group.key}-1", f"belt-{group.key}-2"]
    ends = (f"agg-{group.key}-a", f"agg-{group.key}-b")
    strands = [_strand([belt], cables_km) for belt in belts]
    yield f"peer-{group.key}", _link(ends, "peer", TRANSIT_MBPS, strands)
    for side, switch in enumerate(ends):
        ways = {
            side: [f"rad-{group.key}-{'ab'[side]}"],
            1 - side: [belts[0], f"rad-{group.key}-{'ba'[side]}"],
        }
        for core, way in sorted(ways.items()):
            yield (
                f"{switch}-{CORES[core]}",
                _link((switch, CORES[core]), "transit", TRANSIT_MBPS, [_strand(way, cables_km)]),
            )


def _strand(way: list[str], cables_km: dict[str, float]) -> Flow:
    km = sum(cables_km[cable] for cable in way)
    for reach_km, optic, loss_db in OPTICS:
        if km <= reach_km:
            strand = Flow(cables=way, length_km=km, optic=optic)
            return strand if loss_db is None else Flow(strand | {"measured_loss_db": loss_db})
    return Flow(length_km=km)


def _link(ends: tuple[str, str], role: str, mbps: int, strands: list[Flow]) -> dict[str, Any]:
    return {
        "ends": list(ends),
        "role": role,
        "speed_mbps": mbps,
        "strands": strands,
        "in_service": True,
    }
