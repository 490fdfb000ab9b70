"""What is watched, and what is known of it after a round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from maille.health.incidents.severity import RANKS
from maille.local_time import zone_named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from maille.blueprint.model import Blueprint
    from maille.health.incidents.model import Incident, Standing
    from maille.health.incidents.watch import Known
    from maille.health.model import LinkCondition, Picture
    from maille.health.sweep.model import Observation
    from maille.health.targets.model import Target

ROUNDS_VALID = 2
"""What a round saw counts as current for as long as this many of them take."""


@dataclass(frozen=True)
class Watched:
    """An estate, and those of its devices that are polled."""

    blueprint: Blueprint
    targets: tuple[Target, ...]
    where: str = ""
    """From where the addresses are, if not from the inventory."""

    @cached_property
    def by_id(self) -> Mapping[str, Target]:
        """The targets by their ids."""
        return {target.id: target for target in self.targets}

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """How grave each target is, the gravest 0."""
        return {target.id: RANKS.index(target.severity) for target in self.targets}

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of the centre's clock."""
        return zone_named(self.blueprint.estate.settings.health.time_zone)


@dataclass(frozen=True, slots=True)
class Scene:
    """All that is known after a round."""

    number: int
    """Of the round; the first is 1."""
    at: datetime
    """When it ended."""
    lasted_s: float
    observations: Mapping[str, Observation]
    before: Mapping[str, Observation]
    """Of the round before, by target."""
    links: Mapping[str, LinkCondition]
    """What the ends of each link say of it."""
    picture: Picture
    """What this round saw, believed or not."""
    known: Known

    @property
    def standings(self) -> Mapping[str, Standing]:
        """What is told of each device."""
        return self.known.standings

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """Those that are open, in the order in which they began."""
        return tuple(one for one in self.known.incidents if one.closed is None)


@dataclass(frozen=True, slots=True)
class Failed:
    """A round that came to nothing."""

    at: datetime
    why: str


def stale_since(
    scene: Scene, failed: Failed | None, now: datetime, interval_s: float
) -> datetime | None:
    """Say since when nothing is known, None while the last round still holds.

    It no longer does once a later round has failed, or when two should have come since.
    """
    valid = timedelta(seconds=ROUNDS_VALID * max(interval_s, scene.lasted_s))
    broken = failed is not None and failed.at >= scene.at
    return scene.at if broken or now - scene.at > valid else None
