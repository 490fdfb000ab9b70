"""What is said of a camera that a list names and nobody knows.

A suggestion that is taken leads an address to a port. So none is made that would name the
camera of another commune, and none that would name another serial number: those differ in one
digit from one box to the next.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maille.inventory.suggest import meant, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.batch.existing import Existing

_OF_A_COMMUNE = re.compile(r"(\d[\dab]\d{3})-.*")


def unknown_device(device: str, existing: Existing) -> tuple[str, str]:
    """Say that a label names no camera, and how to mend it."""
    what = f"camera `{device}` unknown"
    if numbered := _OF_A_COMMUNE.fullmatch(device.lower()):
        return what, _in_commune(device, numbered.group(1).upper(), existing)
    nomads = [name for name in existing.homes if name in existing.estate.nomads]
    how = meant(device, [*nomads, *_written_alike(device, existing)])
    return what, how or "give its id; a serial number is known once it stands in the inventory"


def _in_commune(device: str, insee: str, existing: Existing) -> str:
    """Suggest the cameras of the commune that the id begins with."""
    commune = existing.estate.communes.get(insee)
    if commune is None:
        return f"no commune `{insee}` is in the inventory: correct the id, or add the commune first"
    own = [name for cabinet in commune.cabinets.values() for name in cabinet.cameras]
    return meant(device, own) or f"{commune.commune} has no such camera: import it first"


def _written_alike(device: str, existing: Existing) -> Iterator[str]:
    """Give the serial numbers that differ in case, spaces and hyphens only."""
    plain = slug(device).replace("-", "")
    return (serial for serial in existing.serials if slug(serial).replace("-", "") == plain)
