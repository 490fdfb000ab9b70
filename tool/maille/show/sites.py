"""Sheets of sites, and of the hosts of the centre."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.show.blocks import when_lost
from maille.show.lock import lock_line, segment_line
from maille.show.rules import rules_on
from maille.show.sheet import Fact, findings_about, section, sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Host
    from maille.check.built import Built
    from maille.show.sheet import Sheet


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
        when_lost(built, "site", ident),
        findings_about(built, ident, *entry.switches),
        rules_on(built, "site", ident, *entry.switches),
    )


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
