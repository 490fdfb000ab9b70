"""For whom a target counts, and when: where it stands, by whose contract, in which wave.

Days are local: what is in service from the 11th counts from its first minute by the clock on the
wall. A nomad counts where it hangs, for as long as the assignment says; it is part of no wave.
What stands in the sites of the network serves every commune and counts for none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from maille.health.targets.build import kind_of_role
from maille.health.uptime.spans import common
from maille.local_time import midnight
from maille.topology.naming import cabinet_switch
from maille.topology.waves import wave_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from maille.blueprint.model import Blueprint
    from maille.health.model import Kind
    from maille.health.uptime.spans import Span, Spans
    from maille.inventory.schema.commune import Cabinet, Commune
    from maille.inventory.schema.estate import Estate

ALWAYS: Span = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stint:
    """A target in service in one place, for a time."""

    target: str
    kind: Kind
    place: str
    """For people, without its commune: `school`."""
    span: Span
    commune: str | None = None
    wave: str | None = None
    owner: str | None = None
    contract: str | None = None


def stints(blueprint: Blueprint, zone: ZoneInfo) -> tuple[Stint, ...]:
    """Give every time in which a target of the estate was in service, or will be.

    Membership of its commune bounds it: nothing is owed to those that have not joined, or have
    left. What has no day of service yet has no stint.
    """
    days = _Days(zone)
    return (
        *_of_communes(blueprint.estate, days),
        *_of_nomads(blueprint.estate, days),
        *_of_sites(blueprint),
        *_of_hosts(blueprint, days),
    )


@dataclass(frozen=True, slots=True)
class _Days:
    zone: ZoneInfo

    def span(self, first: date | None, after: date | None) -> Span:
        """Give the time from a first day to the first one that is no part of it."""
        begin = midnight(first, self.zone) if first else ALWAYS[0]
        return begin, midnight(after, self.zone) if after else ALWAYS[1]

    def membership(self, commune: Commune) -> Spans:
        """Give the time in which a commune is a member; `until` is its last day."""
        member = commune.member
        if member is None:
            return ()
        return (self.span(member.since, member.until and member.until + _DAY),)

    def service(self, commune: Commune, first: date | None, after: date | None) -> Spans:
        """Give the time in which something of a commune is in service."""
        if first is None or (after is not None and after <= first):
            return ()
        return common(self.membership(commune), (self.span(first, after),))


def _of_communes(estate: Estate, days: _Days) -> Iterator[Stint]:
    for insee, commune in estate.communes.items():
        for key, cabinet in commune.cabinets.items():
            contract = cabinet.contract or commune.contract
            owner = cabinet.owner or commune.owner
            for span in days.service(commune, cabinet.in_service, None):
                yield Stint(
                    target=cabinet_switch(insee, key),
                    kind="switch",
                    place=cabinet.place,
                    span=span,
                    commune=insee,
                    wave=wave_of(estate, commune),
                    owner=owner,
                    contract=contract,
                )
            for ident, camera in cabinet.cameras.items():
                for span in days.service(commune, camera.in_service, camera.out_of_service):
                    yield Stint(
                        target=ident,
                        kind="camera",
                        place=camera.place,
                        span=span,
                        commune=insee,
                        wave=wave_of(estate, commune, camera),
                        owner=camera.owner or owner,
                        contract=contract,
                    )


def _of_nomads(estate: Estate, days: _Days) -> Iterator[Stint]:
    for ident, nomad in estate.nomads.items():
        owner = nomad.owner or estate.communes[nomad.records_to].owner
        for entry in sorted(nomad.assignments, key=lambda one: one.first):
            insee, commune, cabinet, place = _point(estate, entry.at)
            after = entry.last + _DAY if entry.last else None
            for span in days.service(commune, entry.first, after):
                yield Stint(
                    target=ident,
                    kind="camera",
                    place=place,
                    span=span,
                    commune=insee,
                    owner=owner,
                    contract=cabinet.contract or commune.contract,
                )


def _point(estate: Estate, at: str) -> tuple[str, Commune, Cabinet, str]:
    """Give commune, cabinet and place of an attachment point: `<insee>/<cabinet>/<point>`."""
    insee, key, point = at.split("/")
    commune = estate.communes[insee]
    cabinet = commune.cabinets[key]
    return insee, commune, cabinet, cabinet.attachment_points[point].place


def _of_sites(blueprint: Blueprint) -> Iterator[Stint]:
    for switch in blueprint.switches.values():
        if switch.commune is None and switch.in_service:
            yield Stint(switch.id, "switch", switch.place, ALWAYS)


def _of_hosts(blueprint: Blueprint, days: _Days) -> Iterator[Stint]:
    entries = blueprint.estate.centre.hosts
    for host in blueprint.hosts.values():
        entry = entries.get(host.id.partition(".")[0])
        if entry and (kind := kind_of_role(host.role)):
            yield Stint(host.id, kind, host.title, days.span(entry.in_service, None))
