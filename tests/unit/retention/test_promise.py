"""What the inventory promises of every camera, read from a sample estate."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from tests.estates import COMPLETE, built

from maille.retention.promise import ALWAYS, Area, area_of_left, areas_of


@cache
def areas() -> dict[str, Area]:
    return {area.commune: area for area in areas_of(built(COMPLETE).blueprint)}


def day(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), datetime.min.time(), tzinfo=UTC)


def test_a_camera_films_from_the_day_after_its_first_one() -> None:
    promise = areas()["28085"].promises["28085-0001"]
    assert promise.windows == ((day("2025-06-13"), ALWAYS[1]),)


def test_one_that_was_taken_down_films_until_the_day_before() -> None:
    promise = areas()["28085"].promises["28085-0004"]
    assert promise.windows == ((day("2025-06-13"), day("2026-06-29")),)


def test_one_that_is_still_to_come_is_promised_nothing() -> None:
    assert areas()["28085"].promises["28085-0003"].windows == ()


def test_a_nomad_films_where_it_records_to_while_it_hangs_somewhere() -> None:
    assert areas()["28085"].promises["n-03"].windows == ((day("2026-10-02"), ALWAYS[1]),)
    assert areas()["28110"].promises["n-05"].windows == ()


def test_its_rule_is_the_communes_and_its_authorisation() -> None:
    rule = areas()["28085"].promises["28085-0001"].rule
    assert (rule.days, rule.maximum) == (timedelta(days=15), timedelta(days=30))
    assert (rule.segment, rule.period) == (timedelta(minutes=10), timedelta(hours=1))
    assert rule.gap == timedelta(seconds=30)
    assert str(rule) == "15 d + segment 10 min, at most 30 d, authorisation 28-2024-0001"


def test_every_camera_of_the_estate_is_promised_something_somewhere_once() -> None:
    promised = [camera for area in areas().values() for camera in area.promises]
    assert sorted(promised) == sorted(built(COMPLETE).blueprint.cameras)


def test_a_share_without_a_member_is_kept_as_the_estate_says_and_ours_to_erase() -> None:
    left = area_of_left(built(COMPLETE).blueprint, "complete-28999")
    assert (left.commune, left.title, left.promises) == ("28999", "complete-28999", {})
    assert (left.left, left.ours) == (True, True)
    assert str(left.rule) == "15 d + segment 10 min, at most 30 d"


def test_one_whose_file_is_there_is_kept_by_its_strictest_authorisation() -> None:
    blueprint = built(COMPLETE).blueprint
    commune = blueprint.estate.communes["28085"]
    given = commune.authorisation
    assert given
    strict = given.model_copy(update={"number": "strict", "retention_max_days": 7})
    changed = commune.model_copy(update={"further_authorisations": {"event": strict}})
    estate = blueprint.estate.model_copy(
        update={"communes": {**blueprint.estate.communes, "28085": changed}}
    )
    left = area_of_left(replace(blueprint, estate=estate), "complete-28085")
    assert left.title == "Ici"
    assert str(left.rule) == "7 d + segment 10 min, at most 7 d, authorisation strict"
