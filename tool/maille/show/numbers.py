"""Sheets of addresses, prefixes and VLAN ids that are no thing of their own."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network
from typing import TYPE_CHECKING

from maille.inventory.schema.settings import VlanPools
from maille.show.lock import lock_line, segment_line
from maille.show.sheet import Fact, section, sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Segment
    from maille.check.built import Built
    from maille.show.sheet import Sheet

Holder = tuple[str, str]
"""Who has an address, and where that was given."""


def address_of(word: str) -> IPv4Address | None:
    """Read an address; None for anything else."""
    try:
        return IPv4Address(word)
    except ValueError:
        return None


def prefix_of(word: str) -> IPv4Network | None:
    """Read a prefix, host bits cleared; None for anything else."""
    try:
        return IPv4Network(word, strict=False) if "/" in word else None
    except ValueError:
        return None


def address_sheet(built: Built, address: IPv4Address) -> Sheet | None:
    """Tell what an address is; None outside of all pools and segments."""
    blueprint = built.blueprint
    segment = next((s for s in blueprint.segments.values() if address in s.prefix), None)
    pools = _pools_over(built, IPv4Network(address))
    holders = list(_holders(built, address))
    if segment is None and not pools and not holders:
        return None
    who, origin = holders[0] if holders else ("nobody: it is free", "")
    if segment and not holders and address == segment.prefix.broadcast_address:
        who = "nobody: it is the broadcast address"
    if segment and not holders and address == segment.prefix.network_address:
        who = "nobody: it is the address of the segment itself"
    return sheet(
        "address",
        str(address),
        "",
        section(
            "What and where",
            Fact("held by", who, origin),
            *(Fact("also", other, place) for other, place in holders[1:]),
            _segment_fact(built, segment),
            *pools,
        ),
    )


def _segment_fact(built: Built, segment: Segment | None) -> Fact | None:
    if segment is None:
        return None
    value = f"{segment.id}: VLAN {segment.vlan}, {segment.prefix}"
    return Fact("segment", value, segment_line(built, segment.id))


def _holders(built: Built, address: IPv4Address) -> Iterator[Holder]:
    """Give whoever has an address, apart from what has a sheet of its own."""
    for segment in built.blueprint.segments.values():
        yield from _gateways(built, segment, address)
    blueprint = built.blueprint
    for vrf, own in blueprint.firewall.items():
        if address == own:
            yield f"firewall in VRF {vrf}", lock_line(built, None, "firewall", vrf)
    for switch in blueprint.switches.values():
        if address == switch.loopback_video:
            line = lock_line(built, None, "switches", switch.id)
            yield f"{switch.id}, loopback of VRF VIDEO", line
    for point in blueprint.points.values():
        if address == point.address and point.nomad is None:
            insee, _, key = point.id.partition("/")
            yield f"attachment point {point.id}", lock_line(built, insee, "points", key)
    yield from _transit_ends(built, address)


def _gateways(built: Built, segment: Segment, address: IPv4Address) -> Iterator[Holder]:
    if address not in segment.prefix:
        return
    pair, line = built.blueprint.pairs[segment.pair], segment_line(built, segment.id)
    if segment.vrf == "none":
        holders = {segment.gateway: "firewall, gateway of the segment"}
    else:
        holders = {
            segment.gateway: "gateway of the segment (virtual, VRRP)",
            segment.primary: f"{pair.primary}, own address of the gateway",
            segment.secondary: f"{pair.secondary}, own address of the gateway",
        }
    if address in holders:
        yield holders[address], line


def _transit_ends(built: Built, address: IPv4Address) -> Iterator[Holder]:
    for link in built.blueprint.links.values():
        for net in link.transit:
            ends = {net.a: link.a.switch, net.b: link.b.switch}
            if address in ends:
                line = lock_line(built, None, "transit", link.id)
                yield f"{ends[address]} on link {link.id}, VRF {net.vrf}", line


def _pools_over(built: Built, prefix: IPv4Network) -> list[Fact]:
    """Give the blocks and pools that a prefix lies in."""
    blueprint = built.blueprint
    facts = [
        Fact(
            "block",
            f"{block.prefix} of {blueprint.estate.communes[insee].commune} ({insee})"
            if insee in blueprint.estate.communes
            else f"{block.prefix} of {insee}",
            lock_line(built, insee, "blocks", key),
        )
        for insee, lock in blueprint.lock.communes.items()
        for key, block in lock.blocks.items()
        if prefix.subnet_of(block.prefix)
    ]
    pools = blueprint.estate.settings.pools.prefixes
    for name in type(pools).model_fields:
        place = built.place("settings", "pools", "prefixes", name)
        facts += [
            Fact("pool", f"{name}: {pool}", place)
            for pool in getattr(pools, name)
            if prefix.subnet_of(pool)
        ]
    return facts


def prefix_sheet(built: Built, prefix: IPv4Network) -> Sheet | None:
    """Tell what lies in a prefix and what it lies in; None if neither is anything."""
    within = [
        Fact(str(one.prefix), f"{one.id}: VLAN {one.vlan}", segment_line(built, one.id))
        for one in built.blueprint.segments.values()
        if one.prefix.subnet_of(prefix)
    ]
    transit = [
        Fact(str(net.prefix), f"link {link.id}, VRF {net.vrf}")
        for link in built.blueprint.links.values()
        for net in link.transit
        if net.prefix.subnet_of(prefix)
    ]
    above = _pools_over(built, prefix)
    if not (within or transit or above):
        return None
    given = within or transit
    return sheet(
        "prefix",
        str(prefix),
        "",
        section("What and where", *above, None if given else Fact("used by", "nobody: it is free")),
        section("Segments in it", *within),
        section("Transit networks in it", *transit),
    )


def vlan_sheet(built: Built, vlan: int) -> Sheet | None:
    """Tell of a VLAN id that is no segment's: what it is for, or that it is free."""
    pools = built.blueprint.estate.settings.pools.vlans
    place = built.place("settings", "pools", "vlans")
    facts = [
        Fact(f"transit {net.vrf}", f"link {link.id}, {net.prefix}", _transit_line(built, link.id))
        for link in built.blueprint.links.values()
        for net in link.transit
        if net.vlan == vlan
    ]
    if vlan == pools.blackhole:
        facts.append(Fact("use", "black hole of unused ports", place))
    if vlan == pools.native:
        facts.append(Fact("use", "native VLAN of trunks, carried nowhere", place))
    for name in ("access", "centre", "transit"):
        text = getattr(pools, name)
        if vlan in VlanPools.bounds(text):
            free = "" if facts else ": it is free everywhere"
            facts.append(Fact("pool", f"{name} {text}{free}", place))
    return sheet("VLAN", str(vlan), "", section("What and where", *facts)) if facts else None


def _transit_line(built: Built, link: str) -> str:
    return lock_line(built, None, "transit", link)
