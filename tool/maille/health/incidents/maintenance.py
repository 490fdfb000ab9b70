"""Announced work: what it takes away is no outage."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from maille.health.incidents.model import Window
    from maille.health.model import DeviceState, Picture


def maintained(picture: Picture, windows: Iterable[Window], at: datetime) -> Picture:
    """Give the picture with what is being worked at told as such.

    That is every device of a window that is open, and every device that is unreachable by
    nothing else than what is worked at. Where something else blocks the way too, the device stays
    unreachable: it would be so without the work. A cut link of a window is not told.
    """
    subjects = {
        subject
        for window in windows
        if window.starts <= at < window.ends
        for subject in window.subjects
    }
    if not subjects:
        return picture
    states = {
        target: replace(state, state="maintenance") if _planned(state, subjects) else state
        for target, state in picture.states.items()
    }
    cuts = tuple(cut for cut in picture.cuts if cut.link not in subjects)
    return replace(picture, states=states, cuts=cuts)


def _planned(state: DeviceState, subjects: set[str]) -> bool:
    if state.target in subjects:
        return True
    if state.state != "unreachable" or state.cause is None:
        return False
    return subjects.issuperset(state.cause.devices + state.cause.links)
