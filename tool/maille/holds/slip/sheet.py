"""What the record of a hand-over says; pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from maille.holds.export import SUMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from maille.holds.model import Copy, Hold
    from maille.tongue import Tongue

COMMAND = f"sha256sum -c {SUMS}"


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera as the record names it."""

    commune: str
    place: str


@dataclass(frozen=True, slots=True)
class Table:
    """Facts of a kind, in lines."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the record says, in its order."""

    language: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    remarks: tuple[str, ...]
    to_sign: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handover:
    """What is handed over, by whom, and when."""

    estate: str
    hold: Hold
    copies: Sequence[Copy]
    cameras: Mapping[str, Camera]
    sums_sha256: str
    author: str
    at: datetime
    zone: ZoneInfo


def sheet_of(handover: Handover, tongue: Tongue) -> Sheet:
    """Write the record of a hand-over in a language."""
    _ = tongue.gettext
    return Sheet(
        language=tongue.language,
        title=_("Record of a hand-over of images"),
        subtitle=handover.estate,
        facts=tuple(_facts(handover, tongue)),
        tables=tuple(_tables(handover, tongue)),
        remarks=(
            _("Each image file is checked, in the folder of this record, by: {command}").format(
                command=COMMAND
            ),
            _(
                "Copying and hand-over are entered in the register of the video-protection system"
                " (CSI R253-5). The copies kept here are destroyed after the hand-over; from then"
                " on the authority that handles the case keeps the images (CSI R253-4)."
            ),
        ),
        to_sign=(
            _("Handed over by (name, function, date, signature)"),
            _("Received by (name, function, date, signature)"),
        ),
    )


def moment(at: datetime, zone: ZoneInfo, tongue: Tongue) -> str:
    """Write a time by the clock on the wall, and in UTC."""
    local = at.astimezone(zone)
    return f"{tongue.day(local.date())}, {local:%H:%M:%S} ({at:%Y-%m-%d %H:%M:%S}Z)"


def _facts(handover: Handover, tongue: Tongue) -> Iterator[tuple[str, str]]:
    _ = tongue.gettext
    asked = handover.hold.asked
    yield _("Requisition"), asked.reference
    yield _("Authority"), asked.authority
    yield _("Requested by"), asked.asked_by
    if asked.basis:
        yield _("Legal basis"), asked.basis
    yield _("Deadline"), moment(asked.deadline, handover.zone, tongue)
    requested = handover.hold.last("requested")
    if requested:
        yield _("Registered"), moment(requested.at, handover.zone, tongue)
    yield _("Extracted"), moment(handover.at, handover.zone, tongue)
    yield _("Extracted by"), handover.author
    yield _("Files"), tongue.number(len(handover.copies))
    yield _("Bytes"), tongue.number(sum(one.size_bytes for one in handover.copies))
    yield _("SHA-256 of {file}").format(file=SUMS), handover.sums_sha256


def _tables(handover: Handover, tongue: Tongue) -> Iterator[Table]:
    _ = tongue.gettext
    asked = handover.hold.asked

    def said(at: datetime) -> str:
        return moment(at, handover.zone, tongue)

    yield Table(
        _("Period requested ({zone})").format(zone=handover.zone.key),
        (_("From"), _("To")),
        tuple((said(one.start), said(one.end)) for one in asked.windows),
    )
    yield Table(
        _("Images handed over"),
        (
            _("Camera"),
            _("Commune"),
            _("Place"),
            _("Files"),
            _("Bytes"),
            _("First image"),
            _("Last image"),
        ),
        tuple(_cameras(handover, tongue)),
    )
    reasons = {"expired": _("already erased at the end of the retention"), "missing": _("missing")}
    if handover.hold.gaps:
        yield Table(
            _("Times without images"),
            (_("Camera"), _("From"), _("To"), _("Reason")),
            tuple(
                (gap.camera, said(gap.start), said(gap.end), reasons[gap.why])
                for gap in handover.hold.gaps
            ),
        )


def _cameras(handover: Handover, tongue: Tongue) -> Iterator[tuple[str, ...]]:
    ordered = sorted(handover.copies, key=lambda one: (one.camera, one.start))
    copies = {key: list(group) for key, group in groupby(ordered, key=lambda one: one.camera)}
    for ident in handover.hold.asked.cameras:
        found = copies.get(ident, [])
        known = handover.cameras.get(ident, Camera("", ""))
        spans = [
            moment(at, handover.zone, tongue)
            for at in ([found[0].start, max(one.end for one in found)] if found else [])
        ]
        yield (
            ident,
            known.commune,
            known.place,
            tongue.number(len(found)),
            tongue.number(sum(one.size_bytes for one in found)),
            *(spans or ("", "")),
        )
