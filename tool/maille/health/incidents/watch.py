"""One round after another: what is known so far, and what the next picture makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maille.health.incidents.gathering import gather, matters, roots_in
from maille.health.incidents.maintenance import maintained
from maille.health.incidents.sightings import sighted
from maille.health.incidents.standing import follow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from maille.health.incidents.model import Change, Incident, Standing, Window
    from maille.health.incidents.sightings import Sighting
    from maille.health.model import Picture, Severity
    from maille.inventory.schema.health import Health


@dataclass(frozen=True, slots=True)
class Known:
    """All that has to be kept from one round to the next."""

    standings: Mapping[str, Standing] = field(default_factory=dict)
    cuts: Mapping[str, Sighting] = field(default_factory=dict)
    blind: Mapping[str, Sighting] = field(default_factory=dict)
    incidents: tuple[Incident, ...] = ()
    """Those that are open, and those that this round has closed."""
    changes: tuple[Change, ...] = ()
    """Of this round."""


def watch(
    before: Known,
    picture: Picture,
    at: datetime,
    settings: Health,
    severity: Callable[[Iterable[str]], Severity],
    windows: Iterable[Window] = (),
) -> Known:
    """Take the picture of one round; `severity` ranks some devices and links together.

    A device that the picture no longer has is forgotten, and so closes what hung on it.
    """
    picture = maintained(picture, windows, at)
    followed = {
        target: follow(before.standings.get(target), state, at, settings)
        for target, state in picture.states.items()
    }
    standings = {target: standing for target, (standing, _) in followed.items()}
    cuts = sighted(before.cuts, (cut.link for cut in picture.cuts), at)
    blind = sighted(before.blind, (leg.graph for leg in picture.blind), at)
    enough = settings.confirm_polls
    told = matters(
        standings.values(),
        [(cut, seen.since) for cut in picture.cuts if (seen := cuts[cut.link]).polls >= enough],
        [(leg, seen.since) for leg in picture.blind if (seen := blind[leg.graph]).polls >= enough],
    )
    return Known(
        standings,
        cuts,
        blind,
        gather(before.incidents, told, roots_in(picture), severity, at),
        tuple(change for _, change in followed.values() if change),
    )
