"""Why a device is in its state, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.health.shown.order import blamed, worst

if TYPE_CHECKING:
    from maille.health.model import DeviceState


def why(state: DeviceState, behind: int = 0) -> str:
    """Name what takes a device away, or what shows its state, and all its troubles.

    `behind` is how many others are unreachable because of it.
    """
    others = blamed(state.target, state)
    told = [*others, *(f"{trouble.code} {trouble.what}" for trouble in worst(state.troubles))]
    if not others and state.state in {"down", "unreachable", "unknown"} and state.evidence:
        told.insert(0, state.evidence[0].value)
        told += (
            [f"suspected: {state.cause.suspected}"] if state.cause and state.cause.suspected else []
        )
        told += [f"{behind} unreachable behind it"] if behind else []
    return "; ".join(told)
