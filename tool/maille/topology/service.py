"""What is in service on a day.

`in_service` is the first day on which something runs, `out_of_service` the first on which it
does no longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from maille.inventory.schema.commune import Camera
    from maille.inventory.schema.rollout import Nomad


def begun(day: date | None, as_of: date) -> bool:
    """Say whether a day has come; one that is not known has not."""
    return day is not None and day <= as_of


def films(camera: Camera, as_of: date) -> bool:
    """Say whether a camera is in service: begun, and not ended."""
    return begun(camera.in_service, as_of) and not begun(camera.out_of_service, as_of)


def hangs(nomad: Nomad, as_of: date) -> bool:
    """Say whether a nomad camera films somewhere: an assignment has begun, and not ended."""
    return any(
        entry.first <= as_of and (entry.last is None or entry.last >= as_of)
        for entry in nomad.assignments
    )
