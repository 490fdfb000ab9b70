"""Sheets of communes, waves and conventions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.access import rights_in
from maille.blueprint.storage import in_both_units
from maille.show.lock import LockFile
from maille.show.rules import rules_on
from maille.show.sheet import Fact, findings_about, section, sheet

if TYPE_CHECKING:
    from maille.blueprint.model import CommuneShare
    from maille.check.built import Built
    from maille.inventory.schema.commune import Commune
    from maille.show.sheet import Section, Sheet


def commune_sheet(built: Built, insee: str) -> Sheet:
    """Tell all about a commune, member or not."""
    entry = built.blueprint.estate.communes[insee]
    share = built.blueprint.communes.get(insee)
    return sheet(
        "commune",
        insee,
        entry.commune,
        _identity(built, entry, share),
        *(
            (_network(built, share), _recording(built, share), _access(built, insee))
            if share
            else ()
        ),
        findings_about(built, insee, *(share.switches + share.cameras if share else ())),
        rules_on(built, "commune", *_judged_with(built, insee, entry)),
    )


def _judged_with(built: Built, insee: str, entry: Commune) -> tuple[str, ...]:
    """Give the ids under which rules speak of a commune, its places, events and estate."""
    parts = (f"{insee}/{key}" for key in (*entry.places, *entry.events))
    return (insee, *parts, "retention", built.blueprint.estate.settings.estate)


def _identity(built: Built, entry: Commune, share: CommuneShare | None) -> Section:
    insee, member, text = entry.insee, entry.member, entry.authorisation
    return section(
        "What and where",
        Fact("defined at", built.place("communes", insee)),
        Fact("population", f"{entry.population:,}" if entry.population else ""),
        Fact("zone", entry.zone or ""),
        Fact(
            "member",
            f"since {member.since}, convention {member.convention}" if member else "no",
            built.place("communes", insee, "member") if member else "",
        ),
        Fact(
            "authorisation",
            f"{text.number}, until {text.expires}" if text else "none",
            built.place("communes", insee, "authorisation") if text else "",
        ),
        Fact("cameras", f"{share.connected} of {share.planned} connected" if share else ""),
        Fact("to be called", ", ".join(entry.call)),
        Fact("contract", entry.contract or ""),
    )


def _network(built: Built, share: CommuneShare) -> Section:
    blueprint = built.blueprint
    blocks = blueprint.lock.communes[share.insee].blocks
    lock = LockFile(built, share.insee)
    rings = dict.fromkeys(blueprint.switches[ident].ring or "" for ident in share.switches)
    return section(
        "Network",
        *(
            Fact(f"block {key}", str(block.prefix), lock.line("blocks", key))
            for key, block in blocks.items()
        ),
        Fact("rings", ", ".join(ring for ring in rings if ring)),
        Fact("switches", ", ".join(share.switches)),
        *(
            Fact(
                f"VLAN {segment.vlan}",
                f"{segment.prefix} {segment.vlan_name}",
                lock.line("segments", segment.id.partition("/")[2]),
            )
            for segment in (blueprint.segments[ident] for ident in share.segments)
        ),
    )


def _recording(built: Built, share: CommuneShare) -> Section:
    settings = ("settings", "retention")
    own = ("communes", share.insee, "retention")
    wish = share.entry.retention
    lock = LockFile(built, share.insee)
    return section(
        "Recording",
        Fact("rate", f"{share.mbps:g} Mbit/s"),
        Fact("kept", f"{share.retention_days} days", built.place(*(own if wish else settings))),
        Fact("need", in_both_units(share.need_bytes)),
        Fact("quota", in_both_units(share.quota_bytes), f"with a margin of {share.margin:.0%}"),
        *(
            Fact("subvolume", f"{key} on {share.recorder}", lock.line("storage", key))
            for key in share.subvolumes
        ),
    )


def _access(built: Built, insee: str) -> Section:
    return section(
        "Who may see its cameras",
        *(
            Fact(
                right.agency_title,
                f"{', '.join(right.grant.access)} from {', '.join(right.grant.sites)}"
                f" ({right.grant.mode})",
                f"{right.convention}: {right.legal_basis}",
            )
            for right in rights_in(built.blueprint, insee)
        ),
    )


def wave_sheet(built: Built, ident: str) -> Sheet:
    """Tell all about a wave."""
    wave = built.blueprint.estate.waves[ident]
    cameras = [c for c in built.blueprint.cameras.values() if c.wave == ident]
    connected = sum(camera.connected for camera in cameras)
    informed = wave.prefect_informed
    return sheet(
        "wave",
        ident,
        wave.title,
        section(
            "What and when",
            Fact("defined at", built.place("waves", ident)),
            Fact("due", str(wave.due)),
            Fact("state", wave.state),
            Fact("zones", ", ".join(wave.zones)),
            Fact("prefect informed", str(informed) if informed else "not yet"),
            Fact("cameras", f"{connected} of {len(cameras)} connected"),
            Fact("communes", str(len({camera.commune for camera in cameras}))),
        ),
        findings_about(built, ident),
        rules_on(built, "wave", ident, *(camera.id for camera in cameras)),
    )


def convention_sheet(built: Built, ident: str) -> Sheet:
    """Tell all about a convention."""
    entry = built.blueprint.estate.conventions[ident]
    judged = (ident, *(f"{ident}/{key}" for key in entry.grants))
    return sheet(
        "convention",
        ident,
        entry.title,
        section(
            "What and when",
            Fact("defined at", built.place("conventions", ident)),
            Fact("kind", entry.kind),
            Fact("parties", ", ".join(entry.parties)),
            Fact("legal basis", entry.legal_basis),
            Fact("signed", str(entry.signed)),
            Fact("ends", str(entry.expires) if entry.expires else "no end"),
            Fact("communes", ", ".join(entry.communes)),
        ),
        section(
            "Grants",
            *(
                Fact(
                    key,
                    f"{grant.agency}: {', '.join(grant.access)} ({grant.mode})",
                    built.place("conventions", ident, "grants", key),
                )
                for key, grant in entry.grants.items()
            ),
        ),
        findings_about(built, *judged),
        rules_on(built, "convention", *judged, *entry.communes),
    )
