"""The network of Chartres, as the files of `network/` have it: rooms, backbone, rings, links."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from inventory.generate.chartres_plan import LONG_WAY, PAIRS, RINGS, SITES
from inventory.generate.geography import fibre_km
from inventory.generate.routes import RING_OPTIC, RING_SPEED_MBPS
from inventory.generate.writing import Flow, Spaced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inventory.generate.routes import Route

HUB = "csi"
BELT = (("nord", "est"), ("est", "sud"), ("sud", "ouest"), ("ouest", "nord"))
CORE_MODEL, AGGREGATION_MODEL, ACCESS_MODEL = "7050sx3-48yc8", "7020sr-24c2", "720dp-24s"
TRANSIT_MBPS = 10_000
TRANSIT_OPTIC = "10gbase-lr"
IN_RACK_KM = 0.003
PRIMARY, SECONDARY = 1, 2
TRUNK_STRANDS = {PRIMARY: 2, SECONDARY: 1}
"""They differ, so that the spanning tree has one best way where the core's own link is lost."""


def _switch(site: str, number: int) -> str:
    return f"core-{number}" if site == HUB else f"agg-{site}-{number}"


def pair_switches(pair: str) -> tuple[str, str]:
    """Give the primary and the secondary of a pair: each site has one of either."""
    primary, secondary = PAIRS[pair]
    return _switch(primary, PRIMARY), _switch(secondary, SECONDARY)


def sites(supplies: Mapping[str, Flow]) -> dict[str, Any]:
    """Give `network/sites.yaml`; `supplies` are those of the cabinets."""
    feeds: dict[str, Any] = {}
    rooms: dict[str, Any] = Spaced()
    for key, site in SITES.items():
        feeds[f"enedis-{key}"] = Flow(title=f"Enedis, {site.title}", kind="grid")
        feeds[f"groupe-{key}"] = Flow(title=f"Groupe électrogène, {site.title}", kind="grid")
        rooms[key] = _room(key)
    feeds["# The cabinets: the grid by quarter, and public lighting at the gateways"] = None
    return {"supplies": feeds | dict(supplies), "# The rooms with routed switches": None,
            "sites": rooms}  # fmt: skip


def _room(key: str) -> dict[str, Any]:
    site = SITES[key]
    power = {"supply": f"enedis-{key}", "second_supply": f"groupe-{key}", "ups_minutes": 60}
    return {
        "title": site.title,
        "kind": "centre" if key == HUB else "aggregation",
        "commune": site.commune,
        "position": list(site.at),
        "synthetic": True,
        "power": Flow(power),
        "switches": _room_switches(key),
    }


def _room_switches(key: str) -> dict[str, Any]:
    role, model = ("core", CORE_MODEL) if key == HUB else ("aggregation", AGGREGATION_MODEL)
    found = {
        _switch(key, number): Flow(model=model, role=role, in_service=True)
        for number in (PRIMARY, SECONDARY)
    }
    if key == HUB:
        found |= {
            f"csi-acces-{number}": Flow(model=ACCESS_MODEL, role="access", in_service=True)
            for number in (PRIMARY, SECONDARY)
        }
    return found


def _radial(site: str) -> str:
    return f"radiale-{site}"


def _belt(one: str, other: str) -> str:
    return next(f"rocade-{a}-{b}" for a, b in BELT if {a, b} == {one, other})


def backbone() -> dict[str, Any]:
    """Give the cables between the rooms: one from the centre to each, and a belt round it."""
    found: dict[str, Any] = {}
    for site in SITES:
        if site != HUB:
            found[_radial(site)] = _backbone_cable("CSI", HUB, site)
    for one, other in BELT:
        found[_belt(one, other)] = _backbone_cable(SITES[one].title, one, other)
    return found


def _backbone_cable(title: str, one: str, other: str) -> Flow:
    km = fibre_km(SITES[one].at, SITES[other].at)
    return Flow(title=f"{title} - {SITES[other].title}", length_km=km, fibres=96)


def cables(routes: Mapping[str, Route], spurs: Mapping[str, Flow]) -> dict[str, Any]:
    """Give `network/cables.yaml`. Rings that leave one room share its exit, one way each."""
    ducts: dict[str, Any] = {}
    found: dict[str, Any] = {"# The backbone": None} | backbone()
    for ring, way in routes.items():
        plan = RINGS[ring]
        found[f"# {plan.title}"] = None
        found |= way.cables
        out, back = PAIRS[plan.pair]
        if out != HUB:
            first, *_, last = way.cables
            ducts[f"depart-{out}"] = Flow(title=f"Départ vers les anneaux, {SITES[out].title}")
            ducts[f"retour-{back}"] = Flow(title=f"Arrivée des anneaux, {SITES[back].title}")
            found[first] = Flow(way.cables[first] | {"duct": f"depart-{out}"})
            found[last] = Flow(way.cables[last] | {"duct": f"retour-{back}"})
    found["# Spurs"] = None
    return {"ducts": dict(sorted(ducts.items())), "cables": found | dict(spurs)}


def rings(routes: Mapping[str, Route]) -> dict[str, Any]:
    """Give `network/rings.yaml`."""
    pairs = {
        key: Flow(primary=pair_switches(key)[0], secondary=pair_switches(key)[1]) for key in PAIRS
    }
    found = Spaced()
    for key, way in routes.items():
        plan = RINGS[key]
        found[key] = {
            "title": plan.title,
            "pair": plan.pair,
            "speed_mbps": RING_SPEED_MBPS,
            "optic": RING_OPTIC,
            "route": way.sections,
        }
    return {"pairs": pairs, "# From the primary's room to the secondary's": None, "rings": found}


def links() -> dict[str, Any]:
    """Give `network/links.yaml`."""
    parts = (_core_links(), _peer_links(), _transit_links())
    return {"links": Spaced(chain.from_iterable(part.items() for part in parts))}


def _core_links() -> dict[str, Any]:
    found: dict[str, Any] = {
        "coeur": _link("core-1", "core-2", "peer", 100_000, [_jumper("dac-100g")] * 2)
    }
    for access in (PRIMARY, SECONDARY):
        for core in (PRIMARY, SECONDARY):
            ends = (f"core-{core}", f"csi-acces-{access}")
            jumpers = [_jumper("dac-10g")] * TRUNK_STRANDS[access]
            found[f"csi-acces-{access}-core-{core}"] = _link(*ends, "trunk", TRANSIT_MBPS, jumpers)
    return found


def _peer_links() -> dict[str, Any]:
    found = {}
    for pair, (one, other) in PAIRS.items():
        if one == HUB:
            continue
        ways = ([_belt(one, other)], [_radial(one), _radial(other)])
        strands = [_strand(way) for way in ways]
        found[pair] = _link(*pair_switches(pair), "peer", TRANSIT_MBPS, strands)
    return found


def _transit_links() -> dict[str, Any]:
    found = {}
    for (site, number), neighbour in LONG_WAY.items():
        switch = _switch(site, number)
        ways = {
            number: [_radial(site)],
            3 - number: [_belt(site, neighbour), _radial(neighbour)],
        }
        for core, way in sorted(ways.items()):
            found[f"{site}-{number}-core-{core}"] = _link(
                switch, f"core-{core}", "transit", TRANSIT_MBPS, [_strand(way)]
            )
    return found


def _link(one: str, other: str, role: str, mbps: int, strands: list[Flow]) -> dict[str, Any]:
    return {
        "ends": [one, other],
        "role": role,
        "speed_mbps": mbps,
        "strands": strands,
        "in_service": True,
    }


def _jumper(optic: str) -> Flow:
    return Flow(length_km=IN_RACK_KM, optic=optic)


def _strand(way: list[str]) -> Flow:
    lengths = backbone()
    km = sum(lengths[cable]["length_km"] for cable in way)
    return Flow(cables=way, length_km=km, optic=TRANSIT_OPTIC)
