"""Waves, dates and nomad cameras: W001 to W012."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.inventory.schema.catalogue import POE_WATTS
from maille.inventory.suggest import meant, unknown
from maille.rule_info import RuleInfo
from maille.rules.model import EstateRule, Hit
from maille.rules.walk import cabinets, cameras_of
from maille.topology.service import begun, films
from maille.topology.waves import wave_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from maille.inventory.schema.commune import AttachmentPoint
    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.rollout import Assignment
    from maille.rules.model import EstateContext


def _points(estate: Estate) -> dict[str, AttachmentPoint]:
    return {
        f"{commune.insee}/{key}/{name}": point
        for _, commune, key, cabinet in cabinets(estate)
        for name, point in cabinet.attachment_points.items()
    }


def _overlap(first: Assignment, second: Assignment) -> date | None:
    """Give the first day on which both hold."""
    begin = max(first.first, second.first)
    ends = [entry.last for entry in (first, second) if entry.last]
    return begin if all(begin <= end for end in ends) else None


def _two_homes(context: EstateContext) -> Iterator[Hit]:
    for ident, nomad in context.estate.nomads.items():
        order = sorted(enumerate(nomad.assignments), key=lambda item: item[1].first)
        for (_, before), (index, after) in pairwise(order):
            day = _overlap(before, after)
            if day:
                yield Hit(
                    ("nomads", ident, "assignments", index),
                    f"nomad {ident} has two homes from {day}: {before.at} and {after.at}",
                    "end the first assignment (`last`) before the second begins",
                    ident,
                )


def _crowded_points(context: EstateContext) -> Iterator[Hit]:
    seen: dict[str, list[tuple[str, Assignment]]] = {}
    for ident, nomad in context.estate.nomads.items():
        for index, entry in enumerate(nomad.assignments):
            for other, earlier in seen.get(entry.at, ()):
                day = _overlap(earlier, entry)
                if day and other != ident:
                    yield Hit(
                        ("nomads", ident, "assignments", index, "at"),
                        f"attachment point {entry.at} has two nomads from {day}: {other}, {ident}",
                        "choose another point, or other dates",
                        ident,
                    )
            seen.setdefault(entry.at, []).append((ident, entry))


def _unknown_points(context: EstateContext) -> Iterator[Hit]:
    points = _points(context.estate)
    for ident, nomad in context.estate.nomads.items():
        for index, entry in enumerate(nomad.assignments):
            if entry.at not in points and context.knows("communes", entry.at[:5]):
                what, how = unknown("attachment point", entry.at, points)
                yield Hit(("nomads", ident, "assignments", index, "at"), what, how, ident)


def _points_feed(context: EstateContext) -> Iterator[Hit]:
    points = _points(context.estate)
    for ident, nomad in context.estate.nomads.items():
        needs = context.estate.catalogue.cameras[nomad.model].poe
        for index, entry in enumerate(nomad.assignments):
            point = points.get(entry.at)
            if point and POE_WATTS[point.poe] < POE_WATTS[needs]:
                yield Hit(
                    ("nomads", ident, "assignments", index, "at"),
                    f"nomad {ident} needs 802.3{needs}, attachment point {entry.at} gives"
                    f" 802.3{point.poe}",
                    "choose another point, or raise its `poe`",
                    ident,
                )


def _assignment_dates(context: EstateContext) -> Iterator[Hit]:
    for ident, nomad in context.estate.nomads.items():
        for index, entry in enumerate(nomad.assignments):
            if entry.last and entry.last < entry.first:
                yield Hit(
                    ("nomads", ident, "assignments", index, "last"),
                    f"the assignment ends on {entry.last}, before it begins on {entry.first}",
                    "correct one of the dates",
                    ident,
                )


def _overdue(context: EstateContext) -> Iterator[Hit]:
    for key, wave in context.estate.waves.items():
        if wave.due < context.as_of and wave.state in {"planned", "building"}:
            yield Hit(
                ("waves", key, "due"),
                f"wave `{key}` was due on {wave.due} and is {wave.state}",
                "set its `state`, or agree on another date",
                key,
            )


def _wave_state(context: EstateContext) -> Iterator[Hit]:
    estate = context.estate
    for insee, commune in estate.communes.items():
        if not commune.member:
            continue
        for path, ident, camera in cameras_of(commune, insee):
            key = wave_of(estate, commune, camera)
            wave = estate.waves.get(key or "")
            if not wave or camera.out_of_service:
                continue
            runs = begun(camera.in_service, context.as_of)
            if wave.state == "accepted" and not runs:
                yield Hit(
                    path,
                    f"wave `{key}` is accepted and camera {ident} is not in service",
                    "name a later `wave` for it, or its day of `in_service`",
                    ident,
                )
            if wave.state == "planned" and runs:
                yield Hit(
                    (*path, "in_service"),
                    f"camera {ident} is in service and its wave `{key}` only planned",
                    "set the wave's `state`",
                    ident,
                )


def _not_enrolled(context: EstateContext) -> Iterator[Hit]:
    for insee, commune in context.estate.communes.items():
        for path, ident, camera in cameras_of(commune, insee):
            if films(camera, context.as_of) and camera.mac is None:
                yield Hit(
                    (*path, "in_service"),
                    f"camera {ident} is in service since {camera.in_service} and has no MAC"
                    " address: its port is shut",
                    "write its `mac` from the label (`maille commune enrol`), or take"
                    " `in_service` out",
                    ident,
                )


def _zones(context: EstateContext) -> Iterator[Hit]:
    """Without waves by zone a zone is free text."""
    zones = {zone for wave in context.estate.waves.values() for zone in wave.zones}
    for insee, commune in context.estate.communes.items():
        known = commune.zone is None or commune.zone in zones
        if zones and not known and context.knows("waves"):
            what = f"zone `{commune.zone}` of {commune.commune} is in no wave"
            how = meant(commune.zone or "", zones) or "write it into `zones` of a wave"
            yield Hit(("communes", insee, "zone"), what, how, insee)


def _service_dates(context: EstateContext) -> Iterator[Hit]:
    for insee, commune in context.estate.communes.items():
        for path, ident, camera in cameras_of(commune, insee):
            begins, ends = camera.in_service, camera.out_of_service
            if ends and (begins is None or ends < begins):
                yield Hit(
                    (*path, "out_of_service"),
                    f"camera {ident} goes out of service before it was in",
                    "correct one of the dates",
                    ident,
                )
            joined = commune.member.since if commune.member else None
            if begins and joined and begins < joined:
                yield Hit(
                    (*path, "in_service"),
                    f"camera {ident} is in service since {begins}, {commune.commune} a member"
                    f" since {joined}",
                    "nothing runs for a commune before it joins",
                    ident,
                )


def _non_members(context: EstateContext) -> Iterator[Hit]:
    for insee, commune in context.estate.communes.items():
        if commune.cabinets and commune.member is None:
            yield Hit(
                ("communes", insee, "cabinets"),
                f"{commune.commune} has cabinets and is no member: nothing is provisioned",
                "write `member: {since: …, convention: …}` once it joins",
                insee,
            )


def _twice(context: EstateContext) -> Iterator[Hit]:
    """Ids of cameras and MAC addresses mean one device in the whole estate."""
    cameras = [
        (path, ident, camera.mac)
        for insee, commune in context.estate.communes.items()
        for path, ident, camera in cameras_of(commune, insee)
    ]
    cameras += [(("nomads", ident), ident, n.mac) for ident, n in context.estate.nomads.items()]
    ids = Counter(ident for _, ident, _ in cameras)
    macs = Counter(mac for _, _, mac in cameras if mac)
    for path, ident, mac in cameras:
        if ids[ident] > 1:
            yield Hit(path, f"camera {ident} stands twice", "an id means one camera", ident)
        if mac and macs[mac] > 1:
            yield Hit(
                (*path, "mac"),
                f"two cameras have the MAC address {mac}",
                "read it from the label once more",
                ident,
            )


def _rollout(code: str, title: str, text: str, severity: Severity = Severity.ERROR) -> RuleInfo:
    return RuleInfo(code, title, severity, "maille", text)


RULES = (
    EstateRule(
        _rollout(
            "W001",
            "nomad with two homes",
            "A nomad camera hangs at one attachment point at a time: port, VLAN and monitoring "
            "follow its assignment of the day.",
        ),
        _two_homes,
        judges=("nomad",),
    ),
    EstateRule(
        _rollout("W002", "attachment point taken twice", "A port carries one camera at a time."),
        _crowded_points,
        judges=("nomad", "attachment point"),
    ),
    EstateRule(
        _rollout(
            "W003",
            "unknown attachment point",
            "Nomads go to points that were prepared: `<insee>/<cabinet>/<point>`.",
        ),
        _unknown_points,
        judges=("nomad",),
    ),
    EstateRule(
        _rollout(
            "W004",
            "attachment point feeds too little",
            "The port gives the PoE standard of the point; the nomad's model needs at least that.",
        ),
        _points_feed,
        judges=("nomad", "attachment point"),
        follows=True,
    ),
    EstateRule(
        _rollout("W005", "assignment that ends before it begins", "Dates are inclusive."),
        _assignment_dates,
        judges=("nomad",),
    ),
    EstateRule(
        _rollout(
            "W006",
            "wave overdue",
            "The due date of a wave has passed and it is not in service.",
            Severity.WARNING,
        ),
        _overdue,
        judges=("wave",),
    ),
    EstateRule(
        _rollout(
            "W007",
            "camera at odds with its wave",
            "An accepted wave has all its cameras in service, a planned one none.",
        ),
        _wave_state,
        judges=("camera", "wave"),
    ),
    EstateRule(
        _rollout("W008", "impossible dates", "Nothing ends before it begins, or runs unjoined."),
        _service_dates,
        judges=("camera",),
    ),
    EstateRule(
        _rollout(
            "W009",
            "equipment of a commune that is no member",
            "Nothing is provisioned for a commune that has not joined.",
            Severity.WARNING,
        ),
        _non_members,
        judges=("commune",),
    ),
    EstateRule(
        _rollout("W010", "camera or MAC address twice", "Identity is unique in the estate."),
        _twice,
        judges=("camera", "nomad"),
    ),
    EstateRule(
        _rollout(
            "W011",
            "zone without a wave",
            "A commune comes with the wave of its zone, unless it or its cameras name another. "
            "The cameras of a zone that no wave lists are counted nowhere.",
            Severity.WARNING,
        ),
        _zones,
        judges=("commune", "wave"),
    ),
    EstateRule(
        _rollout(
            "W012",
            "in service and not enrolled",
            "The port of a camera without a MAC address is shut, so a camera that films has one.",
        ),
        _not_enrolled,
        judges=("camera",),
    ),
)
