"""One round over all targets: each in its own time, none waits for another.

A device that answers is surveyed once, then asked what its plan says, every round. What a round
costs its poller is what the engine costs and little more: plans are worked out beforehand, and
values stay in the flat order in which they were asked for.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from maille.health.snmp.model import Silence
from maille.health.sweep.counters import Epoch, same_epoch
from maille.health.sweep.model import Observation, Survey
from maille.health.sweep.plan import plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from maille.health.profiles.library import Library
    from maille.health.snmp.client import Client
    from maille.health.snmp.model import Agent, Value
    from maille.health.sweep.model import Plan
    from maille.health.sweep.survey import Surveyor
    from maille.health.targets.model import Target


class Sweep:
    """Asks the same targets round after round, and keeps what it knows of them between."""

    def __init__(
        self,
        client: Client,
        surveyor: Surveyor,
        library: Library,
        now: Callable[[], datetime],
    ) -> None:
        """Take the means; `now` gives the time that observations carry."""
        self._client, self._surveyor, self._library, self._now = client, surveyor, library, now
        self._surveys: dict[str, Survey] = {}
        self._plans: dict[str, Plan] = {}
        self._bare: dict[str, Plan] = {}
        self._last: dict[str, Observation] = {}
        self._outdated: set[str] = set()

    def outdate(self, targets: Iterable[str]) -> None:
        """Survey some targets anew with the next round: neighbours and addresses change, too."""
        self._outdated.update(targets)

    async def round(
        self, targets: Sequence[Target], agents: Mapping[str, Agent]
    ) -> dict[str, Observation]:
        """Ask all targets that have an agent; by id, what was seen of each."""
        free = asyncio.Semaphore(self._client.in_flight)

        async def one(target: Target) -> Observation:
            async with free:
                return await self._observe(target, agents[target.id])

        asked = [target for target in targets if target.id in agents and target.profile]
        seen = await asyncio.gather(*map(one, asked))
        found = {observation.target: observation for observation in seen}
        self._last |= found
        return found

    async def _observe(self, target: Target, agent: Agent) -> Observation:
        if (target.id not in self._plans or target.id in self._outdated) and (
            silence := await self._acquaint(target, agent)
        ):
            return self._silent(target, silence)
        known = self._plans[target.id]
        values: list[Value] = []
        renewed, user = False, 0
        for message in known.messages:
            found = await self._client.get(agent, message)
            if isinstance(found, Silence):
                return self._silent(target, found)
            values += found.values
            renewed, user = renewed or found.renewed, found.user
        loop = asyncio.get_running_loop()
        observation = Observation(
            target.id,
            self._now(),
            loop.time(),
            known,
            self._surveys[target.id],
            tuple(values),
            None,
            renewed,
            user,
        )
        if target.ports and self._began_anew(observation):
            # its ports may have other numbers now: what was read may be another port's
            del self._plans[target.id]
            self._last[target.id] = observation
            return replace(await self._observe(target, agent), renewed=renewed)
        return observation

    async def _acquaint(self, target: Target, agent: Agent) -> Silence | None:
        """Survey a device that is asked for the first time, or was surveyed long ago.

        Where its ports are what they were its plan stays the same one, for rates go by that.
        """
        profile = self._library.profiles[str(target.profile)]
        found = await self._surveyor.survey(target, profile, agent)
        if isinstance(found, Silence):
            return found
        self._surveys[target.id] = found
        self._outdated.discard(target.id)
        now = plan(profile, target.ports, found) if target.ports else self._bare_plan(target)
        if self._plans.get(target.id) != now:
            self._plans[target.id] = now
        return None

    def _bare_plan(self, target: Target) -> Plan:
        """Give the plan of a device without ports, one for all of a family."""
        key = str(target.profile)
        if key not in self._bare:
            self._bare[key] = plan(self._library.profiles[key], (), Survey())
        return self._bare[key]

    def _silent(self, target: Target, silence: Silence) -> Observation:
        return Observation(
            target.id,
            self._now(),
            asyncio.get_running_loop().time(),
            self._bare_plan(target),
            self._surveys.get(target.id, Survey()),
            silence=silence,
        )

    def _began_anew(self, now: Observation) -> bool:
        before = self._last.get(now.target)
        if before is None or before.silence or now.renewed:
            return now.renewed
        return not same_epoch(epoch(before), epoch(now), now.ticked_s - before.ticked_s)


def epoch(observation: Observation) -> Epoch:
    """Give since when a device counts, by its own words."""
    scalars, values = observation.plan.scalars, observation.values
    boots, uptime = scalars.get("boots"), scalars.get("uptime")
    if not values:
        return Epoch()
    return Epoch(_whole(values, boots), _whole(values, uptime))


def _whole(values: tuple[Value, ...], at: int | None) -> int | None:
    value = None if at is None else values[at]
    return value if isinstance(value, int) else None
