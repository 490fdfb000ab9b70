"""Sizing by the reference vector, under suppositions, and against the plan of the blueprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests import estates

from maille.blueprint.storage import TB, TIB
from maille.errors import UsageError
from maille.sizing.sizing import size
from maille.sizing.supposition import Code, Supposition, lacks_codec, rate_of

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint, Camera


@pytest.fixture(scope="module")
def chartres() -> Blueprint:
    return estates.built(estates.INVENTORY / "chartres").blueprint


@pytest.fixture(scope="module")
def complete() -> Blueprint:
    return estates.built(estates.COMPLETE).blueprint


def one(blueprint: Blueprint, codec: str) -> Camera:
    return next(c for c in blueprint.cameras.values() if c.profile.codec == codec)


def test_the_reference_vector(chartres: Blueprint) -> None:
    sized = size(chartres)
    assert sized.cameras == 500
    assert sized.plan.mbps == pytest.approx(2175)
    assert sized.daily_bytes / TB == pytest.approx(23.49)
    assert sized.plan.need_bytes / TB == pytest.approx(352.35)
    assert sized.plan.need_bytes / TIB == pytest.approx(320.46, abs=0.01)
    assert sized.bare_raw_bytes / TB == pytest.approx(770.77, abs=0.01)


def test_the_reference_vector_in_another_code(chartres: Blueprint) -> None:
    sized = size(chartres, Supposition(code=Code(8, 3), hosts=12))
    assert sized.plan.need_bytes / TB == pytest.approx(352.35)
    assert sized.bare_raw_bytes / TB == pytest.approx(660.66, abs=0.01)


@pytest.mark.parametrize("estate", ["chartres", "chalon", "malataverne", "cecos"])
def test_without_a_supposition_it_is_the_plan_of_the_blueprint(estate: str) -> None:
    blueprint = estates.built(estates.INVENTORY / estate).blueprint
    sized = size(blueprint)
    assert sized.plan == blueprint.storage
    assert {c.insee: (c.need_bytes, c.quota_bytes) for c in sized.communes} == {
        insee: (share.need_bytes, share.quota_bytes) for insee, share in blueprint.communes.items()
    }


def test_more_cameras_of_the_same_mix(chartres: Blueprint) -> None:
    sized = size(chartres, Supposition(cameras=1000))
    assert sized.cameras == pytest.approx(1000)
    assert sized.plan.mbps == pytest.approx(4350)
    assert sized.communes[0].cameras == pytest.approx(2 * size(chartres).communes[0].cameras)


def test_days_and_margin_hold_everywhere(chartres: Blueprint) -> None:
    sized = size(chartres, Supposition(days=30, margin=0.0))
    assert sized.days == (30,)
    assert sized.plan.need_bytes / TB == pytest.approx(704.7)
    kept = sized.communes[0].keeping
    assert sized.plan.quota_bytes / sized.plan.need_bytes == pytest.approx(kept.longest_days / 30)


def test_a_code_without_hosts_takes_as_many_as_it_needs(chartres: Blueprint) -> None:
    sized = size(chartres, Supposition(code=Code(8, 3)))
    assert not sized.hosts_given
    assert sized.plan.shape.hosts == sized.plan.hosts_needed >= 12
    assert sized.enough


def test_hosts_that_cannot_hold_a_stripe_are_refused(chartres: Blueprint) -> None:
    with pytest.raises(UsageError, match=r"8 hosts cannot hold 8 \+ 3 chunks"):
        size(chartres, Supposition(code=Code(8, 3), hosts=8))


def test_as_many_hosts_as_chunks_are_not_enough_however_large(complete: Blueprint) -> None:
    sized = size(complete, Supposition(hosts=4))
    assert sized.plan.fits
    assert not sized.enough


def test_another_codec_scales_an_estimate(chartres: Blueprint) -> None:
    camera = one(chartres, "h264")
    assert rate_of(camera, Supposition(codec="h265")).mbps == camera.bitrate.mbps / 2
    assert rate_of(camera, Supposition(codec="h264")).mbps == camera.bitrate.mbps


def test_a_frame_rate_is_limited_by_the_camera(chartres: Blueprint) -> None:
    camera = one(chartres, "h264")
    limited = rate_of(camera, Supposition(fps=120))
    assert limited.mbps == camera.bitrate.mbps * camera.model.max_fps / camera.profile.fps


def test_a_camera_without_the_codec_keeps_its_own(chartres: Blueprint) -> None:
    camera = one(chartres, "h264")
    old = camera.model.model_copy(update={"codecs": ("h264",)})
    from dataclasses import replace

    lacking = replace(camera, model=old)
    supposed = Supposition(codec="h265")
    assert lacks_codec(lacking, supposed)
    assert rate_of(lacking, supposed).mbps == camera.bitrate.mbps


def test_a_scaled_measurement_is_an_estimate(chartres: Blueprint) -> None:
    from dataclasses import replace

    camera = one(chartres, "h264")
    measured = replace(camera, bitrate=replace(camera.bitrate, source="measured"))
    assert rate_of(measured, Supposition()).measured
    assert not rate_of(measured, Supposition(fps=5)).measured
