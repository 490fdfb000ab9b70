"""Where a segment lies below its commune's folder, finished or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

UNFINISHED = ".part"
"""How the name ends of what is still written; it begins with a dot, as hidden files do."""


def day_of(camera: str, start: datetime) -> str:
    """Give the folder of a camera's day."""
    return f"/{camera}/{start:%Y-%m-%d}"


def path_of(camera: str, start: datetime) -> str:
    """Give the path of a finished segment: `/28085-0001/2026-11-22/20261122T140000Z.mp4`."""
    return f"{day_of(camera, start)}/{_name(start)}"


def unfinished_path_of(camera: str, start: datetime) -> str:
    """Give the path of a segment while it is written; no reader takes that for a segment."""
    return f"{day_of(camera, start)}/.{_name(start)}{UNFINISHED}"


def is_unfinished(name: str) -> bool:
    """Say whether a file's name is that of a segment that was being written."""
    return name.startswith(".") and name.endswith(UNFINISHED)


def _name(start: datetime) -> str:
    return f"{start:%Y%m%dT%H%M%SZ}.mp4"
