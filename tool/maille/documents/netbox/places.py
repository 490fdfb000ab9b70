"""Sites, locations and racks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.netbox.form import NAME_LENGTH, cut, form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.blueprint.model import Blueprint, Switch
    from maille.documents.netbox.form import Form, Value

_RACK_UNITS, _RACK_WIDTH_IN = 42, 19


def site_name(blueprint: Blueprint, insee: str) -> str:
    """Name the site of a commune; communes may share a name, so the code is part of it."""
    return f"{blueprint.estate.communes[insee].commune} ({insee})"


def commune_of(blueprint: Blueprint, switch: Switch) -> str:
    """Give the commune that a switch stands in."""
    return switch.commune or blueprint.estate.network.sites[switch.site].commune


def location_name(switch: Switch) -> str:
    """Name the cabinet or room of a switch; its id makes the name unique."""
    key = switch.cabinet or switch.site
    return f"{cut(switch.place, NAME_LENGTH - len(key) - 3)} ({key})"


def rack_name(switch: Switch) -> str | None:
    """Name the rack of a switch; cabinets have none."""
    return None if switch.cabinet else f"{switch.site}-1"


def places(blueprint: Blueprint) -> Iterator[Form]:
    """Give sites, locations and racks."""
    rooms = {switch.site: switch for switch in blueprint.switches.values()}.values()
    yield form(
        "sites",
        ("name", "slug", "status", "facility", "latitude", "longitude", "description"),
        _sites(blueprint),
    )
    yield form(
        "locations",
        ("site", "name", "slug", "status", "description"),
        (_location(blueprint, switch) for switch in rooms),
    )
    yield form(
        "racks",
        ("site", "location", "name", "status", "width", "u_height", "description"),
        (_rack(blueprint, switch) for switch in rooms if switch.cabinet is None),
    )


def _sites(blueprint: Blueprint) -> Iterator[Mapping[str, Value]]:
    settled = dict.fromkeys(commune_of(blueprint, it) for it in blueprint.switches.values())
    for insee in dict.fromkeys((*blueprint.communes, *settled)):
        entry = blueprint.estate.communes[insee]
        share = blueprint.communes.get(insee)
        running = any(
            switch.in_service and commune_of(blueprint, switch) == insee
            for switch in blueprint.switches.values()
        )
        yield {
            "name": site_name(blueprint, insee),
            "slug": f"{blueprint.estate.settings.estate}-{insee}".lower(),
            "status": "active" if running else "planned",
            "facility": insee,
            "latitude": entry.position[0] if entry.position else None,
            "longitude": entry.position[1] if entry.position else None,
            "description": f"{share.planned} cameras" if share else "no member",
        }


def _location(blueprint: Blueprint, switch: Switch) -> Mapping[str, Value]:
    return {
        "site": site_name(blueprint, commune_of(blueprint, switch)),
        "name": location_name(switch),
        "slug": switch.cabinet or switch.site,
        "status": "active" if switch.in_service else "planned",
        "description": "invented place" if switch.synthetic else None,
    }


def _rack(blueprint: Blueprint, switch: Switch) -> Mapping[str, Value]:
    return {
        "site": site_name(blueprint, commune_of(blueprint, switch)),
        "location": location_name(switch),
        "name": rack_name(switch),
        "status": "active",
        "width": _RACK_WIDTH_IN,
        "u_height": _RACK_UNITS,
        "description": "width and height are assumptions",
    }
