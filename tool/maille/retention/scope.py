"""Which part of an estate's recordings a command is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.errors import UsageError
from maille.inventory.suggest import unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.retention.promise import Area


def with_cameras(
    areas: tuple[Area, ...], cameras: Iterable[str]
) -> tuple[tuple[Area, ...], frozenset[str] | None]:
    """Give the subvolumes that some cameras record to, and the cameras; all if none is named.

    Raises:
        UsageError: a camera records to none of the subvolumes.
    """
    asked = frozenset(cameras)
    if not asked:
        return areas, None
    known = [camera for area in areas for camera in area.promises]
    for camera in sorted(asked.difference(known)):
        raise UsageError(*unknown("camera", camera, known))
    return tuple(area for area in areas if asked.intersection(area.promises)), asked
