"""Names on a map: each beside its place, none over another; what finds no room is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CHARACTER = 0.56
"""Mean width of a character, as a share of the type's size."""
_GAP = 3.0


class Box(NamedTuple):
    """A rectangle on the map, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Say whether two boxes overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Something on the map that wants its name beside it."""

    key: str
    name: str
    x: float
    y: float
    radius: float


class Name(NamedTuple):
    """Where a name stands: its anchor point and the side that is anchored."""

    x: float
    y: float
    side: str
    """`start`, `middle` or `end`."""


def place_names(
    places: Iterable[Place], frame: Box, *, type_px: float, taken: Iterable[Box] = ()
) -> dict[str, Name]:
    """Find a place for as many names as possible; earlier ones go first."""
    wanted = list(places)
    boxes = [*taken, *(_around(place) for place in wanted)]
    found = {}
    for place in wanted:
        for name, box in _candidates(place, type_px):
            inside = (
                box.left >= frame.left
                and box.right <= frame.right
                and box.top >= frame.top
                and box.bottom <= frame.bottom
            )
            if inside and not any(box.meets(other) for other in boxes):
                found[place.key] = name
                boxes.append(box)
                break
    return found


def _around(place: Place) -> Box:
    return Box(
        place.x - place.radius,
        place.y - place.radius,
        place.x + place.radius,
        place.y + place.radius,
    )


def _candidates(place: Place, type_px: float) -> Iterator[tuple[Name, Box]]:
    """Give places for a name, the best first: right, left, above, below, then aslant."""
    wide, off = len(place.name) * type_px * _CHARACTER, place.radius + _GAP
    slant = place.radius * 0.7 + _GAP
    for x, y, side in (
        (place.x + off, place.y + type_px * 0.35, "start"),
        (place.x - off, place.y + type_px * 0.35, "end"),
        (place.x, place.y - off - 1, "middle"),
        (place.x, place.y + off + type_px * 0.8, "middle"),
        (place.x + slant, place.y - slant, "start"),
        (place.x + slant, place.y + slant + type_px * 0.6, "start"),
        (place.x - slant, place.y - slant, "end"),
        (place.x - slant, place.y + slant + type_px * 0.6, "end"),
    ):
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[side]
        yield Name(x, y, side), Box(left, y - type_px * 0.85, left + wide, y + type_px * 0.2)
