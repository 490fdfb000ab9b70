"""A watch over an estate: each round builds on the one before."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from maille.health.incidents.severity import of_parts, severities
from maille.health.incidents.watch import Known, watch
from maille.health.judging.judge import Beside, judge
from maille.health.states.of_blueprint import topology_of
from maille.health.states.tracker import Tracker
from maille.health.watching.model import Scene

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from maille.health.profiles.library import Library
    from maille.health.snmp.model import Agent
    from maille.health.sweep.model import Observation
    from maille.health.sweep.sweep import Sweep
    from maille.health.watching.model import Watched

    Glance = Callable[[], Awaitable[Beside]]

_SURVEY_ROUNDS = 10
"""After as many rounds every switch was surveyed anew, some of them in each."""


class Watch:
    """Looks at the same devices again and again, and keeps what is known of them between."""

    def __init__(
        self,
        watched: Watched,
        agents: Mapping[str, Agent],
        sweep: Sweep,
        library: Library,
        now: Callable[[], datetime],
        beside: Glance | None = None,
    ) -> None:
        """Begin without knowing anything.

        Args:
            watched: the estate, and what is polled of it.
            agents: where they listen, by target.
            sweep: asks them; its sessions are open.
            library: the profiles of the targets.
            now: gives the time.
            beside: looks by other means than SNMP, once a round.
        """
        self._watched, self._agents, self._sweep = watched, agents, sweep
        self._library, self._now, self._beside = library, now, beside
        topology = topology_of(watched.blueprint)
        self._tracker = Tracker(topology)
        ranks = severities(watched.blueprint, topology)
        self._severity = partial(of_parts, topology, ranks)
        self._known = Known()
        self._before: Mapping[str, Observation] = {}
        self._replaced: set[str] = set()
        self._rounds = 0

    async def round(self) -> Scene:
        """Look once at everything; what a round that fails has seen is not kept."""
        began = self._now()
        self._sweep.outdate(self._due_for_survey())
        seen = self._marked(await self._sweep.round(self._watched.targets, self._agents))
        beside = await self._beside() if self._beside else Beside()
        at, before = self._now(), self._before
        judgement = judge(self._watched.targets, self._library, seen, before, at, beside)
        self._tracker.update(judgement.conditions, judgement.links)
        picture = self._tracker.picture()
        settings = self._watched.blueprint.estate.settings.health
        self._known = watch(self._known, picture, at, settings, self._severity)
        self._before, self._rounds = seen, self._rounds + 1
        lasted_s = (at - began).total_seconds()
        links = {link.link: link for link in judgement.links}
        return Scene(self._rounds, at, lasted_s, seen, before, links, picture, self._known)

    def _marked(self, seen: Mapping[str, Observation]) -> Mapping[str, Observation]:
        """Mark what was replaced since the watch began: the engine itself says it but once."""
        self._replaced |= {key for key, one in seen.items() if one.renewed}
        again = {key: replace(seen[key], renewed=True) for key in self._replaced & seen.keys()}
        return {**seen, **again}

    def _due_for_survey(self) -> list[str]:
        if not self._rounds:
            return []
        with_ports = [target.id for target in self._watched.targets if target.ports]
        return with_ports[self._rounds % _SURVEY_ROUNDS :: _SURVEY_ROUNDS]
