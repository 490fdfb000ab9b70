"""In which order states are told: what wants a hand goes first, and within it by severity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.errors import Severity as Weight
from maille.health.judging.codes import HEALTH_RULES
from maille.health.model import STATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.health.look import Look
    from maille.health.model import Cause, DeviceState, Severity, Trouble
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


def culprits(cause: Cause) -> str:
    """Name what takes a device away."""
    named = ", ".join((*cause.devices, *(f"link {link}" for link in cause.links)))
    return f"{named} (suspected: {cause.suspected})" if cause.suspected else named
