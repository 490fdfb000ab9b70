"""What an estate promises of every camera's images, and whose files they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from maille.blueprint.storage import keeping_for
from maille.layout.names import commune_of
from maille.rules.retention import LONGEST_RETENTION_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.blueprint.model import Blueprint, Camera
    from maille.inventory.schema.commune import Authorisation, Commune

DAY = timedelta(days=1)
ALWAYS = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))

Window = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Rule:
    """How long images are kept."""

    days: timedelta
    """Every image is kept as long."""
    segment: timedelta
    """How long a segment is."""
    period: timedelta
    """How often what is past its retention is erased."""
    gap: timedelta
    """From which on images are missing between two segments."""
    maximum: timedelta
    """No image may be older."""
    authorisation: str
    """The number of the prefect's authorisation; empty where there is none."""

    @property
    def longest_segment(self) -> timedelta:
        """Give how long after its start a segment may have been written to."""
        return self.segment + self.gap

    def __str__(self) -> str:
        """Give it for a journal."""
        told = f"{_plain(self.days)} + segment {_plain(self.segment)}"
        number = f", authorisation {self.authorisation}" if self.authorisation else ""
        return f"{told}, at most {_plain(self.maximum)}{number}"


@dataclass(frozen=True, slots=True)
class Promise:
    """What holds for one camera."""

    camera: str
    rule: Rule
    windows: tuple[Window, ...]
    """When it films without a break, in order: whole days, for nobody plans hours."""


@dataclass(frozen=True, slots=True)
class Area:
    """A subvolume of recordings: whose it is, and the promises of its cameras."""

    subvolume: str
    commune: str
    """The INSEE code."""
    title: str
    access: Literal["cephfs", "smb", "rbd"]
    owner: Literal["maille", "vms"]
    """Who erases."""
    promises: Mapping[str, Promise]
    rule: Rule
    """For images of a camera that the inventory does not know (any more)."""
    left: bool = False
    """Whether its commune is no member any more: nobody records here, what is there expires."""

    @property
    def ours(self) -> bool:
        """Say whether maille may erase here."""
        return self.access == "cephfs" and self.owner == "maille"


def areas_of(blueprint: Blueprint) -> Iterator[Area]:
    """Give the subvolumes of an estate, by commune."""
    recorders = blueprint.estate.centre.recorders
    for share in blueprint.communes.values():
        numbers = blueprint.lock.communes[share.insee].storage
        cameras = [one for one in blueprint.cameras.values() if one.commune == share.insee]
        for name in share.subvolumes:
            recorder = recorders[numbers[name].recorder]
            yield Area(
                subvolume=name,
                commune=share.insee,
                title=share.name,
                access=recorder.access,
                owner=recorder.retention_owner,
                promises={
                    one.id: _promise(blueprint, share.entry, one)
                    for one in cameras
                    if one.subvolume == name
                },
                rule=_rule(blueprint, share.retention_days, share.entry.authorisation),
            )


def area_of_left(blueprint: Blueprint, subvolume: str) -> Area:
    """Give the share of a commune that is no member any more; of its cameras nothing is known.

    What its file says holds on as long as there is one, and otherwise what the estate says. Whose
    authorisation a camera had is not known either: that with the fewest days counts for all.
    """
    settings = blueprint.estate.settings
    insee = commune_of(settings.estate, subvolume)
    entry = blueprint.estate.communes.get(insee)
    given = [entry.authorisation, *entry.further_authorisations.values()] if entry else []
    strictest = min(filter(None, given), key=lambda one: one.retention_max_days, default=None)
    rule = _rule(blueprint, round(keeping_for(settings, entry).days), strictest)
    return Area(
        subvolume=subvolume,
        commune=insee,
        title=entry.commune if entry else subvolume,
        access="cephfs",
        owner="maille",
        promises={},
        rule=replace(rule, days=min(rule.days, rule.maximum)),
        left=True,
    )


def _promise(blueprint: Blueprint, commune: Commune, camera: Camera) -> Promise:
    if camera.nomad:
        authorisation = commune.authorisation
        windows = tuple(_nomad_windows(blueprint, camera.id))
    else:
        authorisation, windows = _fixed(commune, camera.id)
    return Promise(camera.id, _rule(blueprint, camera.retention_days, authorisation), windows)


def _fixed(commune: Commune, ident: str) -> tuple[Authorisation | None, tuple[Window, ...]]:
    entry = next(
        cabinet.cameras[ident] for cabinet in commune.cabinets.values() if ident in cabinet.cameras
    )
    named = entry.authorisation
    authorisation = commune.further_authorisations.get(named) if named else commune.authorisation
    window = _whole_days(entry.in_service, entry.out_of_service) if entry.in_service else None
    return authorisation, (window,) if window else ()


def _nomad_windows(blueprint: Blueprint, ident: str) -> Iterator[Window]:
    assignments = blueprint.estate.nomads[ident].assignments
    for entry in sorted(assignments, key=lambda one: one.first):
        after = entry.last + DAY if entry.last else None
        if window := _whole_days(entry.first, after):
            yield window


def _whole_days(first: date, after: date | None) -> Window | None:
    """Give the span between a first day and the first one after, both left out.

    On those days somebody mounts it or takes it down; and days are local, the span is UTC.
    """
    begin = _midnight(first + DAY)
    end = _midnight(after - DAY) if after else ALWAYS[1]
    return (begin, end) if begin < end else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def _rule(blueprint: Blueprint, days: int, authorisation: Authorisation | None) -> Rule:
    settings = blueprint.estate.settings.retention
    maximum = authorisation.retention_max_days if authorisation else LONGEST_RETENTION_DAYS
    return Rule(
        days=timedelta(days=days),
        segment=timedelta(minutes=settings.segment_minutes),
        period=timedelta(minutes=settings.expiry_period_minutes),
        gap=timedelta(seconds=settings.longest_gap_s),
        maximum=timedelta(days=min(maximum, LONGEST_RETENTION_DAYS)),
        authorisation=authorisation.number if authorisation else "",
    )


def _plain(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    return f"{minutes // 1440} d" if minutes % 1440 == 0 else f"{minutes} min"
