"""What differs between two blueprints of an estate, thing by thing and field by field. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from maille.blueprint.storage import TB
from maille.plan.values import FieldChange, difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from maille.blueprint.model import Blueprint, CommuneShare, Flow, Host, Link

Action = Literal["added", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is added, changed or removed."""

    kind: str
    id: str
    action: Action
    title: str
    communes: frozenset[str] = frozenset()
    """INSEE codes of the communes it belongs to; a link may belong to two."""
    fields: tuple[FieldChange, ...] = ()


class _Kind(NamedTuple):
    """A kind of thing: where a blueprint has it, what is compared, whose it is."""

    name: str
    things: Callable[[Blueprint], Mapping[str, Any]]
    title: Callable[[Any], str]
    fields: tuple[str, ...]
    communes: Callable[[Blueprint, Any], Iterable[str | None]]
    get: Callable[[Any, str], object] = getattr


def changes(before: Blueprint, after: Blueprint) -> tuple[Change, ...]:
    """Give every change from one blueprint to another, kind by kind, by id."""
    found = [change for kind in _KINDS for change in _compared(kind, before, after)]
    return (*found, *_flows(before, after))


def _compared(kind: _Kind, before: Blueprint, after: Blueprint) -> Iterator[Change]:
    was, now = kind.things(before), kind.things(after)
    for ident in sorted(was.keys() | now.keys()):
        old, new = was.get(ident), now.get(ident)
        fields = () if old is None or new is None else tuple(_differing(kind, old, new))
        if old is None:
            action: Action = "added"
        elif new is None:
            action = "removed"
        elif fields:
            action = "changed"
        else:
            continue
        sides = ((before, old), (after, new))
        whose = {
            commune
            for blueprint, thing in sides
            if thing is not None
            for commune in kind.communes(blueprint, thing)
            if commune
        }
        title = kind.title(old if new is None else new)
        yield Change(kind.name, ident, action, title, frozenset(whose), fields)


def _differing(kind: _Kind, old: object, new: object) -> Iterator[FieldChange]:
    for name in kind.fields:
        was, now = kind.get(old, name), kind.get(new, name)
        if was != now:
            yield difference(name, was, now)


def links_by_ends(blueprint: Blueprint) -> dict[str, Link]:
    """Index links by their ends: a new member of a ring shifts the numbers of its links."""
    found: dict[str, Link] = {}
    seen: Counter[str] = Counter()
    for link in blueprint.links.values():
        name = f"{link.a.switch} -- {link.b.switch}"
        seen[name] += 1
        found[name if seen[name] == 1 else f"{name} ({seen[name]})"] = link
    return found


def _of_switches(blueprint: Blueprint, switches: Iterable[str]) -> Iterator[str | None]:
    return (blueprint.switches[switch].commune for switch in switches)


def _of_host(host: Host, field: str) -> object:
    if field == "ports":
        return tuple(f"{switch} {port}" for switch, port in host.ports)
    return getattr(host, field)


def _of_share(share: CommuneShare, field: str) -> object:
    return f"{share.quota_bytes / TB:.2f} TB" if field == "quota" else getattr(share, field)


def _nobody(_: Blueprint, __: object) -> Iterable[str]:
    return ()


_KINDS = (
    _Kind(
        "commune",
        lambda blueprint: blueprint.communes,
        lambda share: str(share.name),
        ("name", "planned", "connected", "mbps", "retention_days"),
        lambda _, share: (share.insee,),
    ),
    _Kind(
        "camera",
        lambda blueprint: blueprint.cameras,
        lambda camera: str(camera.place),
        (
            "model_id",
            "place",
            "view",
            "profile_id",
            "commune",
            "switch",
            "port",
            "segment",
            "address",
            "mac",
            "owner",
            "sector",
            "wave",
            "in_service",
            "connected",
            "retired",
            "severity",
            "retention_days",
            "recorder",
            "subvolume",
            "point",
        ),
        lambda _, camera: (camera.commune,),
    ),
    _Kind(
        "switch",
        lambda blueprint: blueprint.switches,
        lambda switch: str(switch.place),
        (
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
        ),
        lambda _, switch: (switch.commune,),
    ),
    _Kind(
        "segment",
        lambda blueprint: blueprint.segments,
        lambda segment: str(segment.title),
        ("vlan", "vlan_name", "prefix", "vrf", "pair", "ring"),
        lambda _, segment: (segment.commune,),
    ),
    _Kind(
        "ring",
        lambda blueprint: blueprint.rings,
        lambda ring: str(ring.title),
        ("pair", "members", "length_km"),
        lambda blueprint, ring: _of_switches(blueprint, ring.members),
    ),
    _Kind(
        "link",
        links_by_ends,
        lambda link: str(link.id),
        (
            "role",
            "a",
            "b",
            "medium",
            "capacity_mbps",
            "strands",
            "segments",
            "transit",
            "ospf_cost",
            "in_service",
        ),
        lambda blueprint, link: _of_switches(blueprint, (link.a.switch, link.b.switch)),
    ),
    _Kind(
        "host",
        lambda blueprint: blueprint.hosts,
        lambda host: str(host.title),
        ("title", "role", "segment", "address", "ports"),
        _nobody,
        _of_host,
    ),
    _Kind(
        "storage",
        lambda blueprint: blueprint.communes,
        lambda share: str(share.name),
        ("quota", "margin", "recorder", "subvolumes"),
        lambda _, share: (share.insee,),
        _of_share,
    ),
)


def _flows(before: Blueprint, after: Blueprint) -> Iterator[Change]:
    """Lines of the flow matrix: a line has no id of its own, it is what it says."""
    old = {_line(flow): flow for flow in before.flows}
    new = {_line(flow): flow for flow in after.flows}
    for line in sorted(old.keys() - new.keys()):
        yield Change("flow", line, "removed", old[line].why, _communes_of(old[line], before))
    for line in sorted(new.keys() - old.keys()):
        yield Change("flow", line, "added", new[line].why, _communes_of(new[line], after))


def _line(flow: Flow) -> str:
    sources = ", ".join(map(str, flow.source_prefixes)) or flow.source
    targets = ", ".join(map(str, flow.destination_prefixes)) or flow.destination
    ports = f" {flow.ports}" if flow.ports else ""
    return f"{flow.source} ({sources}) → {flow.destination} ({targets}) {flow.protocol}{ports}"


def _communes_of(flow: Flow, blueprint: Blueprint) -> frozenset[str]:
    prefixes = (*flow.source_prefixes, *flow.destination_prefixes)
    return frozenset(
        segment.commune
        for segment in blueprint.segments.values()
        if segment.commune and any(segment.prefix.subnet_of(prefix) for prefix in prefixes)
    )
