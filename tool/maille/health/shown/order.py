"""In which order states are told, and how: what wants a hand goes first, then by severity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.errors import Severity as Weight
from maille.health.judging.codes import HEALTH_RULES
from maille.health.model import STATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.health.look import Look
    from maille.health.model import Cause, Cut, DeviceState, Severity, Trouble
    from maille.health.targets.model import Target

_RANKS: tuple[Severity, ...] = ("ppms", "sensitive", "normal")
_WEIGHTS = (Weight.ERROR, Weight.WARNING, Weight.INFO)


def ordered(look: Look) -> list[tuple[Target, DeviceState]]:
    """Give the targets of a look with their states, the most urgent first."""
    pairs = [(target, look.picture.states[target.id]) for target in look.targets]
    return sorted(pairs, key=_urgency)


def _urgency(pair: tuple[Target, DeviceState]) -> tuple[int, int, int, str]:
    target, state = pair
    weight = min((_weight(trouble) for trouble in state.troubles), default=len(_WEIGHTS))
    return STATES.index(state.state), _RANKS.index(target.severity), weight, target.id


def _weight(trouble: Trouble) -> int:
    return _WEIGHTS.index(HEALTH_RULES[trouble.code].severity)


def worst(troubles: Iterable[Trouble]) -> list[Trouble]:
    """Give troubles with the heaviest first."""
    return sorted(troubles, key=lambda trouble: (_weight(trouble), trouble.code))


def blamed(target: str, state: DeviceState) -> list[str]:
    """Say what takes a device away, or what of it is lost, if that is not all its own doing."""
    if not state.cause:
        return []
    others = [] if target in state.cause.devices else [f"because of {culprits(state.cause)}"]
    if state.state != "degraded":
        return others
    return [" ".join(("management lost, forwards still", *others))]


def told_cut(cut: Cut) -> str:
    """Say that a link is down by which nothing is lost yet."""
    ring = f" of ring {cut.ring}" if cut.ring else ""
    suspected = f" (suspected: {cut.suspected})" if cut.suspected else ""
    return f"no longer redundant: link {cut.link}{ring} is down{suspected}"


def culprits(cause: Cause) -> str:
    """Name what takes a device away."""
    named = ", ".join((*cause.devices, *(f"link {link}" for link in cause.links)))
    return f"{named} (suspected: {cause.suspected})" if cause.suspected else named
