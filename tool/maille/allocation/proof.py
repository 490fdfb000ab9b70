"""Prove a lock by itself: nothing given twice, nothing outside its pool.

This shares no code with giving numbers: it counts what stands in the lock, whoever wrote it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from maille.allocation.demand import GATEWAYS, POOLS
from maille.allocation.lock import AccessNumbers, State
from maille.allocation.notes import SETTLE
from maille.allocation.ports import Port
from maille.allocation.prefixes import PrefixSpace
from maille.allocation.quarantine import read_records
from maille.allocation.spans import prefix_of, stretch, within
from maille.allocation.subject import SHARED, Subject
from maille.allocation.vlans import reserved_ids
from maille.errors import Finding, Severity
from maille.topology.naming import cabinet_switch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from ipaddress import IPv4Address

    from maille.allocation.lock import (
        Attachment,
        CommuneLock,
        Given,
        Lock,
        SegmentNumbers,
        SharedLock,
    )
    from maille.allocation.spans import Stretch
    from maille.inventory.schema.estate import Estate
    from maille.topology.homes import Homes

_QUARANTINED = "quarantined"

_Entry = TypeVar("_Entry", bound="Given")


class Held(NamedTuple):
    """One number of one subject."""

    kind: str
    """`vlan`, `name`, `address`, `port`, `block` (and other direct prefixes) or `segment`."""
    where: str
    number: Any
    subject: Subject
    part: str
    state: str
    """`planned`, `deployed` or `quarantined`."""
    shown: str


def duplicates(lock: Lock, homes: Homes) -> Iterator[Finding]:
    """Find what is given twice, in one file or in two."""
    everywhere: list[Held] = []
    single: dict[tuple[str, str, Any], Held] = {}
    prefixes: dict[str, list[Held]] = defaultdict(list)
    for held in holdings(lock, homes):
        if held.kind in {"block", "segment"}:
            prefixes[held.kind].append(held)
        elif held.kind == "vlan" and not held.where:
            everywhere.append(held)
        else:
            other = single.setdefault((held.kind, held.where, held.number), held)
            yield from _twice(other, held)
    for held in everywhere:
        for (kind, _, number), other in single.items():
            if kind == "vlan" and number == held.number:
                yield from _twice(other, held)
    for found in prefixes.values():
        yield from _overlaps(found)


def _overlaps(found: list[Held]) -> Iterator[Finding]:
    """Find overlapping prefixes: in the order of addresses, each against the widest before."""
    widest: Held | None = None
    for held in sorted(found, key=lambda held: (held.number, held.subject)):
        if widest and held.number[0] <= widest.number[1]:
            yield from _twice(widest, held)
        if widest is None or held.number[1] > widest.number[1]:
            widest = held


def _twice(first: Held, second: Held) -> Iterator[Finding]:
    same = first is second or (first.subject, first.part) == (second.subject, second.part)
    if same or first.state == second.state == _QUARANTINED:
        return
    states = {first.state, second.state}
    if State.PLANNED in states:
        how = f"{SETTLE}: it gives a planned one another number"
    elif _QUARANTINED in states:
        live, kept = sorted((first, second), key=lambda held: held.state == _QUARANTINED)
        how = f"maille allocation release {kept.subject.id}, or {SETTLE} --move {live.subject.id}"
    else:
        how = f"{SETTLE} --move {second.subject.id}, or --move {first.subject.id}"
    place = first.subject.place
    yield Finding(
        "A002",
        Severity.ERROR,
        f"{second.shown} is given to {second.subject.title}, {_state(second)}, and to"
        f" {first.subject.title}, {_state(first)} ({place.file}, {place.path})",
        how,
        second.subject.place,
        second.subject.id,
    )


def _state(held: Held) -> str:
    return "in quarantine" if held.state == _QUARANTINED else held.state


def holdings(lock: Lock, homes: Homes) -> Iterator[Held]:
    """Give every number that the lock holds, quarantined ones among them."""
    yield from _of_centre(lock.shared, homes)
    yield from _of_network(lock.shared)
    for insee, commune in lock.communes.items():
        yield from _of_commune(insee, commune, homes)
    yield from _quarantined(lock, homes)


def _of_centre(shared: SharedLock, homes: Homes) -> Iterator[Held]:
    for subject, entry in _of(SHARED, "segments", shared.segments):
        yield _vlan(subject, homes.centre, entry)
        yield _prefix("block", subject, "prefix", entry, entry.prefix)
    for section, hosts in (("hosts", shared.hosts), ("firewall", shared.firewall)):
        for subject, host in _of(SHARED, section, hosts):
            for number in range(host.count):
                yield _address(subject, "address", host, host.address + number)


def _of_network(shared: SharedLock) -> Iterator[Held]:
    for subject, switch in _of(SHARED, "switches", shared.switches):
        if isinstance(switch, AccessNumbers):
            yield from _access(subject, switch)
        else:
            video, mgmt = IPv4Network(switch.loopback_video), IPv4Network(switch.loopback_mgmt)
            yield _prefix("block", subject, "loopback_video", switch, video)
            yield _prefix("block", subject, "loopback_mgmt", switch, mgmt)
    for subject, link in _of(SHARED, "transit", shared.transit):
        yield _prefix("block", subject, "video", link, link.video)
        yield _prefix("block", subject, "mgmt", link, link.mgmt)
    for subject, socket in _of(SHARED, "sockets", shared.sockets):
        switch_id = subject.key.partition("/")[0]
        yield _port(subject, Port(switch_id, socket.kind, socket.position), socket)


def _of_commune(insee: str, lock: CommuneLock, homes: Homes) -> Iterator[Held]:
    for subject, block in _of(insee, "blocks", lock.blocks):
        yield _prefix("block", subject, "prefix", block, block.prefix)
    for subject, entry in _of(insee, "segments", lock.segments):
        yield _vlan(subject, homes.domain_of(subject.key), entry)
        yield _prefix("segment", subject, "prefix", entry, entry.prefix)
    for subject, switch in _of(insee, "switches", lock.switches):
        yield from _access(subject, switch)
    for subject, attachment in _attachments(insee, lock):
        switch_id = cabinet_switch(insee, attachment.cabinet)
        yield _port(subject, Port(switch_id, "access", attachment.position), attachment)
        yield _address(subject, "address", attachment, attachment.address)


def _attachments(insee: str, lock: CommuneLock) -> Iterator[tuple[Subject, Attachment]]:
    yield from _of(insee, "cameras", lock.cameras)
    yield from _of(insee, "points", lock.points)


def _quarantined(lock: Lock, homes: Homes) -> Iterator[Held]:
    records = [*read_records(SHARED, lock.shared.quarantine, lambda _: homes.centre)]
    for insee, commune in lock.communes.items():
        records += read_records(insee, commune.quarantine, homes.domain_of)
    kinds = {"prefix": "block"}
    for record in records:
        for part in record.parts:
            subject, name = part.freed.owner
            kind, number = kinds.get(part.layer, part.layer), part.freed.number
            where = (part.freed.where or "") if kind == "vlan" else ""
            shown = str(record.entry.numbers.get(name, number))
            if kind != "address":
                yield Held(kind, where, number, subject, name, _QUARANTINED, shown)
                continue
            for address in range(number, number + part.freed.count):
                yield Held(kind, "", address, subject, name, _QUARANTINED, shown)


def _of(
    scope: str, section: str, entries: Mapping[Any, _Entry]
) -> Iterator[tuple[Subject, _Entry]]:
    for key, entry in entries.items():
        yield Subject(scope, section, key), entry


def _vlan(subject: Subject, domain: str, entry: SegmentNumbers) -> Held:
    return Held("vlan", domain, entry.vlan, subject, "vlan", entry.state, f"VLAN {entry.vlan}")


def _prefix(kind: str, subject: Subject, part: str, entry: Given, prefix: IPv4Network) -> Held:
    return Held(kind, "", stretch(prefix), subject, part, entry.state, str(prefix))


def _address(subject: Subject, part: str, entry: Given, address: IPv4Address) -> Held:
    return Held("address", "", int(address), subject, part, entry.state, str(address))


def _port(subject: Subject, port: Port, entry: Given) -> Held:
    shown = f"{port.kind} port {port.position} of {port.switch}"
    return Held("port", "", port, subject, "position", entry.state, shown)


def _access(subject: Subject, entry: AccessNumbers) -> Iterator[Held]:
    name = f"host name {entry.hostname}"
    yield Held("name", "", entry.hostname, subject, "hostname", entry.state, name)
    yield _address(subject, "management", entry, entry.management)


def outside(estate: Estate, lock: Lock) -> Iterator[Finding]:
    """Find what lies outside its pool, its block or its segment, and reserved VLAN ids."""
    pools = PrefixSpace(estate.settings.pools.prefixes).pools
    reserved = reserved_ids(estate.settings.pools.vlans)
    shared = lock.shared
    inside = _Inside(pools)
    for subject, entry in _of(SHARED, "segments", shared.segments):
        yield from inside.pool(subject, "centre", stretch(entry.prefix))
        yield from _reserved(subject, entry.vlan, reserved)
    for subject, link in _of(SHARED, "transit", shared.transit):
        yield from inside.pool(subject, "transit", stretch(link.video))
        yield from inside.pool(subject, "transit", stretch(link.mgmt))
    centre = [stretch(entry.prefix) for entry in shared.segments.values()]
    for subject, switch in _of(SHARED, "switches", shared.switches):
        if isinstance(switch, AccessNumbers):
            yield from inside.segment(subject, centre, int(switch.management))
        else:
            for address in (int(switch.loopback_video), int(switch.loopback_mgmt)):
                yield from inside.pool(subject, "loopbacks", (address, address))
    for section, hosts in (("hosts", shared.hosts), ("firewall", shared.firewall)):
        for subject, host in _of(SHARED, section, hosts):
            first = int(host.address)
            yield from inside.segment(subject, centre, first, first + host.count - 1)
    for insee in lock.communes:
        yield from _outside_commune(insee, lock.communes[insee], inside, reserved)


def _outside_commune(
    insee: str, lock: CommuneLock, inside: _Inside, reserved: frozenset[int]
) -> Iterator[Finding]:
    blocks: dict[str, list[Stretch]] = defaultdict(list)
    for subject, block in _of(insee, "blocks", lock.blocks):
        blocks[block.pool].append(stretch(block.prefix))
        yield from inside.pool(subject, block.pool, stretch(block.prefix))
    segments: dict[str, Stretch] = {}
    for subject, entry in _of(insee, "segments", lock.segments):
        segments[subject.key] = stretch(entry.prefix)
        function: Any = subject.key.rpartition("/")[2].partition("@")[0]
        if not within(segments[subject.key], blocks[POOLS.get(function, "video")]):
            yield _stray(subject, entry.prefix, "no block of its commune")
        yield from _reserved(subject, entry.vlan, reserved)
    management = [area for key, area in segments.items() if "/management" in key]
    for subject, switch in _of(insee, "switches", lock.switches):
        yield from inside.segment(subject, management, int(switch.management))
    for subject, attachment in _attachments(insee, lock):
        area = segments.get(attachment.segment)
        yield from inside.segment(subject, [area] if area else [], int(attachment.address))


def _reserved(subject: Subject, vlan: int, reserved: frozenset[int]) -> Iterator[Finding]:
    if vlan in reserved:
        yield _stray(subject, f"VLAN {vlan}", "no pool: it is reserved")


def _stray(subject: Subject, number: object, where: str) -> Finding:
    return Finding(
        "A003",
        Severity.ERROR,
        f"{subject.title} has {number}, which lies in {where}",
        f"{SETTLE}, with --move {subject.id} if it is deployed",
        subject.place,
        subject.id,
    )


@dataclass(frozen=True, slots=True)
class _Inside:
    """Judges whether numbers lie where they must."""

    pools: dict[str, list[Stretch]]

    def pool(self, subject: Subject, name: str, number: Stretch) -> Iterator[Finding]:
        if not within(number, self.pools[name]):
            yield _stray(subject, prefix_of(number), f"no prefix of pools.prefixes.{name}")

    def segment(
        self, subject: Subject, segments: list[Stretch], first: int, last: int | None = None
    ) -> Iterator[Finding]:
        last = first if last is None else last
        usable = [(area[0] + GATEWAYS + 1, area[1] - 1) for area in segments]
        if not within((first, last), usable):
            shown = prefix_of((first, first)).network_address
            yield _stray(subject, shown, "none of its segments, or is a gateway's")
