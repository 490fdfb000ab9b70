"""For whom a target counts, and when: by local days, however long they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.health.reporting.memory import utc
from tests.unit.health.reporting.month import PARIS

from maille.health.incidents.calling import within
from maille.health.uptime.attribution import ALWAYS, stints
from maille.health.uptime.hours import spans_of
from maille.health.uptime.periods import periods
from maille.inventory.schema.centre import Hours
from maille.inventory.schema.commune import Member

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint
    from maille.health.uptime.spans import Spans

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def spans(blueprint: Blueprint, target: str) -> Spans:
    return tuple(one.span for one in stints(blueprint, PARIS) if one.target == target)


def of_member(blueprint: Blueprint, member: Member | None) -> Blueprint:
    estate = blueprint.estate
    ici = estate.communes["28085"].model_copy(update={"member": member})
    communes = {**estate.communes, "28085": ici}
    return replace(blueprint, estate=estate.model_copy(update={"communes": communes}))


def test_a_camera_counts_from_its_first_local_day_to_its_last(blueprint: Blueprint) -> None:
    assert spans(blueprint, "28085-0004") == ((utc(2025, 6, 11, 22), utc(2026, 6, 29, 22)),)
    assert spans(blueprint, "28085-0005") == ((utc(2026, 3, 10, 23), ALWAYS[1]),)


def test_what_is_planned_counts_for_nobody(blueprint: Blueprint) -> None:
    assert spans(blueprint, "28085-0003") == ()
    assert spans(blueprint, "28110-stade") == ()
    assert spans(blueprint, "n-05") == ()


def test_a_nomad_counts_where_it_hangs_in_the_order_of_days(blueprint: Blueprint) -> None:
    found = [one for one in stints(blueprint, PARIS) if one.target == "n-03"]
    assert [(one.commune, one.place, one.contract, one.span) for one in found] == [
        (
            "28085",
            "mast in the middle",
            "jour-et-nuit",
            (utc(2026, 2, 28, 23), utc(2026, 3, 19, 23)),
        ),
        ("28110", "stage", "ouvrable", (utc(2026, 3, 19, 23), utc(2026, 3, 31, 22))),
        ("28085", "mast in the middle", "jour-et-nuit", (utc(2026, 9, 30, 22), ALWAYS[1])),
    ]
    assert {(one.wave, one.owner) for one in found} == {(None, "ville")}


def test_nothing_is_owed_outside_of_membership(blueprint: Blueprint) -> None:
    member = Member.model_validate(
        {"since": "2026-03-01", "until": "2026-03-31", "convention": "ici-2024"}
    )
    left = of_member(blueprint, member)
    assert spans(left, "28085-0001") == ((utc(2026, 2, 28, 23), utc(2026, 3, 31, 22)),)
    assert spans(left, "n-03")[-1][0] == utc(2026, 3, 19, 23)
    assert spans(of_member(blueprint, None), "28085-0001") == ()


def test_what_serves_all_counts_for_none(blueprint: Blueprint) -> None:
    of_kind: dict[str, set[str | None]] = {}
    for one in stints(blueprint, PARIS):
        if one.commune is None:
            of_kind.setdefault(one.kind, set()).add(one.owner)
    assert of_kind == {kind: {None} for kind in ("switch", "recorder", "ceph", "host")}


HALVES = st.sampled_from(
    [time(hour, minute) for hour in (0, 4, 8, 12, 18, 23) for minute in (0, 30)]
)


@given(
    st.sets(st.sampled_from(DAYS)),
    HALVES,
    HALVES,
    st.datetimes(datetime(2026, 3, 25), datetime(2026, 4, 2)),  # noqa: DTZ001  # put into UTC below
)
def test_hours_of_a_contract_are_those_in_which_somebody_is_there(
    days: set[str], opens: time, closes: time, moment: datetime
) -> None:
    """Whoever is called by these hours is there in just the time that they count."""
    hours = Hours.model_validate(
        {"days": sorted(days), "opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
    )
    at = moment.replace(tzinfo=UTC)
    window = (at - timedelta(days=1), at + timedelta(days=1))
    counted = any(begin <= at < end for begin, end in spans_of(hours, window, PARIS))
    assert counted == within(hours, at.astimezone(PARIS))


def test_hours_follow_the_clock_on_the_wall() -> None:
    hours = Hours.model_validate({"opens": "22:00", "closes": "06:00"})
    window = (utc(2026, 3, 28, 12), utc(2026, 3, 30, 12))
    assert spans_of(hours, window, PARIS) == (
        (utc(2026, 3, 28, 21), utc(2026, 3, 29, 4)),
        (utc(2026, 3, 29, 20), utc(2026, 3, 30, 4)),
    )
    assert spans_of(None, window, PARIS) == (window,)


ZONES = st.sampled_from(["Europe/Paris", "Indian/Reunion", "Asia/Kolkata", "America/Havana"])


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001  # put into UTC below
    st.timedeltas(timedelta(minutes=1), timedelta(days=900)),
    ZONES,
)
def test_periods_part_a_window_without_a_gap(
    moment: datetime, length: timedelta, zone: str
) -> None:
    begin = moment.replace(tzinfo=UTC)
    found = periods((begin, begin + length), ZoneInfo(zone))
    assert found[0][0] == begin
    assert found[-1][1] == begin + length
    assert all(one[1] == after[0] for one, after in pairwise(found))
    assert all(one[0] < one[1] for one in found)
    assert len(found) <= 64


def test_periods_begin_at_local_midnights() -> None:
    found = periods((utc(2026, 10, 23, 22), utc(2026, 10, 26, 23)), PARIS)
    assert [(end - begin) / timedelta(hours=1) for begin, end in found] == [24, 25, 24]
    assert found[1][0].astimezone(PARIS).date() == date(2026, 10, 25)
