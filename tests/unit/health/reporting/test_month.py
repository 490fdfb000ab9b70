"""A month of a small estate, every figure of it computed by hand; `month.py` tells it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.unit.health.reporting.memory import Memory, utc
from tests.unit.health.reporting.month import PARIS

from maille.health.reporting.compiling import compile_report
from maille.health.reporting.model import Asked

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint
    from maille.health.model import Kind
    from maille.health.reporting.model import By, Report, Row
    from maille.health.uptime.spans import Span

HOUR = timedelta(hours=1)
HOURS = 743
"""Of March 2026 in France."""


def compiled(
    blueprint: Blueprint, history: Memory, window: Span, by: By = "commune", kind: Kind = "camera"
) -> Report:
    return compile_report(blueprint, history, Asked(window, PARIS, by, frozenset({kind})))


def row(report: Report, key: str | None) -> Row:
    return next(one for one in report.rows if one.key == key)


def told(found: Row) -> dict[str, float]:
    names = ("wanted", "unknown", "own", "upstream", "power", "maintenance", "degraded", "up")
    return {name: getattr(found.figures, name) / HOUR for name in names}


def test_ici(blueprint: Blueprint, history: Memory, march: Span) -> None:
    """Four cameras all month, one from the 11th (743 - 240), a nomad for 19 days of 24 hours.

    The poller was away for 6 hours while five of them were there; the nomad had moved. What was
    cut short by the move has no end here: two outages have a length, 1.5 and 3 hours.
    """
    found = row(compiled(blueprint, history, march), "28085")
    wanted = 4 * HOURS + (HOURS - 240) + 19 * 24
    assert told(found) == {
        "wanted": wanted,
        "unknown": 5 * 6,
        "own": 1.5,
        "upstream": 3,
        "power": 3,
        "maintenance": 0,
        "degraded": 0,
        "up": wanted - 30 - 7.5,
    }
    assert found.targets == 6
    assert found.figures.availability == 3893.5 / 3901
    assert [one.target for one in found.figures.outages] == ["28085-0001", "n-03", "28085-0005"]
    assert found.figures.mttr == 2.25 * HOUR
    assert found.figures.mtbf == 3893.5 * HOUR / 3


def test_ailleurs(blueprint: Blueprint, history: Memory, march: Span) -> None:
    """Eight cameras all month, and the nomad for 12 days, of which one has 23 hours.

    Of the outage of 8 hours 2 were seen. The nomad's had begun before it came: it ends here, and
    did not begin here.
    """
    found = row(compiled(blueprint, history, march), "28110")
    wanted = 8 * HOURS + 12 * 24 - 1
    assert told(found) == {
        "wanted": wanted,
        "unknown": 9 * 6,
        "own": 2,
        "upstream": 3,
        "power": 0,
        "maintenance": 2,
        "degraded": 1,
        "up": wanted - 54 - 5 - 2 - 1,
    }
    assert found.figures.availability == 6170 / 6175
    assert found.figures.mttr == 5.5 * HOUR
    assert found.figures.mtbf == 6170 * HOUR


def test_a_contract_is_judged_in_its_own_hours(
    blueprint: Blueprint, history: Memory, march: Span
) -> None:
    """22 working days of 10 hours for 8 cameras, 8 of them for the nomad: 1,840 hours.

    Not seen are those of the 20th from 08:00 to 13:00, of nine cameras: 45. Of the outages one
    hour falls into them. In all hours the contract would have been missed: 6,170 of 6,175. From
    08:00 to 14:00 the camera on the roof waited for its repair, for longer than 4 hours.
    """
    (owed,) = row(compiled(blueprint, history, march), "28110").commitments
    assert owed.contract == "ouvrable"
    assert owed.figures.wanted == 1840 * HOUR
    assert owed.figures.unknown == 45 * HOUR
    assert owed.figures.maintenance == 2 * HOUR
    assert owed.figures.availability == 1792 / 1793
    assert owed.terms.uptime_target > 6170 / 6175
    assert (owed.met, owed.late) == (True, 1)


def test_a_contract_of_all_hours_counts_them_all(
    blueprint: Blueprint, history: Memory, march: Span
) -> None:
    (owed,) = row(compiled(blueprint, history, march), "28085").commitments
    assert (owed.contract, owed.targets) == ("jour-et-nuit", 6)
    assert owed.figures.availability == 3893.5 / 3901
    assert (owed.met, owed.late) == (True, 0)


def test_a_contract_is_missed(blueprint: Blueprint, history: Memory) -> None:
    """On the 15th alone: of 120 hours of five cameras 1.5 are lost; the nomad makes it 144."""
    day = (utc(2026, 3, 14, 23), utc(2026, 3, 15, 23))
    (owed,) = row(compiled(blueprint, history, day), "28085").commitments
    assert owed.figures.availability == 142.5 / 144
    assert owed.met is False


def test_what_nobody_saw_meets_and_misses_nothing(blueprint: Blueprint, history: Memory) -> None:
    gap = (utc(2026, 3, 20, 6), utc(2026, 3, 20, 12))
    report = compiled(blueprint, history, gap)
    assert report.whole.figures.availability is None
    assert [one.met for one in report.whole.commitments] == [None, None]
    assert report.unseen == (gap,)


def test_the_nomad_is_one_device_with_one_outage(
    blueprint: Blueprint, history: Memory, march: Span
) -> None:
    report = compiled(blueprint, history, march, "camera")
    found = row(report, "n-03")
    assert told(found)["wanted"] == HOURS
    assert told(found)["upstream"] == 6
    assert [(one.ended, one.seen) for one in found.figures.outages] == [
        (utc(2026, 3, 20, 2), 6 * HOUR)
    ]
    assert [one.contract for one in found.commitments] == ["jour-et-nuit", "ouvrable"]


def test_the_whole_counts_no_outage_twice(
    blueprint: Blueprint, history: Memory, march: Span
) -> None:
    whole = compiled(blueprint, history, march).whole
    assert whole.targets == 14 - 1 + 1
    assert told(whole)["wanted"] == 3931 + 6231
    assert len(whole.figures.outages) == 4
    assert whole.figures.mttr == (1.5 + 3 + 8 + 6) / 4 * HOUR
    assert whole.figures.mtbf == (3893.5 + 6170) / 4 * HOUR


@pytest.mark.parametrize(
    ("by", "wanted"),
    [
        ("commune", {"28085": 3931, "28110": 6231}),
        ("wave", {"first": 4 * HOURS + 503 + 8 * HOURS, None: HOURS}),
        ("owner", {"ville": 3931 + 287, None: 8 * HOURS}),
    ],
)
def test_every_hour_counts_once_whatever_the_rows_are(
    blueprint: Blueprint, history: Memory, march: Span, by: By, wanted: dict[str | None, float]
) -> None:
    report = compiled(blueprint, history, march, by)
    assert {one.key: told(one)["wanted"] for one in report.rows} == wanted


def test_switches_count_for_their_commune_and_those_of_sites_for_none(
    blueprint: Blueprint, history: Memory, march: Span
) -> None:
    report = compiled(blueprint, history, march, kind="switch")
    assert {one.key: one.targets for one in report.rows} == {"28085": 3, "28110": 5, None: 8}


def test_rows_and_causes_begin_with_the_worst(
    blueprint: Blueprint, history: Memory, march: Span
) -> None:
    report = compiled(blueprint, history, march)
    assert [one.key for one in report.rows] == ["28085", "28110"]
    assert [(one.causes, one.origin, one.lost / HOUR) for one in report.blames] == [
        (("agg-2",), "upstream", 6),
        (("28085-jardin",), "power", 3),
        (("28110-0006",), "own", 2),
        (("28085-0001",), "own", 1.5),
    ]


def test_periods_add_up_to_the_window(blueprint: Blueprint, history: Memory, march: Span) -> None:
    """31 local days; on the 29th, of 23 hours, the camera without power was away for three."""
    report = compiled(blueprint, history, march)
    assert len(report.periods) == 31
    for name, hours in told(report.whole).items():
        assert sum((getattr(one.figures, name) for one in report.periods), timedelta()) == (
            hours * HOUR
        )
    sunday = report.periods[28]
    assert sunday.span == (utc(2026, 3, 28, 23), utc(2026, 3, 29, 22))
    assert sunday.figures.wanted == 14 * 23 * HOUR
    assert sunday.figures.power == 3 * HOUR


def test_an_outage_that_lasts_is_as_late_as_somebody_looked(
    blueprint: Blueprint, march: Span
) -> None:
    """Seen down for 7 hours, then nobody looked any more: not longer than the 8 that are due."""
    memory = Memory()
    memory.poll(["28085-0001"], (march[0], utc(2026, 3, 10, 7)))
    memory.tell("28085-0001", (march[0], "up"), (utc(2026, 3, 10), "down"))

    def late(history: Memory) -> int:
        return row(compiled(blueprint, history, march), "28085").commitments[0].late

    assert late(memory) == 0
    memory.every_poll["28085-0001"] = [
        replace(memory.every_poll["28085-0001"][0], ended=utc(2026, 3, 10, 9))
    ]
    assert late(memory) == 1
