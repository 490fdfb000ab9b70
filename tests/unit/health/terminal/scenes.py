"""Scenes by hand: Chartres after some rounds, and a switch with one camera that was read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from tests.estates import INVENTORY, built
from tests.unit.health.seen import AT, CAMERA, CAMERA_WELL, SWITCH, observed, twice
from tests.unit.health.states.chartres import Day

from maille.health.incidents.severity import of_parts, severities
from maille.health.incidents.watch import Known
from maille.health.incidents.watch import watch as watch_incidents
from maille.health.judging.judge import judge
from maille.health.profiles.library import shipped
from maille.health.states.of_blueprint import topology_of
from maille.health.states.tracker import derive
from maille.health.targets.build import targets
from maille.health.terminal.moment import Moment
from maille.health.watching.model import Scene, Watched

if TYPE_CHECKING:
    from maille.health.model import LinkCondition, Picture
    from maille.health.snmp.model import Value
    from maille.health.sweep.model import Observation
    from maille.health.terminal.table import Table

MINUTE = timedelta(minutes=1)


@dataclass
class Centre:
    """Somebody who looks once a minute."""

    watched: Watched
    known: Known = field(default_factory=Known)
    at: datetime = AT
    number: int = 0

    def looks(
        self,
        picture: Picture,
        links: dict[str, LinkCondition] | None = None,
        now: dict[str, Observation] | None = None,
        before: dict[str, Observation] | None = None,
    ) -> Scene:
        blueprint = self.watched.blueprint
        whole = topology_of(blueprint)
        severity = partial(of_parts, whole, severities(blueprint, whole))
        settings = blueprint.estate.settings.health
        self.at += MINUTE
        self.number += 1
        self.known = watch_incidents(self.known, picture, self.at, settings, severity)
        return Scene(
            self.number, self.at, 0.8, now or {}, before or {}, links or {}, picture, self.known
        )


def chartres() -> Watched:
    """Give Chartres without the pollers, which a `Day` knows nothing of."""
    blueprint = built(INVENTORY / "chartres").blueprint
    leaves = topology_of(blueprint).leaves
    polled = targets(blueprint, shipped())
    return Watched(
        blueprint, tuple(one for one in polled if one.kind == "switch" or one.id in leaves)
    )


def after(watched: Watched, day: Day, rounds: int = 2) -> Moment:
    """Give what is known when something was broken for some rounds, after a round that was well."""
    centre = Centre(watched)
    centre.looks(Day(day.whole).picture())
    for _ in range(rounds):
        links = {link.link: link for link in day.links()}
        scene = centre.looks(day.picture(), links)
    return Moment(watched, scene, scene.at + timedelta(seconds=5))


def one_camera(watched: Watched, changed: dict[str, Value] | None = None) -> Moment:
    """Give what two rounds read of a switch and the camera on it."""
    small = replace(watched, targets=(SWITCH, CAMERA))
    before, now = twice(changed)
    seen = {SWITCH.id: now, CAMERA.id: observed(CAMERA, CAMERA_WELL)}
    earlier = {SWITCH.id: before}
    judged = judge(small.targets, shipped(), seen, earlier, AT)
    picture = derive(topology_of(watched.blueprint), judged.conditions, judged.links)
    centre = Centre(small)
    centre.looks(picture, {}, seen, earlier)
    scene = centre.looks(picture, {}, seen, earlier)
    return Moment(small, scene, scene.at + timedelta(seconds=5))


def drawn(table: Table) -> str:
    """Write a table as a text, for golden files."""
    lines = (table.columns, *(row.cells for row in table.rows))
    return "".join(" | ".join(line) + "\n" for line in lines)
