"""Which model of the catalogue a device is, by its ports and what its text hints at.

Several models share their port names: what feeds cameras, and words of the licence, decide
between them. A device that is none of the catalogue gets a model of its own, drafted from its
ports, as positions of cameras are counted on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from maille.adopt.names import port_order, speed_mbps
from maille.inventory.schema.catalogue import (
    PortGroup,
    SnmpAbility,
    SwitchAbility,
    SwitchLimits,
    SwitchModel,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from maille.adopt.device import Device, Interface
    from maille.inventory.schema.catalogue import Dialect, Platform

_LANE: Final = re.compile(r"(Ethernet\d+)/\d+")
"""A socket of four lanes may be split: `Ethernet49/1` to `/4`."""
_NAMES_LENGTH: Final = 400
"""Characters of port names that one group is given."""
UNKNOWN_GATEWAY: Final = "unidentified-gateway"
_EOS_MBPS: Final = 10_000
_SECRET_TYPES: Final[Mapping[Platform, Literal["5", "sha512"]]] = {
    "cisco_ios": "5",
    "arista_eos": "sha512",
}
_MAKERS: Final = {"cisco_ios": "Cisco", "arista_eos": "Arista Networks"}


@dataclass(frozen=True, slots=True)
class Recognised:
    """The model of a device."""

    id: str
    model: SwitchModel
    others: tuple[str, ...] = ()
    """Models that fit as well."""
    drafted: bool = False


def recognise(device: Device, models: Mapping[str, SwitchModel]) -> Recognised | None:
    """Find the model of a device in the catalogue; nothing if none fits."""
    fitting = [key for key, model in models.items() if _fits(device, model)]
    if not fitting:
        return None
    ranked = sorted(fitting, key=lambda key: (-_likelihood(device, key, models[key]), key))
    best = _likelihood(device, ranked[0], models[ranked[0]])
    others = tuple(k for k in ranked[1:] if _likelihood(device, k, models[k]) == best)
    return Recognised(ranked[0], models[ranked[0]], others)


def any_gateway(models: Mapping[str, SwitchModel]) -> Recognised:
    """Choose a model for a gateway of which nothing is known: one that routes, most ports first.

    A catalogue without one gives a drafted model with a few ports.
    """
    routing = [key for key, model in models.items() if model.layer3]
    if not routing:
        return Recognised(UNKNOWN_GATEWAY, _unknown_gateway(), drafted=True)
    best = min(routing, key=lambda key: (-len(models[key].uplink_ports), key))
    return Recognised(best, models[best], tuple(key for key in routing if key != best))


def _unknown_gateway() -> SwitchModel:
    return SwitchModel(
        title="Unidentified gateway",
        maker="unknown",
        source="no configuration of it was there",
        estimates=("uplink", "limits", "ability", "temperature_c"),
        platform="arista_eos",
        dialect="eos",
        layer3=True,
        uplink=(PortGroup(names="Ethernet{1..48}", speed_mbps=_EOS_MBPS, media="sfp"),),
        limits=SwitchLimits(vlans=255, mac_addresses=8000, acl_entries=384),
        ability=SwitchAbility(
            snmp=SnmpAbility(auth=("md5", "sha1"), privacy=("des", "aes128")),
            secret_type=_SECRET_TYPES["arista_eos"],
        ),
        temperature_c=(0.0, 45.0),
    )


def _fits(device: Device, model: SwitchModel) -> bool:
    """Say whether the device has exactly the model's ports; lanes of a socket may be more."""
    if model.platform != device.platform:
        return False
    there = {port.name for port in device.ports} - {model.out_of_band}
    wanted = {name for name, _ in (*model.access_ports, *model.uplink_ports)}
    return wanted <= there and all(
        _is_lane(name, wanted) and not _in_use(device.interfaces[name]) for name in there - wanted
    )


def _is_lane(name: str, ports: set[str]) -> bool:
    found = _LANE.fullmatch(name)
    return bool(found) and f"{found[1]}/1" in ports if found else False


def _in_use(port: Interface) -> bool:
    return not port.shutdown and bool(port.description or port.mode or port.lag)


def _likelihood(device: Device, key: str, model: SwitchModel) -> int:
    """Weigh hints first, then whether power for cameras and routing fit."""
    hinted = any(_plain(hint) and _plain(hint) in _same(key, model) for hint in device.hints)
    feeds = any(group.poe != "none" for group in model.access)
    routes = device.routes_dynamically or len(device.svis) > 1
    return 8 * hinted + 2 * (feeds == _feeds_devices(device)) + (model.layer3 == routes)


def _same(key: str, model: SwitchModel) -> set[str]:
    """Give the words by which a model may be named."""
    return {_plain(key), _plain(model.title.rpartition(" ")[2])}


def _plain(text: str) -> str:
    """Bring a product number down to letters and digits, without the parts of its maker."""
    plain = re.sub(r"[^a-z0-9]", "", text.lower())
    return re.sub(r"^(?:ws|dcs|ccs)(?=[a-z0-9])|(?:ea|r|f|m)$", "", plain)


def _feeds_devices(device: Device) -> bool:
    return any("power inline" in line for line in device.lines) or device.platform == "arista_eos"


def drafted(device: Device) -> SwitchModel:
    """Draft a model from the ports of a device; all but the ports is an estimate."""
    out_of_band = _out_of_band(device)
    uplinks = _uplinks(device) - {out_of_band}
    feeds = _feeds_devices(device)
    names = [port.name for port in device.ports if port.name != out_of_band]
    access = [name for name in names if name not in uplinks]
    groups = tuple(_groups(access, media="copper", feeds=feeds))
    return SwitchModel(
        title=device.model_is_hinted or f"Unidentified switch with {len(names)} ports",
        maker=_MAKERS[device.platform],
        source="drafted from a running configuration",
        estimates=("access", "uplink", "poe_budget_w", "limits", "ability", "temperature_c"),
        platform=device.platform,
        dialect=_dialect(device),
        layer3=device.routes_dynamically or len(device.svis) > 1,
        access=groups,
        uplink=tuple(_groups(sorted(uplinks, key=port_order), media="sfp", feeds=False)),
        out_of_band=out_of_band or None,
        poe_budget_w=30.0 * len(access) if feeds and groups else 0.0,
        limits=SwitchLimits(vlans=255, mac_addresses=8000, acl_entries=384),
        ability=SwitchAbility(
            snmp=SnmpAbility(auth=("md5", "sha1"), privacy=("des", "aes128")),
            secret_type=_SECRET_TYPES[device.platform],
        ),
        temperature_c=(0.0, 45.0),
    )


def _out_of_band(device: Device) -> str:
    """Find the port for management alone: by its name, or as it is in a VRF of its own."""
    if "Management1" in device.interfaces:
        return "Management1"
    apart = [port.name for port in device.ports if port.vrf.lower().startswith("mgmt-")]
    stacked = any(port.name.count("/") == 2 for port in device.ports)
    apart += [port.name for port in device.ports if stacked and port.name.count("/") < 2]
    return apart[0] if apart else ""


def _uplinks(device: Device) -> set[str]:
    """Take the fastest ports for uplinks, and every port that leads to another switch."""
    fastest = max((speed_mbps(port.name) for port in device.ports), default=0)
    slowest = min((speed_mbps(port.name) for port in device.ports), default=0)
    tagged = {each.base for each in device.interfaces.values() if each.tag}
    return {
        port.name
        for port in device.ports
        if port.mode in {"trunk", "routed"}
        or port.lag
        or port.name in tagged
        or (speed_mbps(port.name) == fastest > slowest)
    }


def _dialect(device: Device) -> Dialect:
    if device.platform == "arista_eos":
        return "eos"
    old = any(line.startswith(("version 12.", "version 15.", "mls qos")) for line in device.lines)
    return "ios15" if old else "iosxe"


def _groups(names: Sequence[str], *, media: str, feeds: bool) -> Iterator[PortGroup]:
    """Give groups of ports of one speed, each within the length that a text may have."""
    by_speed: dict[int, list[str]] = {}
    for name in names:
        by_speed.setdefault(speed_mbps(name), []).append(name)
    for speed, group in by_speed.items():
        for part in _parts(_ranges(group)):
            yield PortGroup.model_validate(
                {
                    "names": part,
                    "speed_mbps": speed,
                    "media": media,
                    "poe": "at" if feeds else "none",
                }
            )


def _parts(ranges: Iterable[str]) -> Iterator[str]:
    part = ""
    for text in ranges:
        longer = f"{part}, {text}".removeprefix(", ")
        if len(longer) > _NAMES_LENGTH:
            yield part
            longer = text
        part = longer
    if part:
        yield part


def _ranges(names: Iterable[str]) -> Iterator[str]:
    """Write names that follow each other as one range: `FastEthernet1/{1..16}`."""
    runs: list[tuple[str, int, int]] = []
    for name in names:
        stem = name.rstrip("0123456789")
        number = int(name[len(stem) :])
        if runs and runs[-1][0] == stem and runs[-1][2] == number - 1:
            runs[-1] = (stem, runs[-1][1], number)
        else:
            runs.append((stem, number, number))
    for stem, first, last in runs:
        yield f"{stem}{first}" if first == last else f"{stem}{{{first}..{last}}}"
