"""Sections that sheets of several kinds have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.show.sheet import Fact, section

if TYPE_CHECKING:
    from maille.check.built import Built
    from maille.show.sheet import Section
    from maille.show.ways import Hop


def way_section(title: str, hops: tuple[Hop, ...]) -> Section:
    """Write a way link by link."""
    return section(title, *(Fact(hop.link, f"{hop.tail} → {hop.head}", hop.how) for hop in hops))


def when_lost(built: Built, kind: str, ident: str) -> Section:
    """Tell what goes with a thing that fails, by itself or with what hangs on it."""
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


def vlans(built: Built, segments: tuple[str, ...]) -> str:
    """Give the VLAN ids of segments."""
    return ", ".join(str(built.blueprint.segments[ident].vlan) for ident in segments)
