"""Makers, models, roles, platforms and devices: switches, cameras, hosts of the centre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maille.configs.platforms import drivers
from maille.documents.netbox.form import NAME_LENGTH, cut, form
from maille.documents.netbox.places import commune_of, location_name, rack_name, site_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.blueprint.model import Blueprint, Camera, Host, Switch
    from maille.documents.netbox.form import Form, Value
    from maille.inventory.schema.catalogue import Entry, ServerModel, SwitchModel

UNSPECIFIED: Final = "unspecified"
"""Maker and model of hosts that the inventory gives no model."""
FIREWALL: Final = "firewall"
"""The device whose legs are hosts of the blueprint."""

_COLOURS: Final = {
    "camera": "1d5c8f",
    "access": "2f7d4f",
    "aggregation": "a07a00",
    "core": "b3261e",
}
_OTHER_COLOUR: Final = "56616f"


def device_of(host: Host) -> str:
    """Give the device that a host of the blueprint is: the legs of the firewall are one."""
    return FIREWALL if host.role == "firewall" else host.id


def devices(blueprint: Blueprint) -> Iterator[Form]:
    """Give everything that devices refer to, then the devices."""
    types = {(it["manufacturer"], it["model"]): it for it in _types(blueprint)}
    makers = dict.fromkeys(str(maker) for maker, _ in types)
    yield form(
        "manufacturers", ("name", "slug"), ({"name": it, "slug": _slug(it)} for it in makers)
    )
    yield form("platforms", ("name", "slug", "manufacturer"), _platforms(blueprint))
    yield form("device-roles", ("name", "slug", "color", "vm_role"), _roles(blueprint))
    yield form(
        "device-types",
        (
            "manufacturer",
            "model",
            "slug",
            "default_platform",
            "u_height",
            "is_full_depth",
            "description",
        ),
        types.values(),
    )
    yield form(
        "devices",
        (
            "name",
            "role",
            "manufacturer",
            "device_type",
            "platform",
            "serial",
            "status",
            "site",
            "location",
            "rack",
            "latitude",
            "longitude",
            "description",
        ),
        _devices(blueprint),
    )


def _types(blueprint: Blueprint) -> Iterator[Mapping[str, Value]]:
    for switch in blueprint.switches.values():
        platform = _platform(switch.model)
        yield _type(switch.model, switch.model_id, switch.model.rack_units, platform)
    for camera in blueprint.cameras.values():
        yield _type(camera.model, camera.model_id, 0, None)
    for host in blueprint.hosts.values():
        model = _server(blueprint, host)
        if model is None:
            yield {
                "manufacturer": UNSPECIFIED,
                "model": UNSPECIFIED,
                "slug": UNSPECIFIED,
                "u_height": 0,
                "is_full_depth": False,
            }
        else:
            yield _type(model[1], model[0], model[1].rack_units, None)


def _type(entry: Entry, key: str, rack_units: int, platform: str | None) -> Mapping[str, Value]:
    return {
        "manufacturer": entry.maker,
        "model": cut(entry.title, NAME_LENGTH),
        "slug": key,
        "default_platform": platform,
        "u_height": rack_units,
        "is_full_depth": False,
        "description": cut(entry.source),
    }


def _server(blueprint: Blueprint, host: Host) -> tuple[str, ServerModel] | None:
    """Give the model of a host; of several equal ones, that of their entry."""
    entries = blueprint.estate.centre.hosts
    entry = entries.get(host.id) or entries.get(host.id.rpartition(".")[0])
    if entry is None or entry.model is None:
        return None
    return entry.model, blueprint.estate.catalogue.servers[entry.model]


def _platform(model: SwitchModel) -> str:
    return drivers()[model.platform].dialects[model.dialect].title


def _platforms(blueprint: Blueprint) -> Iterator[Mapping[str, Value]]:
    models = (switch.model for switch in blueprint.switches.values())
    makers = {_platform(model): model.maker for model in models}
    for name, maker in makers.items():
        yield {"name": name, "slug": _slug(name), "manufacturer": maker}


def _roles(blueprint: Blueprint) -> Iterator[Mapping[str, Value]]:
    roles = dict.fromkeys(_switch_role(switch) for switch in blueprint.switches.values())
    roles |= {"camera": None} | dict.fromkeys(it.role for it in blueprint.hosts.values())
    for role in roles:
        colour = _COLOURS.get(role.split()[0], _OTHER_COLOUR)
        yield {"name": role, "slug": _slug(role), "color": colour, "vm_role": False}


def _switch_role(switch: Switch) -> str:
    return f"{switch.role} switch"


def _devices(blueprint: Blueprint) -> Iterator[Mapping[str, Value]]:
    for switch in blueprint.switches.values():
        yield _switch(blueprint, switch)
    for camera in blueprint.cameras.values():
        yield _camera(blueprint, camera)
    for host in {device_of(host): host for host in blueprint.hosts.values()}.values():
        yield _host(blueprint, host)


def _switch(blueprint: Blueprint, switch: Switch) -> Mapping[str, Value]:
    return {
        "name": switch.hostname,
        "role": _switch_role(switch),
        "manufacturer": switch.model.maker,
        "device_type": cut(switch.model.title, NAME_LENGTH),
        "platform": _platform(switch.model),
        "serial": switch.serial,
        "status": "active" if switch.in_service else "planned",
        "latitude": switch.location[0],
        "longitude": switch.location[1],
        **_where(blueprint, switch),
    }


def _where(blueprint: Blueprint, switch: Switch) -> Mapping[str, Value]:
    return {
        "site": site_name(blueprint, commune_of(blueprint, switch)),
        "location": location_name(switch),
        "rack": rack_name(switch),
    }


def _camera(blueprint: Blueprint, camera: Camera) -> Mapping[str, Value]:
    """A nomad in store is at its commune's site, without a location."""
    switch = blueprint.switches[camera.switch] if camera.switch else None
    where: Mapping[str, Value] = {"site": site_name(blueprint, camera.commune)}
    if switch:
        where = {**_where(blueprint, switch), "rack": None}
    status = "active" if camera.connected else "planned"
    return {
        "name": camera.id,
        "role": "camera",
        "manufacturer": camera.model.maker,
        "device_type": cut(camera.model.title, NAME_LENGTH),
        "status": "inventory" if camera.nomad and switch is None else status,
        "latitude": camera.location[0] if camera.location else None,
        "longitude": camera.location[1] if camera.location else None,
        "description": cut(camera.place),
        **where,
    }


def _host(blueprint: Blueprint, host: Host) -> Mapping[str, Value]:
    model = _server(blueprint, host)
    entry = blueprint.estate.centre.hosts.get(host.id.rpartition(".")[0] or host.id)
    since = entry.in_service if entry else None
    waiting = entry is not None and (since is None or since > blueprint.as_of)
    return {
        "name": device_of(host),
        "role": host.role,
        "manufacturer": model[1].maker if model else UNSPECIFIED,
        "device_type": cut(model[1].title, NAME_LENGTH) if model else UNSPECIFIED,
        "status": "planned" if waiting else "active",
        "description": cut(host.title),
        **_where(blueprint, blueprint.switches[host.switch]),
    }


def _slug(text: str) -> str:
    """Make a slug: NetBox takes letters, digits, hyphens and underscores."""
    return "-".join(
        "".join(c if c.isalnum() and c.isascii() else " " for c in text.lower()).split()
    )
