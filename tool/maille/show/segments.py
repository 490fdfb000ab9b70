"""Sheets of segments: a VLAN, its prefix, and who has which address of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.show.lock import segment_line
from maille.show.rules import rules_on
from maille.show.sheet import Fact, findings_about, section, sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Segment
    from maille.check.built import Built
    from maille.show.sheet import Sheet


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
