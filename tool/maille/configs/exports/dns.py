"""DNS zones: names of switches, cameras and hosts, and the way back from addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from ipaddress import IPv4Address

    from maille.blueprint.model import Blueprint

TTL_S = 3600
_ODD = re.compile(r"[^a-z0-9-]+")


class Record(NamedTuple):
    """A name and its address."""

    label: str
    address: IPv4Address


def zones(blueprint: Blueprint) -> Mapping[str, str]:
    """Give zone files by zone: the estate's domain, and one reverse zone for each /16 used."""
    domain = blueprint.estate.settings.management.domain_name
    records = sorted(_records(blueprint), key=lambda record: (record.label, record.address))
    named = [_label(host.id) for host in blueprint.hosts.values() if host.role == "dns"]
    servers = [f"{name}.{domain}." for name in named] or ["localhost."]
    head = _head(domain, servers, blueprint.as_of.strftime("%Y%m%d01"))
    found = {domain: head + _lines(f"{r.label} IN A {r.address}" for r in records)}
    for zone, members in sorted(_by_reverse_zone(records).items()):
        pointers = (f"{_last_two(r.address)} IN PTR {r.label}.{domain}." for r in members)
        found[zone] = head + _lines(pointers)
    return found


def _records(blueprint: Blueprint) -> Iterator[Record]:
    for switch in blueprint.switches.values():
        yield Record(_label(switch.hostname), switch.management)
        if switch.loopback_video:
            yield Record(f"{_label(switch.hostname)}-video", switch.loopback_video)
    for camera in blueprint.cameras.values():
        if camera.address:
            yield Record(_label(camera.id), camera.address)
    for host in blueprint.hosts.values():
        yield Record(_label(host.id), host.address)


def _label(name: str) -> str:
    """Give a name as one label: `ceph.1` is `ceph-1` (RFC 1123)."""
    return _ODD.sub("-", name.lower()).strip("-")[:63]


def _head(domain: str, servers: Sequence[str], serial: str) -> str:
    start = f"@ IN SOA {servers[0]} hostmaster.{domain}. {serial} 3600 900 1209600 {TTL_S}"
    return _lines([f"$TTL {TTL_S}", start, *(f"@ IN NS {server}" for server in servers)])


def _by_reverse_zone(records: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in sorted(records, key=lambda each: each.address):
        first, second, *_ = str(record.address).split(".")
        found.setdefault(f"{second}.{first}.in-addr.arpa", []).append(record)
    return found


def _last_two(address: IPv4Address) -> str:
    *_, third, fourth = str(address).split(".")
    return f"{fourth}.{third}"


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
