"""Cabinets and communes as they stand in a commune's file, from what was decided on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inventory.generate.equipment import camera_model, housing, mac, switch_model
from inventory.generate.places import masks, sights
from inventory.generate.writing import Flow, Spaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from inventory.generate.communes import CommuneRow
    from inventory.generate.geography import Point
    from inventory.generate.mix import Kind
    from inventory.generate.places import Spot

HEADER = """
yaml-language-server: $schema=../../.schema/commune.json

The commune is public; its cabinets, cameras, dates and numbers are invented.
"""
WIDE: tuple[Kind, ...] = ("ptz", "multisensor")


@dataclass(frozen=True, slots=True)
class Cabinet:
    """A cabinet of which everything is decided."""

    spot: Spot
    at: Point
    kinds: list[Kind]
    supply: str
    way: Mapping[str, Any]
    """`ring` and `at_km`, or `spur`."""
    in_service: str | None = None
    more: Mapping[str, Any] | None = None
    """Further fields: a sector, a PPMS site."""
    covers: tuple[str, ...] = ()
    """Places to cover that its cameras with the widest view see."""
    parent: bool = False
    """Whether others hang off it by spurs."""


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of which everything is decided."""

    row: CommuneRow
    head: Mapping[str, Any]
    """Membership, authorisation, contract: what stands above the cabinets."""
    cabinets: tuple[Cabinet, ...] = ()
    town: bool = False


def commune_fields(commune: Commune, number_of: Callable[[str], int]) -> dict[str, Any]:
    """Give the fields of a commune's file; `number_of` gives a camera's 24-bit number."""
    row = commune.row
    fields: dict[str, Any] = {
        "commune": row.name,
        "insee": row.insee,
        "population": row.population,
        "position": list(row.at),
    }
    if row.zone:
        fields["zone"] = row.zone
    fields |= commune.head
    if commune.cabinets:
        fields["# The cabinets in the order in which the cable meets them"] = None
        fields["cabinets"] = Spaced(_cabinets(commune, number_of))
    return fields


def camera_ids(commune: Commune) -> dict[str, list[str]]:
    """Give the camera ids of each cabinet, in the order of the file."""
    ids: dict[str, list[str]] = {}
    last = 0
    for cabinet in commune.cabinets:
        first, last = last + 1, last + len(cabinet.kinds)
        numbers = range(first, last + 1)
        ids[cabinet.spot.key] = [f"{commune.row.insee.lower()}-{number:04d}" for number in numbers]
    return ids


def _cabinets(
    commune: Commune, number_of: Callable[[str], int]
) -> Iterable[tuple[str, dict[str, Any]]]:
    ids = camera_ids(commune)
    for cabinet in commune.cabinets:
        key = cabinet.spot.key
        switch = switch_model(
            f"{commune.row.insee}-{key}",
            cabinet.spot.use,
            cabinet.kinds,
            town=commune.town,
            parent=cabinet.parent,
        )
        yield key, _cabinet(cabinet, switch, ids[key], number_of)


def _cabinet(
    cabinet: Cabinet, switch: str, ids: list[str], number_of: Callable[[str], int]
) -> dict[str, Any]:
    stands = housing(switch)
    fields: dict[str, Any] = {
        "place": cabinet.spot.place,
        "position": list(cabinet.at),
        "synthetic": True,
        "switch": switch,
    }
    fields |= cabinet.way
    fields["power"] = Flow(supply=cabinet.supply, ups_minutes=stands.ups_minutes)
    if not stands.street:
        fields["street"] = False
    if stands.temperature_c:
        fields["temperature_c"] = list(stands.temperature_c)
    if cabinet.in_service:
        fields["in_service"] = cabinet.in_service
    fields |= cabinet.more or {}
    fields["cameras"] = dict(_cameras(cabinet, ids, number_of))
    return fields


def _cameras(
    cabinet: Cabinet, ids: list[str], number_of: Callable[[str], int]
) -> Iterable[tuple[str, Flow]]:
    strong = "multisensor" in cabinet.kinds
    seen = sights(cabinet.spot.use, cabinet.kinds)
    for ident, kind, sight in zip(ids, cabinet.kinds, seen, strict=True):
        number = number_of(ident)
        model = camera_model(kind, strong=strong, turn=number)
        fields = Flow(model=model, place=sight.place, view=sight.view)
        if drawn := masks(sight.view):
            fields["masks"] = list(drawn)
        else:
            fields["private_space"] = False
        if cabinet.covers and kind in WIDE:
            fields["covers"] = list(cabinet.covers)
        if cabinet.in_service:
            fields["mac"] = mac(model, number)
            fields["in_service"] = cabinet.in_service
        yield ident, fields
