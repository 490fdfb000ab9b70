"""One look at an estate, from polling to states: what `maille health sweep` and `check` do.

Rates need two readings, so a look takes two rounds with some seconds between them.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from maille.health.judging.judge import Beside, judge
from maille.health.rtsp import answering
from maille.health.states.of_blueprint import topology_of
from maille.health.states.tracker import derive
from maille.health.sweep.opening import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from maille.blueprint.model import Blueprint
    from maille.health.judging.judge import Judgement
    from maille.health.model import Picture
    from maille.health.profiles.library import Library
    from maille.health.snmp.model import Agent
    from maille.health.sweep.model import Observation
    from maille.health.targets.model import Target


@dataclass(frozen=True, slots=True)
class How:
    """How a look is taken."""

    engine: str = "gufo"
    between_s: float = 5.0
    """Between the two readings that rates are taken from; 0: one reading, and no rates."""
    rtsp: bool = False
    """Ask cameras for the options of their RTSP servers, too."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look saw."""

    at: datetime
    targets: tuple[Target, ...]
    observations: Mapping[str, Observation]
    before: Mapping[str, Observation]
    judgement: Judgement
    picture: Picture
    engines: Mapping[str, bytes] = field(default_factory=dict)
    """Engine ids by target, of this look and those before: by them the next one knows a device."""


async def look(
    blueprint: Blueprint,
    targets: Sequence[Target],
    agents: Mapping[str, Agent],
    library: Library,
    how: How,
    now: Callable[[], datetime],
    recorded: Callable[[], Mapping[str, float | None]] = dict,
    known: Mapping[str, bytes] | None = None,
) -> Look:
    """Look at some targets of an estate.

    Args:
        blueprint: the estate.
        targets: what is looked at; whatever is not stays unseen.
        agents: where they listen, by target.
        library: their profiles.
        how: by which engine, and what else.
        now: gives the time.
        recorded: gives the age in seconds of the newest segment of each camera that records
            somewhere maille can see, None for one that has no segment.
        known: engine ids of the look before.
    """
    async with opened(how.engine, targets, library, now, known) as (sweep, client):
        before: Mapping[str, Observation] = {}
        seen = await sweep.round(targets, agents)
        if how.between_s:
            await asyncio.sleep(how.between_s)
            before, seen = seen, await sweep.round(targets, agents)
            seen = {key: _kept(one, before.get(key)) for key, one in seen.items()}
        engines = dict(client.engines)
    rtsp = await answering(targets) if how.rtsp else {}
    beside = Beside(rtsp, recorded())
    judgement = judge(targets, library, seen, before, now(), beside)
    picture = derive(topology_of(blueprint), judgement.conditions, judgement.links)
    return Look(now(), tuple(targets), seen, before, judgement, picture, engines)


def _kept(now: Observation, before: Observation | None) -> Observation:
    """Keep of the first round that a device was found to be another one."""
    return replace(now, renewed=True) if before and before.renewed else now
