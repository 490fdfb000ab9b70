"""Whether to believe what a round saw: confirmation, and damping of what comes and goes."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from maille.health.incidents.model import Change, Standing
from maille.health.model import DeviceState

if TYPE_CHECKING:
    from datetime import datetime

    from maille.inventory.schema.health import Flapping, Health

PRESENT = ("up", "degraded")
LONGEST_HALF_LIVES = 4
"""After how many half-lives without a departure nothing is held back any more, whatever came
before (RFC 2439 section 4.2, the longest hold-down)."""


def follow(
    before: Standing | None, seen: DeviceState, at: datetime, settings: Health
) -> tuple[Standing, Change | None]:
    """Take what a round saw of a device; give what is known now, and what is told anew.

    A state is told when so many rounds on end have seen it as the settings ask for, and then
    holds from the first of them. At once are told: maintenance, which is announced, and that a
    device of which nothing is known is there. While a device flaps, that it is back is not told.
    A departure is counted when it is seen, told or not; a device that is lost by another's fault
    has not departed.
    """
    if before is None:
        nothing = DeviceState(seen.target, "unknown", None, (), ())
        before = Standing(nothing, at, "unknown", at, 0, 0.0, at, flapping=False)
    same = seen.state == before.seen
    now = replace(
        before,
        seen=seen.state,
        seen_since=before.seen_since if same else at,
        polls=before.polls + 1 if same else 1,
        departures=_departures(before, seen, at, settings.flapping),
        at=at,
    )
    now = replace(now, flapping=_flaps(now, settings.flapping))
    if seen.state == before.told.state:
        now = replace(now, told=seen)
    elif _believed(now, settings):
        now = replace(now, told=seen, since=now.seen_since)
    return now, _change(before, now)


def _departures(before: Standing, seen: DeviceState, at: datetime, settings: Flapping) -> float:
    half_lives: float = (at - before.at).total_seconds() / 60 / settings.half_life_minutes
    left = before.departures * math.pow(0.5, half_lives)
    departed = before.seen in PRESENT and seen.state == "down"
    most = max(settings.ends_below * 2.0**LONGEST_HALF_LIVES, settings.starts_at)
    return min(left + departed, most)


def _flaps(now: Standing, settings: Flapping) -> bool:
    threshold = settings.ends_below if now.flapping else settings.starts_at
    return now.departures >= threshold


def _believed(now: Standing, settings: Health) -> bool:
    back = now.seen in PRESENT and now.told.state not in PRESENT
    if back and now.flapping:
        return False
    at_once = now.seen == "maintenance" or (back and now.told.state == "unknown")
    return at_once or now.polls >= settings.confirm_polls


def _change(before: Standing, now: Standing) -> Change | None:
    if (before.told.state, before.flapping) == (now.told.state, now.flapping):
        return None
    return Change(
        target=now.told.target,
        before=before.told.state,
        after=now.told.state,
        at=now.since if before.told.state != now.told.state else now.at,
        cause=now.told.cause,
        evidence=now.told.evidence,
        flapping=now.flapping,
    )
