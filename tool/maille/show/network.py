"""Sheets of switches, links, rings, pairs, segments, cables, sites and hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.show.cameras import way_section
from maille.show.lock import lock_line, segment_line
from maille.show.rules import rules_on
from maille.show.sheet import Fact, findings_about, section, sheet
from maille.show.ways import Ways, parents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Host, Link, Pair, Port, Ring, Segment, Strand, Switch
    from maille.check.built import Built
    from maille.show.sheet import Section, Sheet


def switch_sheet(built: Built, switch: Switch) -> Sheet:
    """Tell all about a switch."""
    if switch.cabinet and switch.commune:
        path: tuple[str, ...] = ("communes", switch.commune, "cabinets", switch.cabinet)
        given = lock_line(built, switch.commune, "switches", switch.cabinet)
    else:
        path = ("network", "sites", switch.site, "switches", switch.id)
        given = lock_line(built, None, "switches", switch.id)
    cameras = [p for p in switch.ports if p.kind == "camera"]
    return sheet(
        "switch",
        switch.id,
        switch.place,
        section(
            "What and where",
            Fact("defined at", built.place(*path)),
            Fact("host name", switch.hostname, given if switch.cabinet else ""),
            Fact("model", f"{switch.model.title} ({switch.model_id})", switch.model.source),
            Fact("language", f"{switch.model.platform}, {switch.model.dialect}"),
            Fact("role", switch.role),
            Fact("site", switch.site),
            Fact("position", f"{switch.location[0]:.4f}, {switch.location[1]:.4f}"),
            Fact("fed by", ", ".join(switch.supplies)),
            Fact("management", str(switch.management), given),
            Fact("in service", "yes" if switch.in_service else "planned"),
        ),
        section(
            "Network",
            Fact("pair", switch.pair or ""),
            Fact("ring", switch.ring or ""),
            Fact("bridge priority", str(switch.stp_priority)),
            Fact("parents", ", ".join(parents(built.blueprint, switch.id))),
            Fact("VLANs", _vlans(built, switch.segments)),
            Fact("cameras", str(len(cameras))),
            _poe(built, switch),
        ),
        way_section("Way of its management", Ways(built.blueprint).of_switch(switch)),
        section("Ports", *(_port(port) for port in switch.ports if port.kind != "spare")),
        _when_lost(built, "switch", switch.id),
        findings_about(built, switch.id),
        rules_on(built, "switch", switch.id, switch.model_id),
    )


def _vlans(built: Built, segments: tuple[str, ...]) -> str:
    return ", ".join(str(built.blueprint.segments[ident].vlan) for ident in segments)


def _poe(built: Built, switch: Switch) -> Fact | None:
    if not switch.model.poe_budget_w:
        return None
    draw = sum(
        built.blueprint.cameras[port.camera].model.worst_w
        for port in switch.ports
        if port.kind == "camera" and port.camera
    )
    return Fact("PoE", f"{draw:.1f} of {switch.model.poe_budget_w:g} W in the worst case")


def _port(port: Port) -> Fact:
    return Fact(port.name, f"{port.description}{' (shut)' if port.shutdown else ''}", port.kind)


def link_sheet(built: Built, link: Link) -> Sheet:
    """Tell all about a link."""
    transit = lock_line(built, None, "transit", link.id)
    normal, worst = built.capacity.normal[link.id], built.capacity.worst_by_link[link.id]
    after = f" after the loss of {worst.failure.kind} {worst.failure.id}" if worst.failure else ""
    return sheet(
        "link",
        link.id,
        f"{link.a.switch} to {link.b.switch}",
        section(
            "What and where",
            Fact("defined at", built.place(*_path_of_link(built, link))),
            Fact("role", link.role),
            Fact("now", Ways(built.blueprint).state_of(link)),
            Fact("from", f"{link.a.switch} {', '.join(link.a.ports)}"),
            Fact("to", f"{link.b.switch} {', '.join(link.b.ports)}"),
            Fact("medium", link.medium),
            Fact("capacity", f"{link.capacity_mbps:g} Mbit/s"),
            Fact("ring", link.ring or ""),
            Fact("VLANs", _vlans(built, link.segments)),
            *(
                Fact(f"transit {net.vrf}", f"{net.prefix}, VLAN {net.vlan}", transit)
                for net in link.transit
            ),
        ),
        section("Strands", *_strands(link)),
        section(
            "Load",
            Fact("normal", f"{normal.load_mbps:.1f} Mbit/s, {normal.share:.1%}"),
            Fact("worst", f"{worst.load_mbps:.1f} Mbit/s, {worst.share:.1%}{after}"),
            Fact("limit", f"{built.capacity.limit:.0%}", built.place("settings", "max_load")),
        ),
        *_ways_of_ends(built, link),
        _when_lost(built, "link", link.id),
        findings_about(built, link.id),
        rules_on(built, "link", link.id),
    )


def _path_of_link(built: Built, link: Link) -> tuple[str, ...]:
    child = built.blueprint.switches[link.a.switch]
    if link.role == "spur" and child.commune and child.cabinet:
        return ("communes", child.commune, "cabinets", child.cabinet, "spur")
    if link.ring:
        return ("network", "rings", link.ring)
    return ("network", "links", link.id)


def _ways_of_ends(built: Built, link: Link) -> Iterator[Section]:
    """Give the way to the management hosts of the centre from both ends."""
    ways = Ways(built.blueprint)
    for end in (link.a.switch, link.b.switch):
        hops = ways.of_switch(built.blueprint.switches[end])
        yield way_section(f"Way to the centre from {end}", hops)


def _strands(link: Link) -> list[Fact]:
    return [Fact(str(number), _strand(strand)) for number, strand in enumerate(link.strands)]


def _strand(strand: Strand) -> str:
    parts = [f"{strand.length_km:g} km"]
    if strand.loss_db is not None:
        parts.append(f"{strand.loss_db:g} dB ({'measured' if strand.loss_measured else 'planned'})")
    if optics := dict.fromkeys(filter(None, (strand.optic_a, strand.optic_b))):
        parts.append(" / ".join(optics))
    return ", ".join([*parts, *(strand.cables or ("no cable",))])


def ring_sheet(built: Built, ring: Ring) -> Sheet:
    """Tell all about a ring."""
    blueprint = built.blueprint
    cameras = [c for c in blueprint.cameras.values() if _is_on(built, c.switch, ring.id)]
    return sheet(
        "ring",
        ring.id,
        ring.title,
        section(
            "What and where",
            Fact("defined at", built.place("network", "rings", ring.id)),
            Fact("pair", ring.pair),
            Fact("length", f"{ring.length_km:g} km"),
            Fact("members", str(len(ring.members))),
            Fact("cameras", str(len(cameras))),
            Fact("rate", f"{sum(camera.bitrate.mbps for camera in cameras):g} Mbit/s"),
        ),
        section("Order", *(_step(built, ident) for ident in ring.links)),
        findings_about(built, ring.id, *ring.links),
        rules_on(built, "ring", ring.id, *ring.links),
    )


def _is_on(built: Built, switch: str | None, ring: str) -> bool:
    return switch is not None and built.blueprint.switches[switch].ring == ring


def _step(built: Built, ident: str) -> Fact:
    link = built.blueprint.links[ident]
    strand = link.strands[0]
    return Fact(
        ident,
        f"{link.a.switch} → {link.b.switch}, {strand.length_km:g} km",
        ", ".join(strand.cables),
    )


def pair_sheet(built: Built, pair: Pair) -> Sheet:
    """Tell all about a pair of gateways."""
    depths = [depth for key, depth in built.capacity.depths.items() if pair.id in key.split()]
    return sheet(
        "pair",
        pair.id,
        "",
        section(
            "What and where",
            Fact("defined at", built.place("network", "pairs", pair.id)),
            Fact("primary", f"{pair.primary} (VRRP master, root)"),
            Fact("secondary", pair.secondary),
            Fact("rings", ", ".join(pair.rings)),
            Fact("switches", str(len(pair.switches))),
            Fact("segments", str(len(pair.segments))),
            *(Fact("longest way", f"{depth.hops} hops to {depth.switch}") for depth in depths),
        ),
        findings_about(built, pair.id),
        rules_on(built, "pair", pair.id, pair.primary, pair.secondary, *pair.rings),
    )


def segment_sheet(built: Built, segment: Segment) -> Sheet:
    """Tell all about a segment and its VLAN."""
    blueprint = built.blueprint
    cameras = [c for c in blueprint.cameras.values() if c.segment == segment.id]
    given = segment_line(built, segment.id)
    carriers = [s.id for s in blueprint.switches.values() if segment.id in s.segments]
    return sheet(
        "segment",
        segment.id,
        segment.title,
        section(
            "What and where",
            Fact("VLAN", f"{segment.vlan} {segment.vlan_name}", given),
            Fact("prefix", str(segment.prefix), given),
            Fact("gateway", f"{segment.gateway} (virtual)"),
            Fact("own addresses", f"{segment.primary} primary, {segment.secondary} secondary"),
            Fact("VRF", "behind the firewall" if segment.vrf == "none" else segment.vrf),
            Fact("pair", segment.pair),
            Fact("cameras", str(len(cameras)) if cameras else ""),
            Fact("known by", ", ".join(carriers)),
        ),
        section("Addresses", *_taken(built, segment)),
        findings_about(built, segment.id),
        rules_on(built, "segment", segment.id),
    )


def _taken(built: Built, segment: Segment) -> Iterator[Fact]:
    """Give who has which address of a segment, and how many are free."""
    blueprint = built.blueprint
    pair = blueprint.pairs[segment.pair]
    taken = {segment.gateway: "gateway"}
    if segment.vrf != "none":
        taken |= {segment.primary: pair.primary, segment.secondary: pair.secondary}
    taken |= {
        c.address: c.id for c in blueprint.cameras.values() if c.segment == segment.id and c.address
    }
    taken |= {p.address: p.id for p in blueprint.points.values() if p.segment == segment.id}
    taken |= {h.address: h.id for h in blueprint.hosts.values() if h.segment == segment.id}
    taken |= {
        s.management: s.id
        for s in blueprint.switches.values()
        if s.management_segment == segment.id
    }
    yield from (Fact(str(address), taken[address]) for address in sorted(taken))
    free = segment.prefix.num_addresses - 2 - len(taken)
    yield Fact("free", f"{free} of {segment.prefix.num_addresses - 2}")


def cable_sheet(built: Built, ident: str) -> Sheet:
    """Tell all about a cable."""
    entry = built.blueprint.estate.network.cables[ident]
    links = [
        link.id
        for link in built.blueprint.links.values()
        if any(ident in strand.cables for strand in link.strands)
    ]
    return sheet(
        "cable",
        ident,
        entry.title,
        section(
            "What and where",
            Fact("defined at", built.place("network", "cables", ident)),
            Fact("length", f"{entry.length_km:g} km"),
            Fact("fibres", str(entry.fibres)),
            Fact("duct", entry.duct or ""),
            Fact("owner", entry.owner or ""),
            Fact("links in it", ", ".join(links) or "none"),
        ),
        _when_lost(built, "cable", ident),
        findings_about(built, ident),
        rules_on(built, "cable", ident),
    )


def site_sheet(built: Built, ident: str) -> Sheet:
    """Tell all about a site."""
    entry = built.blueprint.estate.network.sites[ident]
    return sheet(
        "site",
        ident,
        entry.title,
        section(
            "What and where",
            Fact("defined at", built.place("network", "sites", ident)),
            Fact("kind", entry.kind),
            Fact("commune", entry.commune),
            Fact("position", f"{entry.position[0]:.4f}, {entry.position[1]:.4f}"),
            Fact(
                "fed by", ", ".join(filter(None, (entry.power.supply, entry.power.second_supply)))
            ),
            Fact("UPS", f"{entry.power.ups_minutes} minutes"),
            Fact("switches", ", ".join(entry.switches)),
        ),
        _when_lost(built, "site", ident),
        findings_about(built, ident, *entry.switches),
        rules_on(built, "site", ident, *entry.switches),
    )


def _when_lost(built: Built, kind: str, ident: str) -> Section:
    for outage in built.capacity.outages:
        failure = outage.failure
        if failure and (failure.kind, failure.id) == (kind, ident):
            return section(
                "When it is lost",
                Fact("cameras lost", str(len(outage.cameras) or "")),
                Fact("off the network", ", ".join(outage.detached)),
                Fact("segments cut", str(len(outage.stranded) or "")),
                Fact("segments split", str(len(outage.split) or "")),
            )
    return section("When it is lost", Fact("cameras lost", "none"))


def host_sheet(built: Built, host: Host) -> Sheet:
    """Tell all about a host of the centre."""
    blueprint = built.blueprint
    segment = blueprint.segments[host.segment]
    key = host.id.partition(".")[0]
    given = lock_line(built, None, "hosts", key)
    recorders = {
        name for name, entry in blueprint.estate.centre.recorders.items() if entry.host == key
    }
    recorded = [camera for camera in blueprint.cameras.values() if camera.recorder in recorders]
    return sheet(
        "host",
        host.id,
        host.title,
        section(
            "What and where",
            Fact("defined at", built.place("centre", "hosts", key)),
            Fact("role", host.role),
            Fact("address", f"{host.address}/{segment.prefix.prefixlen}", given),
            Fact(
                "segment",
                f"{segment.id}: VLAN {segment.vlan}",
                segment_line(built, segment.id),
            ),
            *(
                Fact("port", f"{switch} {port}", _socket_line(built, switch, host.id))
                for switch, port in host.ports
            ),
        ),
        section(
            "Recording",
            Fact("cameras", str(len(recorded) or "")),
            Fact("rate", f"{sum(c.bitrate.mbps for c in recorded):g} Mbit/s" if recorded else ""),
            *(
                Fact(
                    f"limit of {name}",
                    f"{blueprint.estate.centre.recorders[name].capacity_mbps:g} Mbit/s",
                    built.place("centre", "recorders", name),
                )
                for name in sorted(recorders)
            ),
            Fact("communes", ", ".join(_communes_of(built, recorders))),
        ),
        findings_about(built, host.id, *recorders),
        rules_on(built, "host", host.id, key, *recorders, *_whole(built)),
    )


def _whole(built: Built) -> tuple[str, str, str]:
    """Give the ids under which rules speak of the centre and of the estate."""
    settings, firewall = built.blueprint.estate.settings, built.blueprint.estate.centre.firewall
    return settings.estate, "centre", firewall.site


def _socket_line(built: Built, switch: str, host: str) -> str:
    return lock_line(built, None, "sockets", f"{switch}/{host}")


def _communes_of(built: Built, recorders: set[str]) -> Iterator[str]:
    shares = built.blueprint.communes.values()
    return (share.name for share in shares if share.recorder in recorders)
