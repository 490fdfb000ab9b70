"""What communes share, as drafts with claims: the centre, routed switches, links, sockets."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import TYPE_CHECKING, Any

from maille.allocation.claims import Claim
from maille.allocation.communes import access_switch
from maille.allocation.demand import prefix_size
from maille.allocation.draft import Draft
from maille.allocation.lock import AccessNumbers, HostNumbers, RoutedNumbers, State
from maille.allocation.ports import Port
from maille.allocation.prefixes import LOOPBACKS
from maille.allocation.quarantine import POSITION
from maille.allocation.sockets import socket_needs
from maille.allocation.spans import stretch
from maille.allocation.subject import SHARED, Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from maille.allocation.lock import Given
    from maille.allocation.settling import Settling
    from maille.inventory.schema.base import Address
    from maille.inventory.schema.centre import CentreSegment
    from maille.inventory.schema.network import RoutedSwitch

TRANSIT_SIZE = 2
"""A transit network is a /31."""


@dataclass(frozen=True, slots=True)
class SharedDrafts:
    """The drafts of what is shared, by section."""

    segments: list[Draft]
    firewall: list[Draft]
    hosts: list[Draft]
    switches: list[Draft]
    transit: list[Draft]
    sockets: list[Draft]


def shared_drafts(run: Settling) -> SharedDrafts:
    """Draft everything that is shared."""
    return SharedDrafts(
        segments=list(_segments(run)),
        firewall=list(_firewall(run)),
        hosts=list(_hosts(run)),
        switches=list(_switches(run)),
        transit=list(_transit(run)),
        sockets=list(_sockets(run)),
    )


def _both(
    section: str,
    entries: Mapping[str, Given],
    wanted: Mapping[str, Any],
    run: Settling,
    occupied: Collection[str] = (),
) -> Iterator[tuple[Subject, Any, Any]]:
    """Give every key of the lock and of the inventory that is to have an entry."""
    for key in sorted(entries.keys() | wanted.keys()):
        subject = Subject(SHARED, section, key)
        entry, want = entries.get(key), wanted.get(key)
        full = key in occupied
        held = full or (entry is not None and entry.state is State.DEPLOYED)
        if want is None and not (entry and run.stays(subject, entry, held=held, occupied=full)):
            continue
        yield subject, entry, want


def _claim(run: Settling, subject: Subject, part: str, where: object, entry: Given | None) -> Claim:
    live = entry is not None and entry.state is State.DEPLOYED
    return Claim((subject, part), where, deployed=live, movable=run.move.reaches(subject))


def _segments(run: Settling) -> Iterator[Draft]:
    centre = run.estate.centre
    devices = _devices_of_segments(run)
    longest = run.estate.settings.pools.smallest_segment
    entries = run.lock.shared.segments
    live = dict(_live_addresses(run))
    held = _segments_of(live.values(), run)
    staying = (address for subject, address in live.items() if not _goes(subject, run))
    occupied = _segments_of(staying, run) if entries.keys() - centre.segments.keys() else set()
    for subject, entry, want in _both("segments", entries, centre.segments, run, occupied):
        segment: CentreSegment | None = want
        above = ("centre", "segments", subject.key, "pins")
        vlan = _claim(run, subject, "vlan", run.homes.centre, entry)
        prefix = _claim(run, subject, "prefix", "centre", entry)
        vlan.need = "centre"
        vlan.deployed = prefix.deployed = vlan.deployed or subject.key in held
        vlan.wanted = prefix.wanted = segment is not None
        prefix.resized = run.resize.reaches(subject)
        prefix.movable = prefix.movable or prefix.resized
        if segment:
            hosts = max(segment.hosts, devices.get(subject.key, 0))
            prefix.need = prefix_size(hosts, longest)
            vlan.pin, vlan.pinned_at = segment.pins.vlan, (*above, "vlan")
            prefix.pin = stretch(segment.pins.prefix) if segment.pins.prefix else None
            prefix.pinned_at = (*above, "prefix")
        if entry:
            vlan.current, prefix.current = entry.vlan, stretch(entry.prefix)
        yield Draft(subject, entry, (vlan, prefix), want)


def _devices_of_segments(run: Settling) -> dict[str, int]:
    """Count the addresses that hosts, legs and switches need in each segment of the centre."""
    centre = run.estate.centre
    found: dict[str, int] = {}
    for host in centre.hosts.values():
        found[host.segment] = found.get(host.segment, 0) + host.count
    for leg in centre.firewall.legs.values():
        found[leg.segment] = found.get(leg.segment, 0) + 1
    switches = sum(switch.role == "access" for _, switch in site_switches(run))
    found[centre.management_segment] = found.get(centre.management_segment, 0) + switches
    return found


def _live_addresses(run: Settling) -> Iterator[tuple[Subject, IPv4Address]]:
    """Give what is deployed in a segment of the centre, and its (first) address."""
    shared = run.lock.shared
    for section, hosts in (("hosts", shared.hosts), ("firewall", shared.firewall)):
        for key, host in hosts.items():
            if host.state is State.DEPLOYED:
                yield Subject(SHARED, section, key), host.address
    for key, switch in shared.switches.items():
        if isinstance(switch, AccessNumbers) and switch.state is State.DEPLOYED:
            yield Subject(SHARED, "switches", key), switch.management


def _segments_of(addresses: Iterable[IPv4Address], run: Settling) -> set[str]:
    """Give the segments that addresses lie in."""
    addresses = tuple(addresses)
    return {
        key
        for key, entry in run.lock.shared.segments.items()
        if any(address in entry.prefix for address in addresses)
    }


def _goes(subject: Subject, run: Settling) -> bool:
    """Say whether a deployed host, leg or switch is gone from the inventory, and goes now."""
    centre = run.estate.centre
    wanted: dict[str, Iterable[str]] = {
        "hosts": centre.hosts,
        "firewall": [str(vrf) for vrf in centre.firewall.legs],
        "switches": [key for key, _ in site_switches(run)],
    }
    return subject.key not in wanted[subject.section] and run.goes(subject)


def _firewall(run: Settling) -> Iterator[Draft]:
    legs = {str(vrf): leg for vrf, leg in run.estate.centre.firewall.legs.items()}
    entries = {str(vrf): entry for vrf, entry in run.lock.shared.firewall.items()}
    for subject, entry, leg in _both("firewall", entries, legs, run):
        claim = _claim(run, subject, "address", (SHARED, leg.segment if leg else ""), entry)
        path = ("centre", "firewall", "legs", subject.key, "address")
        _address(claim, entry.address if entry else None, leg.address if leg else None, path)
        claim.wanted = leg is not None
        yield Draft(subject, entry, (claim,), leg)


def _address(claim: Claim, now: Address | None, pin: Address | None, path: tuple[str, ...]) -> None:
    claim.current = int(now) if now else None
    claim.pin, claim.pinned_at = int(pin) if pin else None, path


def _hosts(run: Settling) -> Iterator[Draft]:
    """Draft hosts; equal ones have consecutive addresses.

    More of them extend the run where the next addresses are free. When there are fewer, a
    deployed run keeps its length until somebody resizes it.
    """
    for subject, entry, host in _both("hosts", run.lock.shared.hosts, run.estate.centre.hosts, run):
        claim = _claim(run, subject, "address", (SHARED, host.segment if host else ""), entry)
        path = ("centre", "hosts", subject.key, "address")
        _address(claim, entry.address if entry else None, host.address if host else None, path)
        claim.wanted = host is not None
        claim.had = entry.count if entry else 1
        claim.need = host.count if host else claim.had
        if claim.deployed and claim.need < claim.had:
            _shorten(claim, run)
        claim.grows = entry is not None and claim.need > claim.had
        yield Draft(subject, entry, (claim,), host)


def _shorten(claim: Claim, run: Settling) -> None:
    """Keep a deployed run of hosts as long as it is, or quarantine its end on command."""
    subject = claim.owner[0]
    if run.resize.reaches(subject):
        end = IPv4Address(claim.current + claim.need)
        run.put_away(subject, HostNumbers(address=end, count=claim.had - claim.need))
        run.reached |= subject.names()
        claim.had = claim.need
        return
    what = f"host {subject.key} keeps {claim.had} addresses, and its count is {claim.need}"
    run.notes.small(subject, what)
    claim.need = claim.had


def site_switches(run: Settling) -> Iterator[tuple[str, RoutedSwitch]]:
    """Give every switch of a site, by id."""
    for site in run.estate.network.sites.values():
        yield from site.switches.items()


def _switches(run: Settling) -> Iterator[Draft]:
    wanted = dict(site_switches(run))
    entries: dict[str, Any] = dict(run.lock.shared.switches)
    site_of = {
        switch: name for name, site in run.estate.network.sites.items() for switch in site.switches
    }
    for subject, entry, switch in _both("switches", entries, wanted, run):
        routed = switch.role != "access" if switch else isinstance(entry, RoutedNumbers)
        before = entry
        if entry is not None and isinstance(entry, RoutedNumbers) is not routed:
            if entry.state is State.DEPLOYED and not run.move.reaches(subject):
                run.notes.changed_role(subject)
                routed = not routed
                switch = None  # noqa: PLW2901 — it stays as it is, and wants nothing new
            else:
                if entry.state is State.DEPLOYED:
                    run.reached |= subject.names()
                    run.put_away(subject, entry)
                before = None
        path = ("network", "sites", site_of.get(subject.key, ""), "switches", subject.key, "pins")
        if routed:
            yield _routed(run, subject, before, switch, path)
            continue
        where = (SHARED, run.estate.centre.management_segment)
        claim = _claim(run, subject, "management", where, before)
        now, pin = before.management if before else None, switch.pins.management if switch else None
        _address(claim, now, pin, (*path, "management"))
        claim.wanted = switch is not None
        yield access_switch(subject, subject.key, before, claim)


def _routed(
    run: Settling,
    subject: Subject,
    entry: RoutedNumbers | None,
    switch: RoutedSwitch | None,
    path: tuple[str, ...],
) -> Draft:
    claims = []
    for part in ("loopback_video", "loopback_mgmt"):
        claim = _claim(run, subject, part, LOOPBACKS, entry)
        pin = getattr(switch.pins, part) if switch else None
        now = getattr(entry, part) if entry else None
        claim.current = (int(now), int(now)) if now else None
        claim.pin, claim.pinned_at = (int(pin), int(pin)) if pin else None, (*path, part)
        claim.wanted = switch is not None
        claims.append(claim)
    return Draft(subject, entry, tuple(claims), switch)


def _transit(run: Settling) -> Iterator[Draft]:
    wanted = {key: link for key, link in run.estate.network.links.items() if link.role != "trunk"}
    for subject, entry, link in _both("transit", run.lock.shared.transit, wanted, run):
        claims = []
        for part in ("video", "mgmt"):
            claim = _claim(run, subject, part, "transit", entry)
            claim.need, claim.wanted = TRANSIT_SIZE, link is not None
            claim.current = stretch(getattr(entry, part)) if entry else None
            claims.append(claim)
        yield Draft(subject, entry, tuple(claims), link)


def _sockets(run: Settling) -> Iterator[Draft]:
    wanted = socket_needs(run.estate, run.members, run.homes)
    for subject, entry, need in _both("sockets", run.lock.shared.sockets, wanted, run):
        switch = subject.key.partition("/")[0]
        claim = _claim(run, subject, POSITION, switch, entry)
        claim.need, claim.wanted = need, need is not None
        claim.current = Port(switch, entry.kind, entry.position) if entry else None
        yield Draft(subject, entry, (claim,), need)
