"""A supposition about an estate, and the rate of a camera under it."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, NamedTuple

from maille.blueprint.bitrate import CODEC_FACTOR

if TYPE_CHECKING:
    from maille.blueprint.model import Camera
    from maille.inventory.schema.catalogue import Codec


class Code(NamedTuple):
    """Data and coding chunks of an erasure code."""

    k: int
    m: int

    @property
    def chunks(self) -> int:
        """Give the hosts that one stripe needs: one chunk a host."""
        return self.k + self.m


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is taken to be otherwise; None is as the inventory has it."""

    days: int | None = None
    """Retention of every commune."""
    codec: Codec | None = None
    """Of every camera that can do it."""
    fps: int | None = None
    """Of every camera, as far as it goes."""
    cameras: int | None = None
    """In all; every commune keeps its share, every camera its rate."""
    margin: float | None = None
    code: Code | None = None
    hosts: int | None = None

    @property
    def empty(self) -> bool:
        """Say whether nothing is supposed."""
        return all(value is None for value in astuple(self))


class Rate(NamedTuple):
    """The mean rate of a camera's recorded stream, and whether somebody measured it."""

    mbps: float
    measured: bool


def rate_of(camera: Camera, supposed: Supposition) -> Rate:
    """Give a camera's rate under a supposition.

    Another codec or frame rate scales the rate as the estimate does; of a measured rate an
    estimate is left.
    """
    factor = _codec_factor(camera, supposed.codec) * _fps_factor(camera, supposed.fps)
    measured = camera.bitrate.source == "measured" and factor == 1
    return Rate(camera.bitrate.mbps * factor, measured)


def lacks_codec(camera: Camera, supposed: Supposition) -> bool:
    """Say whether a camera cannot do the codec that is supposed."""
    return supposed.codec is not None and supposed.codec not in camera.model.codecs


def _codec_factor(camera: Camera, codec: Codec | None) -> float:
    if codec is None or codec not in camera.model.codecs:
        return 1.0
    return CODEC_FACTOR[codec] / CODEC_FACTOR[camera.profile.codec]


def _fps_factor(camera: Camera, fps: int | None) -> float:
    return min(fps, camera.model.max_fps) / camera.profile.fps if fps else 1.0
