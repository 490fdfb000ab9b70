"""Which models are put where: cameras by kind, switches by what hangs on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventory.generate.mix import Kind, Use

FIXED = ("p1467-le", "p1467-le", "p3267-lve", "nbe-5703-al")
"""5 MP cameras, by turns."""
PLATES = ("p1465-le-3", "q1700-le")
BIG_PTZ, PTZ, MULTISENSOR = "q6135-le", "p5655-e", "p3737-ple"

STRONG_POE = "ie-3300-8u2x"
"""Feeds cameras of 60 W."""
MANY_UPLINKS = "ie-4000-8gt8gp4g-e"
FEW_CAMERAS = "ie-2000-16ptc-g-e"
"""Feeds four cameras of 15.4 W and no more."""
USUAL = ("ie-3300-8p2s", "ie-3300-8p2s", "ie-3300-8p2s", "ie-3400-8p2s", MANY_UPLINKS)
IN_SCHOOLS, IN_BUILDINGS = "c2960cx-8pc-l", "c9200l-24p-4g"
INDOORS = frozenset({IN_SCHOOLS, IN_BUILDINGS})

OUI = {"nbe-5703-al": "00:07:5f"}
AXIS_OUI = "b8:a4:4f"


class Housing(NamedTuple):
    """Where a switch stands and how long it bridges a power cut."""

    street: bool
    temperature_c: tuple[int, int] | None
    """None: that of a street cabinet, the default."""
    ups_minutes: int


STREET = Housing(street=True, temperature_c=None, ups_minutes=30)
ROOM = Housing(street=False, temperature_c=(5, 40), ups_minutes=60)


def camera_model(kind: Kind, *, strong: bool, turn: int) -> str:
    """Give a model for a camera; `strong` says whether its switch feeds 60 W."""
    if kind == "fixed":
        return FIXED[turn % len(FIXED)]
    if kind == "lpr":
        return PLATES[turn % len(PLATES)]
    if kind == "multisensor":
        return MULTISENSOR
    return BIG_PTZ if strong else PTZ


def switch_model(
    key: str, use: Use, kinds: Sequence[Kind], *, town: bool = False, parent: bool = False
) -> str:
    """Give a switch for a cabinet; `parent` says whether others hang off it by spurs."""
    if "multisensor" in kinds:
        return STRONG_POE
    if parent:
        return MANY_UPLINKS
    if use == "school":
        return IN_SCHOOLS
    if use == "building" and town:
        return IN_BUILDINGS
    if "ptz" not in kinds and len(kinds) <= 4:
        return FEW_CAMERAS
    return USUAL[crc32(key.encode()) % len(USUAL)]


def housing(switch: str) -> Housing:
    """Say where such a switch stands."""
    return ROOM if switch in INDOORS else STREET


def mac(model: str, number: int) -> str:
    """Give an invented address under the maker's own prefix; `number` has 24 bits."""
    return OUI.get(model, AXIS_OUI) + "".join(
        f":{number >> shift & 255:02x}" for shift in (16, 8, 0)
    )
