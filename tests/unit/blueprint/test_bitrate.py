"""Bitrates: the planning values of the trade, and what somebody measured."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from tests.estates import INVENTORY, built

from maille.blueprint.bitrate import bitrate

if TYPE_CHECKING:
    from maille.inventory.schema.catalogue import CameraModel
    from maille.inventory.schema.settings import Profile


@cache
def _sample() -> tuple[CameraModel, Profile]:
    camera = next(iter(built(INVENTORY / "malataverne").blueprint.cameras.values()))
    return camera.model, camera.profile


def rate(*, sensors: int = 1, measured: float | None = None, **profile: Any) -> Any:  # noqa: ANN401  # fields of a profile
    model, plain = _sample()
    stream = {"codec": "h264", "resolution": (1920, 1080), "fps": 15, "activity": "medium"}
    return bitrate(
        model.model_copy(update={"sensors": sensors}),
        plain.model_copy(update={**stream, **profile}),
        measured,
    )


@pytest.mark.parametrize(
    ("resolution", "mbps"),
    [((1920, 1080), 4), ((2688, 1520), 8), ((2592, 1944), 10), ((3840, 2160), 16)],
)
def test_h264_at_15_frames_and_medium_activity(resolution: tuple[int, int], mbps: float) -> None:
    found = rate(resolution=resolution)

    assert (found.mbps, found.source) == (mbps, "estimated")


@pytest.mark.parametrize(
    ("profile", "mbps"),
    [
        ({"fps": 30}, 8),
        ({"fps": 6}, 1.6),
        ({"codec": "h265"}, 2),
        ({"activity": "low"}, 2.4),
        ({"activity": "high"}, 5.6),
        ({"sensors": 4, "codec": "h265", "fps": 12}, 6.4),
    ],
)
def test_what_scales_it(profile: dict[str, Any], mbps: float) -> None:
    assert rate(**profile).mbps == pytest.approx(mbps)


def test_a_measured_rate_replaces_the_estimate_and_its_label() -> None:
    found = rate(measured=3.3, fps=30)

    assert (found.mbps, found.source, found.formula) == (3.3, "measured", "measured")
