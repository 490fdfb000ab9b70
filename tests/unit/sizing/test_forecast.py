"""The growth of the need, over the waves and after them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests import estates

from maille.sizing.forecast import forecast
from maille.sizing.sizing import size
from maille.sizing.supposition import Supposition

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint
    from maille.inventory.schema.rollout import Wave


@pytest.fixture(scope="module")
def chartres() -> Blueprint:
    return estates.built(estates.INVENTORY / "chartres").blueprint


def with_wave(blueprint: Blueprint, key: str, **changes: object) -> Blueprint:
    wave: Wave = blueprint.estate.waves[key].model_copy(update=changes)
    waves = {**blueprint.estate.waves, key: wave}
    return replace(blueprint, estate=blueprint.estate.model_copy(update={"waves": waves}))


def test_cameras_come_with_their_waves(chartres: Blueprint) -> None:
    steps = forecast(chartres).steps
    connected = sum(camera.connected for camera in chartres.cameras.values())
    assert steps[0].day == estates.AS_OF
    assert steps[0].cameras == connected
    assert [step.day for step in steps[1:]] == [
        date(2026, 12, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
    ]
    assert steps[-1].cameras == 500


def test_in_the_end_everything_is_promised(chartres: Blueprint) -> None:
    plan = size(chartres).plan
    promised = forecast(chartres).steps[-1].promised_bytes
    assert promised == pytest.approx(plan.quota_bytes + plan.hold_bytes, rel=1e-6)


def test_it_runs_out_on_the_first_day_beyond_the_capacity(chartres: Blueprint) -> None:
    told = forecast(chartres)
    assert told.runs_out is not None
    assert told.promised_at(told.runs_out) > told.usable_bytes
    assert told.promised_at(told.runs_out - timedelta(days=1)) <= told.usable_bytes
    assert told.last > told.runs_out


def test_a_wave_may_be_what_does_not_fit(chartres: Blueprint) -> None:
    told = forecast(chartres, Supposition(cameras=800))
    assert told.runs_out in {step.day for step in told.steps}


def test_without_growth_there_is_no_end(chartres: Blueprint) -> None:
    settings = chartres.estate.settings.model_copy(update={"growth_cameras_per_year": 0})
    still = replace(chartres, estate=chartres.estate.model_copy(update={"settings": settings}))
    assert forecast(still).runs_out is None


def test_a_late_wave_comes_at_once(chartres: Blueprint) -> None:
    late = with_wave(chartres, "2027-rural", due=date(2026, 1, 1))
    steps = forecast(late).steps
    before = forecast(chartres).steps
    rural = before[-1].cameras - before[-2].cameras
    assert steps[0].cameras == before[0].cameras + rural


def test_cameras_that_a_wave_expects_without_a_place_count_too(chartres: Blueprint) -> None:
    expected = with_wave(chartres, "2027-rural", planned_cameras=100)
    placed = sum(camera.wave == "2027-rural" for camera in chartres.cameras.values())
    assert placed < 100
    assert forecast(expected).steps[-1].cameras == 500 + 100 - placed


def test_a_nomad_is_recorded_from_the_start() -> None:
    chalon = estates.built(estates.INVENTORY / "chalon").blueprint
    steps = forecast(chalon).steps
    assert steps[0].cameras == 166
    assert steps[-1].cameras == 206
