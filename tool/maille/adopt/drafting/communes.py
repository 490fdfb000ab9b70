"""Files of communes: cabinets with what hangs on them, and pins."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Any, Final

from maille.adopt.drafting.network import spur_way
from maille.adopt.drafting.plan import CONVENTION, NOWHERE, SPACING_KM
from maille.adopt.drafting.yaml_text import Inline, Spaced
from maille.adopt.numbers import PORT
from maille.allocation.demand import POOLS
from maille.allocation.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.adopt.drafting.plan import Plan
    from maille.adopt.survey import Cabinet
    from maille.adopt.uses import Attachment
    from maille.inventory.schema.catalogue import PortGroup

UNIDENTIFIED: Final = {
    "none": "unidentified-unpowered",
    "af": "unidentified",
    "at": "unidentified-poe-plus",
}
"""Placeholder models of cameras by the PoE that they take."""
_AF_MILLIWATTS: Final = 15_400
_WASTE: Final = 4
"""A block is pinned if it is at most this many times as large as what lies in it."""
_LONGEST_PLACE: Final = 200


def placeholder_model(plan: Plan, each: Attachment) -> str:
    """Choose the placeholder for a camera by the power that its port gives it."""
    group = _group(plan, each)
    if group is None or group.poe == "none":
        return UNIDENTIFIED["none"]
    return UNIDENTIFIED["at" if each.power_mw > _AF_MILLIWATTS and group.poe != "af" else "af"]


def _group(plan: Plan, each: Attachment) -> PortGroup | None:
    model = plan.survey.models[each.host].model
    return dict(model.access_ports).get(each.port)


def commune_tree(plan: Plan, insee: str, supplies: dict[str, str]) -> dict[str, Any]:
    """Give the tree of a commune's file; `supplies` names the supply of each switch."""
    town = plan.survey.towns[insee]
    tree: dict[str, Any] = {"commune": town.name or f"Commune {insee}", "insee": insee}
    if town.position:
        tree["position"] = list(town.position)
    tree["member"] = Inline(since=str(plan.wish.today), convention=CONVENTION)
    if pins := commune_pins(plan, insee):
        tree["pins"] = pins
    cabinets = [each for each in plan.survey.cabinets.values() if each.insee == insee]
    tree["cabinets"] = Spaced(
        {each.key: _cabinet(plan, each, supplies) for each in sorted(cabinets, key=_key)}
    )
    return tree


def _key(cabinet: Cabinet) -> str:
    return cabinet.key


def commune_pins(plan: Plan, insee: str) -> dict[str, Any]:
    """Give the pins of a commune: its blocks, and its segments by their keys."""
    segments = {}
    prefixes: dict[str, list[IPv4Network]] = {}
    for segment in sorted(plan.segments.of_communes):
        if segment.insee != insee:
            continue
        subject = Subject(insee, "segments", segment.key)
        if pins := plan.pins(subject, vlan="vlan", prefix="prefix"):
            segments[segment.key] = Inline(pins)
        if "prefix" in pins:
            prefixes.setdefault(POOLS[segment.function], []).append(IPv4Network(pins["prefix"]))
    blocks = [str(block) for pool in sorted(prefixes) for block in _block(plan, prefixes[pool])]
    pins = {"blocks": sorted(blocks)} if blocks else {}
    return pins | ({"segments": segments} if segments else {})


def _block(plan: Plan, prefixes: list[IPv4Network]) -> Iterator[IPv4Network]:
    """Give the one block around several prefixes of a commune, if nobody else is in it."""
    block = prefixes[0]
    while not all(net.subnet_of(block) for net in prefixes):
        block = block.supernet()
    others = [
        seen.value
        for (_, part), seen in plan.numbers.items()
        if part == "prefix" and seen.value not in prefixes
    ]
    within = sum(net.num_addresses for net in prefixes)
    if (
        len(prefixes) > 1
        and block.num_addresses <= _WASTE * within
        and not any(block.overlaps(net) for net in others)
    ):
        yield block


def _cabinet(plan: Plan, cabinet: Cabinet, supplies: dict[str, str]) -> dict[str, Any]:
    survey = plan.survey
    device = survey.devices[cabinet.host]
    town = survey.towns[cabinet.insee]
    tree: dict[str, Any] = {
        "place": _place(device.location, cabinet),
        "position": list(town.position or NOWHERE),
        "synthetic": True,
        "switch": survey.models[cabinet.host].id,
        **_way_in(plan, cabinet),
        "power": Inline(supply=supplies[cabinet.switch]),
        "in_service": str(plan.wish.today),
    }
    if cabinet.host in plan.uses.ppms:
        tree["ppms"] = Inline(site="other", pupils=0)
    if device.serial:
        tree["serial"] = device.serial
    management = plan.pins(Subject(cabinet.insee, "switches", cabinet.key), management="management")
    if management:
        tree["pins"] = Inline(management)
    found = plan.uses.attachments.get(cabinet.host, ())
    cameras = {each.ident: _camera(plan, cabinet, each) for each in _of(found, "cameras")}
    points = {each.ident: _point(plan, cabinet, each) for each in _of(found, "points")}
    if cameras:
        tree["cameras"] = cameras
    if points:
        tree["attachment_points"] = points
    return tree


def _of(found: tuple[Attachment, ...], kind: str) -> list[Attachment]:
    return sorted((each for each in found if each.kind == kind), key=lambda each: each.ident)


def _place(location: str, cabinet: Cabinet) -> str:
    """Name the place of a cabinet: what its location says behind the commune, or its host."""
    said = location.partition(",")[2] if cabinet.insee in location else location
    return " ".join(said.split())[:_LONGEST_PLACE] or cabinet.host


def _way_in(plan: Plan, cabinet: Cabinet) -> dict[str, Any]:
    """Give the ring with a kilometre that keeps the order, or the spur."""
    for ring in plan.survey.rings:
        if cabinet.host in ring.members:
            at_km = (ring.members.index(cabinet.host) + 1) * SPACING_KM
            return {"ring": ring.id, "at_km": at_km}
    spur = plan.survey.shape.spurs[cabinet.host]
    return {"spur": Inline(parent=plan.survey.switch(spur.parent), **spur_way(plan, spur))}


def _camera(plan: Plan, cabinet: Cabinet, each: Attachment) -> Inline:
    tree = Inline(
        model=placeholder_model(plan, each), place=each.place[:_LONGEST_PLACE], view=each.view
    )
    if each.mac:
        tree["mac"] = each.mac
    if each.mac and each.open:
        tree["in_service"] = str(plan.wish.today)
    return _pinned(plan, tree, Subject(cabinet.insee, "cameras", each.ident))


def _point(plan: Plan, cabinet: Cabinet, each: Attachment) -> Inline:
    group = _group(plan, each)
    tree = Inline(place=each.place[:_LONGEST_PLACE])
    if group and group.poe in {"af", "bt-60", "bt-90"}:
        tree["poe"] = group.poe
    return _pinned(plan, tree, Subject(cabinet.insee, "points", f"{cabinet.key}/{each.ident}"))


def _pinned(plan: Plan, tree: Inline, subject: Subject) -> Inline:
    if pins := plan.pins(subject, position=PORT, address="address"):
        tree["pins"] = Inline(pins)
    return tree


def nomads_tree(plan: Plan) -> dict[str, Any]:
    """Give the tree of `nomads.yaml`: the nomad cameras that hang somewhere now."""
    nomads = {}
    for each in plan.uses.all:
        if not each.nomad:
            continue
        cabinet = plan.survey.cabinets[each.host]
        at = f"{cabinet.insee}/{cabinet.key}/{each.ident}"
        today = Inline(at=at, first=str(plan.wish.today), reason="there at its adoption")
        nomads[each.nomad] = {
            "model": placeholder_model(plan, each),
            "title": each.nomad,
            "view": "event",
            "records_to": cabinet.insee,
            "mac": each.mac,
            "assignments": [today],
        }
    return {"nomads": Spaced(dict(sorted(nomads.items())))}
