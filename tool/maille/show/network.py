"""Sheets of switches, links, rings, pairs, segments, cables, sites and hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.show.sheet import Fact, findings_about, section, sheet
from maille.show.ways import parents, way_up

if TYPE_CHECKING:
    from maille.blueprint.model import Host, Link, Pair, Port, Ring, Segment, Switch
    from maille.check.built import Built
    from maille.show.sheet import Section, Sheet


def switch_sheet(built: Built, switch: Switch) -> Sheet:
    """Tell all about a switch."""
    if switch.cabinet and switch.commune:
        path: tuple[str, ...] = ("communes", switch.commune, "cabinets", switch.cabinet)
    else:
        path = ("network", "sites", switch.site, "switches", switch.id)
    cameras = [p for p in switch.ports if p.kind == "camera"]
    return sheet(
        "switch",
        switch.id,
        switch.place,
        section(
            "What and where",
            Fact("defined at", built.place(*path)),
            Fact("host name", switch.hostname, "lock" if switch.cabinet else ""),
            Fact("model", f"{switch.model.title} ({switch.model_id})", switch.model.source),
            Fact("language", f"{switch.model.platform}, {switch.model.dialect}"),
            Fact("role", switch.role),
            Fact("site", switch.site),
            Fact("position", f"{switch.location[0]:.4f}, {switch.location[1]:.4f}"),
            Fact("fed by", ", ".join(switch.supplies)),
            Fact("management", str(switch.management), "lock"),
            Fact("in service", "yes" if switch.in_service else "planned"),
        ),
        section(
            "Network",
            Fact("pair", switch.pair or ""),
            Fact("ring", switch.ring or ""),
            Fact("bridge priority", str(switch.stp_priority)),
            Fact("parents", ", ".join(parents(built.blueprint, switch.id))),
            Fact("way up", " → ".join(way_up(built.blueprint, switch.id))),
            Fact("VLANs", _vlans(built, switch.segments)),
            Fact("cameras", str(len(cameras))),
            _poe(built, switch),
        ),
        section("Ports", *(_port(port) for port in switch.ports if port.kind != "spare")),
        findings_about(built, switch.id),
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
    normal, worst = built.capacity.normal[link.id], built.capacity.worst_by_link[link.id]
    after = f" after the loss of {worst.failure.kind} {worst.failure.id}" if worst.failure else ""
    return sheet(
        "link",
        link.id,
        f"{link.a.switch} to {link.b.switch}",
        section(
            "What and where",
            Fact("role", link.role),
            Fact("from", f"{link.a.switch} {', '.join(link.a.ports)}"),
            Fact("to", f"{link.b.switch} {', '.join(link.b.ports)}"),
            Fact("medium", link.medium),
            Fact("capacity", f"{link.capacity_mbps:g} Mbit/s"),
            Fact("ring", link.ring or ""),
            Fact("VLANs", _vlans(built, link.segments)),
            *(
                Fact(f"transit {net.vrf}", f"{net.prefix}, VLAN {net.vlan}", "lock")
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
        findings_about(built, link.id),
    )


def _strands(link: Link) -> list[Fact]:
    facts = []
    for number, strand in enumerate(link.strands):
        loss = ""
        if strand.loss_db is not None:
            known = "measured" if strand.loss_measured else "planned"
            loss = f", {strand.loss_db:g} dB ({known})"
        optics = " / ".join(dict.fromkeys(o for o in (strand.optic_a, strand.optic_b) if o))
        cables = ", ".join(strand.cables) or "no cable"
        facts.append(Fact(str(number), f"{strand.length_km:g} km{loss}, {optics}, {cables}"))
    return facts


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
        findings_about(built, ring.id),
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
    )


def segment_sheet(built: Built, segment: Segment) -> Sheet:
    """Tell all about a segment and its VLAN."""
    blueprint = built.blueprint
    cameras = [c for c in blueprint.cameras.values() if c.segment == segment.id]
    carriers = [s.id for s in blueprint.switches.values() if segment.id in s.segments]
    return sheet(
        "segment",
        segment.id,
        segment.title,
        section(
            "What and where",
            Fact("VLAN", f"{segment.vlan} {segment.vlan_name}", "lock"),
            Fact("prefix", str(segment.prefix), "lock"),
            Fact("gateway", f"{segment.gateway} (virtual)"),
            Fact("own addresses", f"{segment.primary} primary, {segment.secondary} secondary"),
            Fact("VRF", "behind the firewall" if segment.vrf == "none" else segment.vrf),
            Fact("pair", segment.pair),
            Fact("cameras", str(len(cameras)) if cameras else ""),
            Fact("known by", ", ".join(carriers)),
        ),
        findings_about(built, segment.id),
    )


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
        findings_about(built, ident),
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
    segment = built.blueprint.segments[host.segment]
    return sheet(
        "host",
        host.id,
        host.title,
        section(
            "What and where",
            Fact("role", host.role),
            Fact("address", f"{host.address}/{segment.prefix.prefixlen}", "lock"),
            Fact("segment", f"{segment.id}: VLAN {segment.vlan}"),
            *(Fact("port", f"{switch} {port}", "lock, model") for switch, port in host.ports),
        ),
    )
