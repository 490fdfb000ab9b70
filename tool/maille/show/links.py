"""Sheets of links, rings and cables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.show.blocks import vlans, way_section, when_lost
from maille.show.lock import lock_line
from maille.show.rules import rules_on
from maille.show.sheet import Fact, findings_about, section, sheet
from maille.show.ways import Ways

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Link, Ring, Strand
    from maille.check.built import Built
    from maille.show.sheet import Section, Sheet


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
            Fact("VLANs", vlans(built, link.segments)),
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
        when_lost(built, "link", link.id),
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
        when_lost(built, "cable", ident),
        findings_about(built, ident),
        rules_on(built, "cable", ident),
    )
