"""The bitrate of a camera's stream: measured where somebody did, estimated otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.model import Bitrate

if TYPE_CHECKING:
    from maille.inventory.schema.catalogue import CameraModel
    from maille.inventory.schema.settings import Profile

MBPS_PER_MEGAPIXEL = 2.0
"""H.264, 15 frames/s, medium activity: 2 MP 4 Mbit/s, 4 MP 8, 5 MP 10, 8 MP 16 (estimate)."""

CODEC_FACTOR = {"h264": 1.0, "h265": 0.5}
ACTIVITY_FACTOR = {"low": 0.6, "medium": 1.0, "high": 1.4}
CODEC_NAME = {"h264": "H.264", "h265": "H.265"}
REFERENCE_FPS = 15


def nominal_megapixels(resolution: tuple[int, int]) -> float:
    """Give the class a resolution is sold under: 1920 x 1080 is 2 MP, 2592 x 1944 is 5 MP.

    Below one megapixel the exact figure, to three decimals.
    """
    exact = resolution[0] * resolution[1] / 1e6
    return float(round(exact)) if exact >= 1 else round(exact, 3)


def bitrate(model: CameraModel, profile: Profile, measured_mbps: float | None) -> Bitrate:
    """Give the mean rate of the recorded stream of all sensors together, in Mbit/s."""
    if measured_mbps is not None:
        return Bitrate(measured_mbps, "measured", "measured")
    megapixels = nominal_megapixels(profile.resolution)
    mbps = (
        model.sensors
        * megapixels
        * MBPS_PER_MEGAPIXEL
        * profile.fps
        / REFERENCE_FPS
        * CODEC_FACTOR[profile.codec]
        * ACTIVITY_FACTOR[profile.activity]
    )
    return Bitrate(round(mbps, 6), "estimated", _formula(model.sensors, megapixels, profile))


def _formula(sensors: int, megapixels: float, profile: Profile) -> str:
    head = f"{sensors} × " if sensors > 1 else ""
    return (
        f"{head}{megapixels:g} MP × {MBPS_PER_MEGAPIXEL:g} Mbit/s"
        f" × {profile.fps}/{REFERENCE_FPS} fps"
        f" × {CODEC_FACTOR[profile.codec]:g} ({CODEC_NAME[profile.codec]})"
        f" × {ACTIVITY_FACTOR[profile.activity]:g} ({profile.activity} activity)"
    )
