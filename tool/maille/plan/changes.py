"""What differs between two blueprints of an estate, thing by thing and field by field. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.blueprint.model import Blueprint

Action = Literal["added", "changed", "removed"]


class FieldChange(NamedTuple):
    """A field of something, before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is added, changed or removed."""

    kind: str
    id: str
    action: Action
    title: str
    fields: tuple[FieldChange, ...] = ()


_COMMUNE = ("name", "planned", "connected", "mbps", "retention_days", "recorder", "subvolumes")
_SHARE = ("quota_bytes", "margin", "recorder", "subvolumes")
_CAMERA = (
    "model_id",
    "place",
    "view",
    "profile_id",
    "switch",
    "port",
    "segment",
    "address",
    "mac",
    "owner",
    "sector",
    "wave",
    "connected",
    "severity",
    "retention_days",
    "recorder",
    "subvolume",
    "point",
)
_SWITCH = (
    "hostname",
    "model_id",
    "role",
    "site",
    "place",
    "ring",
    "pair",
    "supplies",
    "management",
    "segments",
    "in_service",
    "extra_config",
    "unmanaged",
)
_SEGMENT = ("vlan", "vlan_name", "prefix", "vrf", "pair", "ring")
_LINK = ("role", "a", "b", "medium", "capacity_mbps", "strands", "segments", "transit", "ospf_cost")
_RING = ("pair", "members", "length_km")
_HOST = ("title", "role", "segment", "address", "ports")


def changes(before: Blueprint, after: Blueprint) -> tuple[Change, ...]:
    """Give every change from one blueprint to another, kind by kind, by id."""
    return (
        *_compared("commune", before.communes, after.communes, _COMMUNE, "name"),
        *_compared("camera", before.cameras, after.cameras, _CAMERA, "place"),
        *_compared("switch", before.switches, after.switches, _SWITCH, "place"),
        *_compared("segment", before.segments, after.segments, _SEGMENT, "title"),
        *_compared("ring", before.rings, after.rings, _RING, "title"),
        *_compared("link", before.links, after.links, _LINK, "role"),
        *_compared("host", before.hosts, after.hosts, _HOST, "title"),
        *_compared("storage", before.communes, after.communes, _SHARE, "name"),
        *_flows(before, after),
    )


def _compared(
    kind: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    fields: tuple[str, ...],
    title: str,
) -> Iterator[Change]:
    for ident in sorted(before.keys() | after.keys()):
        old, new = before.get(ident), after.get(ident)
        if old is None:
            yield Change(kind, ident, "added", getattr(new, title))
        elif new is None:
            yield Change(kind, ident, "removed", getattr(old, title))
        elif differing := tuple(_differing(old, new, fields)):
            yield Change(kind, ident, "changed", getattr(new, title), differing)


def _differing(old: object, new: object, fields: tuple[str, ...]) -> Iterator[FieldChange]:
    for name in fields:
        was, is_now = getattr(old, name), getattr(new, name)
        if was != is_now:
            yield FieldChange(name, *_told(was, is_now))


def _told(was: object, is_now: object) -> tuple[str, str]:
    """Write two values; of long lists, what left and what came."""
    if isinstance(was, tuple) and isinstance(is_now, tuple) and len(was) + len(is_now) > 2:
        gone = [_plain(item) for item in was if item not in is_now]
        came = [_plain(item) for item in is_now if item not in was]
        return ", ".join(gone) or "-", ", ".join(came) or "-"
    return _plain(was), _plain(is_now)


def _plain(value: object) -> str:
    if value is None or value == ():
        return "-"
    if isinstance(value, tuple):
        return ", ".join(_plain(item) for item in value)
    switch, ports = getattr(value, "switch", None), getattr(value, "ports", None)
    if isinstance(switch, str) and isinstance(ports, tuple):
        return f"{switch} {', '.join(str(port) for port in ports)}"
    return str(value)


def _flows(before: Blueprint, after: Blueprint) -> Iterator[Change]:
    """Lines of the flow matrix: a line has no id of its own, it is what it says."""
    old = {_line(flow): flow for flow in before.flows}
    new = {_line(flow): flow for flow in after.flows}
    for line in sorted(old.keys() - new.keys()):
        yield Change("flow", line, "removed", old[line].why)
    for line in sorted(new.keys() - old.keys()):
        yield Change("flow", line, "added", new[line].why)


def _line(flow: Any) -> str:  # noqa: ANN401 — a Flow
    sources = ", ".join(map(str, flow.source_prefixes)) or flow.source
    targets = ", ".join(map(str, flow.destination_prefixes)) or flow.destination
    return (
        f"{flow.source} ({sources}) → {flow.destination} ({targets}) {flow.protocol} {flow.ports}"
    )
