"""What the recordings will ask of their storage as cameras come, and the day it runs out.

Cameras come by the waves that they belong to, then at the planned growth of the estate, each
with the mean rate. What is promised of a camera counts from the day it comes, not from the
day its quota is full.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from maille.blueprint.storage import bytes_for, quota_bytes
from maille.sizing.sizing import AS_IT_IS, size
from maille.sizing.supposition import rate_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.blueprint.model import Blueprint, Camera
    from maille.sizing.sizing import Sizing
    from maille.sizing.supposition import Supposition

DAYS_A_YEAR: Final = 365.25
_CLEAR_YEARS: Final = 3
"""Years behind the last step that a plot shows at least."""
_HORIZON_YEARS: Final = 50
"""Beyond it nothing is foretold."""
_DONE: Final = frozenset({"in-service", "accepted"})


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which cameras come, and what there is from then on."""

    day: date
    title: str
    """The waves that bring them; empty for what there is at the start."""
    cameras: float
    """In all, from this day on."""
    promised_bytes: float
    """Quotas and the share for holds of all of them."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Need against capacity over time."""

    steps: tuple[Step, ...]
    """The first is the start; by date."""
    cameras_per_year: float
    bytes_per_year: float
    """What the planned growth adds after the last step."""
    usable_bytes: int
    """What the cluster may promise: coded, filled to its target, one host less."""
    runs_out: date | None
    """The first day on which more is promised; None if that is not in sight."""

    @property
    def last(self) -> date:
        """Give the day up to which there is something to show."""
        clear = _later(self.steps[-1].day, _CLEAR_YEARS)
        return max(clear, _later(self.runs_out, 1)) if self.runs_out else clear

    def promised_at(self, day: date) -> float:
        """Give what is promised on a day, in bytes; the day is none before the start."""
        reached = next(step for step in reversed(self.steps) if step.day <= day)
        grown_days = max(0, (day - self.steps[-1].day).days)
        return reached.promised_bytes + self.bytes_per_year * grown_days / DAYS_A_YEAR


def forecast(blueprint: Blueprint, supposed: Supposition = AS_IT_IS) -> Forecast:
    """Tell how the need of an estate grows from its date on, as it is or as is supposed."""
    sizing = size(blueprint, supposed)
    whole = sizing.plan.quota_bytes + sizing.plan.hold_bytes
    per_camera = whole / sizing.cameras if sizing.cameras else 0.0
    known = _known(blueprint, sizing, supposed)
    expected = _expected(blueprint, sizing, per_camera)
    steps = tuple(_steps(blueprint.as_of, [*known, *expected]))
    growth = blueprint.estate.settings.growth_cameras_per_year
    usable = sizing.plan.usable_bytes
    return Forecast(
        steps=steps,
        cameras_per_year=growth,
        bytes_per_year=growth * per_camera,
        usable_bytes=usable,
        runs_out=_runs_out(steps, growth * per_camera, usable),
    )


@dataclass(frozen=True, slots=True)
class _Arrival:
    day: date
    title: str
    cameras: float
    promised_bytes: float


def _known(blueprint: Blueprint, sizing: Sizing, supposed: Supposition) -> Iterator[_Arrival]:
    """Give the arrival of every camera of the inventory."""
    keeping = {commune.insee: commune.keeping for commune in sizing.communes}
    hold_share = blueprint.estate.settings.storage.hold_share
    scale = _scale(blueprint, sizing)
    for camera in blueprint.cameras.values():
        kept, mbps = keeping[camera.commune], rate_of(camera, supposed).mbps * scale
        promised = quota_bytes(mbps, kept) + hold_share * bytes_for(mbps, kept.days)
        yield _Arrival(*_day_of(blueprint, camera), scale, promised)


def _expected(blueprint: Blueprint, sizing: Sizing, per_camera: float) -> Iterator[_Arrival]:
    """Give the cameras that waves expect beyond those that have a place."""
    for key, wave in blueprint.estate.waves.items():
        if wave.planned_cameras is None or wave.state in _DONE:
            continue
        placed = sum(camera.wave == key for camera in blueprint.cameras.values())
        more = max(0, wave.planned_cameras - placed) * _scale(blueprint, sizing)
        yield _Arrival(max(wave.due, blueprint.as_of), wave.title, more, more * per_camera)


def _scale(blueprint: Blueprint, sizing: Sizing) -> float:
    return sizing.cameras / len(blueprint.cameras) if blueprint.cameras else 1.0


def _day_of(blueprint: Blueprint, camera: Camera) -> tuple[date, str]:
    """Give the day from which a camera records, and its wave; what is late comes at once."""
    start = blueprint.as_of
    if camera.in_service and camera.in_service > start:
        return camera.in_service, ""
    if camera.connected or camera.nomad or camera.wave is None:
        return start, ""
    wave = blueprint.estate.waves[camera.wave]
    return max(wave.due, start), wave.title


def _steps(start: date, arrivals: Iterable[_Arrival]) -> Iterator[Step]:
    by_day = sorted([_Arrival(start, "", 0, 0), *arrivals], key=attrgetter("day"))
    cameras = promised = 0.0
    for day, group in groupby(by_day, key=attrgetter("day")):
        together = tuple(group)
        cameras += sum(arrival.cameras for arrival in together)
        promised += sum(arrival.promised_bytes for arrival in together)
        titles = dict.fromkeys(arrival.title for arrival in together if arrival.title)
        yield Step(day, ", ".join(titles), cameras, promised)


def _runs_out(steps: tuple[Step, ...], bytes_per_year: float, usable: int) -> date | None:
    for step in steps:
        if step.promised_bytes > usable:
            return step.day
    if bytes_per_year <= 0:
        return None
    years = (usable - steps[-1].promised_bytes) / bytes_per_year
    return None if years > _HORIZON_YEARS else _later(steps[-1].day, years, 1)


def _later(day: date, years: float, more_days: int = 0) -> date:
    return day + timedelta(days=int(years * DAYS_A_YEAR) + more_days)
