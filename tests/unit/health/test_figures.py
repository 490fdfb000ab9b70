"""The figures of a target are those that one would find minute by minute, and by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import get_args
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from maille.health.history.model import Origin, PolledInterval, StateInterval
from maille.health.model import STATES, State
from maille.health.uptime.figures import AVAILABLE, AWAY, Figures, figures_of, together

PARIS = ZoneInfo("Europe/Paris")
START = datetime(2026, 3, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
LENGTH = 90
ORIGINS: tuple[Origin, ...] = get_args(Origin)


def at(minute: int) -> datetime:
    return START + minute * MINUTE


def interval(
    state: State, began: datetime, ended: datetime | None, origin: Origin = "own"
) -> StateInterval:
    return StateInterval("camera", state, began, ended, origin)


def polled(*spans: tuple[datetime, datetime]) -> list[PolledInterval]:
    return [PolledInterval("camera", *span) for span in spans]


@st.composite
def histories(draw: st.DrawFn) -> list[StateInterval]:
    cuts = sorted(draw(st.sets(st.integers(0, LENGTH), min_size=2, max_size=10)))
    lasting = draw(st.booleans())
    return [
        interval(
            draw(st.sampled_from(STATES)),
            at(begin),
            None if lasting and end == cuts[-1] else at(end),
            draw(st.sampled_from(ORIGINS)),
        )
        for begin, end in pairwise(cuts)
    ]


PAIRS = st.lists(st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)), max_size=4)


@given(histories(), PAIRS, PAIRS, PAIRS)
def test_every_minute_is_counted_once(
    states: list[StateInterval],
    seen: list[tuple[int, int]],
    service: list[tuple[int, int]],
    planned: list[tuple[int, int]],
) -> None:
    window = (at(10), at(80))
    figures = figures_of(
        window,
        [(at(a), at(b)) for a, b in service],
        states,
        polled(*((at(a), at(b)) for a, b in seen)),
        [(at(a), at(b)) for a, b in planned],
    )
    counted = dict.fromkeys(("up", "degraded", "maintenance", *ORIGINS, "unknown", "wanted"), 0)
    for minute in range(10, 80):
        if not any(a <= minute < b for a, b in service):
            continue
        counted["wanted"] += 1
        now = next(
            (one for one in states if one.began <= at(minute) < (one.ended or at(LENGTH))), None
        )
        if any(a <= minute < b for a, b in planned):
            counted["maintenance"] += 1
        elif not any(a <= minute < b for a, b in seen) or now is None or now.state == "unknown":
            counted["unknown"] += 1
        elif now.state in AWAY:
            counted[now.origin] += 1
        else:
            counted[now.state] += 1
    assert {name: getattr(figures, name) // MINUTE for name in counted} == counted
    assert figures.away == sum((one.seen for one in figures.outages), timedelta())
    assert all(window[0] <= one.began < window[1] for one in figures.outages)
    share = sum(counted[name] for name in AVAILABLE)
    judged = share + sum(counted[name] for name in ORIGINS)
    assert figures.availability == (share / judged if judged else None)


def test_a_month_by_hand() -> None:
    """March 2026 in Chartres has 743 hours: its last Sunday has 23.

    The camera came into service on the 11th at midnight (UTC+1), so 743 - 240 = 503 hours are
    owed. The poller was away from the 20th 06:00 to 12:00 UTC: 6 hours are unknown. Down by its own
    fault on the 15th from 08:00 to 09:30 UTC, upstream on the 18th from 22:00 to the 19th 04:00,
    and from 05:00 on the 20th, still so when the poller came back, until 13:00: of 8 hours 2 were
    seen. Two hours of maintenance on the 25th, in which it was down for one.
    """
    window = (
        datetime(2026, 3, 1, tzinfo=PARIS).astimezone(UTC),
        datetime(2026, 4, 1, tzinfo=PARIS).astimezone(UTC),
    )
    assert window[1] - window[0] == 743 * HOUR

    def march(day: int, hour: int, minute: int = 0) -> datetime:
        return datetime(2026, 3, day, hour, minute, tzinfo=UTC)

    joined_at = datetime(2026, 3, 11, tzinfo=PARIS).astimezone(UTC)
    changes: list[tuple[datetime, State, Origin]] = [
        (joined_at, "up", "own"),
        (march(15, 8), "down", "own"),
        (march(15, 9, 30), "up", "own"),
        (march(18, 22), "unreachable", "upstream"),
        (march(19, 4), "degraded", "own"),
        (march(19, 5), "up", "own"),
        (march(20, 5), "unreachable", "upstream"),
        (march(20, 13), "up", "own"),
        (march(25, 10), "down", "own"),
        (march(25, 11), "up", "own"),
    ]
    ends: list[datetime | None] = [*(change[0] for change in changes[1:]), None]
    states = [
        interval(state, began, ended, origin)
        for (began, state, origin), ended in zip(changes, ends, strict=True)
    ]
    figures = figures_of(
        window,
        [(joined_at, window[1])],
        states,
        polled((window[0], march(20, 6)), (march(20, 12), window[1])),
        [(march(25, 10), march(25, 12))],
    )
    assert figures.wanted == 503 * HOUR
    assert figures.unknown == 6 * HOUR
    assert figures.own == 1.5 * HOUR
    assert figures.upstream == 8 * HOUR
    assert figures.power == timedelta()
    assert figures.maintenance == 2 * HOUR
    assert figures.degraded == HOUR
    assert figures.up == (503 - 6 - 1.5 - 8 - 2 - 1) * HOUR
    assert figures.availability == 485.5 / 495
    assert [(one.began, one.origin, one.seen / HOUR) for one in figures.outages] == [
        (march(15, 8), "own", 1.5),
        (march(18, 22), "upstream", 6),
        (march(20, 5), "upstream", 2),
    ]
    assert figures.mttr == (1.5 + 6 + 8) / 3 * HOUR
    assert figures.mtbf == 485.5 / 3 * HOUR


def test_an_outage_that_outlasts_the_window_has_no_length_yet() -> None:
    figures = figures_of(
        (at(10), at(40)),
        [(at(0), at(90))],
        [
            interval("down", at(0), at(20)),
            interval("up", at(20), at(30)),
            interval("down", at(30), None),
        ],
        polled((at(0), at(90))),
    )
    assert [(one.began, one.ended, one.earlier) for one in figures.outages] == [
        (at(10), at(20), True),
        (at(30), None, False),
    ]
    assert figures.mttr == 10 * MINUTE
    assert figures.mtbf == 10 * MINUTE


def test_who_was_never_polled_has_no_availability() -> None:
    figures = figures_of((at(0), at(60)), [(at(0), at(60))], [interval("up", at(0), None)], [])
    assert figures.unknown == HOUR
    assert (figures.availability, figures.mttr, figures.mtbf) == (None, None, None)


def test_several_targets_add_up() -> None:
    window, service = (at(0), at(60)), [(at(0), at(60))]
    one = figures_of(window, service, [interval("up", at(0), None)], polled(window))
    other = figures_of(window, service, [interval("down", at(0), None)], polled(window))
    both: Figures = together((one, other))
    assert both.wanted == 2 * HOUR
    assert both.availability == 0.5
    assert both.outages == other.outages
