"""What every file of the draft is made from, and the placeholders that all of them share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from maille.adopt.names import slug, unique
from maille.adopt.numbers import PORT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from maille.adopt.centre.model import CentreDraft
    from maille.adopt.communes import Recogniser
    from maille.adopt.links import Joints
    from maille.adopt.numbers import Key, Numbers
    from maille.adopt.segments import Segments
    from maille.adopt.survey import Survey
    from maille.adopt.uses import Uses
    from maille.allocation.subject import Subject
    from maille.inventory.schema.catalogue import Catalogue

NOWHERE: Final = (46.6, 2.4)
"""Where everything stands whose place is not known: the middle of France."""
SPACING_KM: Final = 1.0
"""Placeholder for the length of every cable."""
CONVENTION: Final = "adhesion"
NO_COMMUNE: Final = "01999"
"""Code of the stand-in where no commune was recognised; INSEE has not given it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of the estate besides its configurations."""

    name: str
    """An id."""
    title: str
    language: Literal["fr", "en"]
    today: date


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that the drafts read."""

    wish: Wish
    survey: Survey
    uses: Uses
    segments: Segments
    centre: CentreDraft
    joints: Joints
    numbers: Numbers
    recogniser: Recogniser
    catalogue: Catalogue
    """The models that there are, those drafted for this estate among them."""
    unpinned: frozenset[Key] = field(default=frozenset())
    """Numbers that are not pinned, as something else has them."""

    def pin(self, subject: Subject, part: str) -> Any:  # noqa: ANN401 — whatever the number is
        """Give the number that is to be pinned, nothing if there is none."""
        seen = self.numbers.get((subject, part))
        if seen is None or (subject, part) in self.unpinned:
            return None
        if part == PORT:
            return seen.value.position if seen.value.kind == "access" else None
        return seen.value if isinstance(seen.value, int) else str(seen.value)

    def pins(self, subject: Subject, **fields: str) -> Mapping[str, Any]:
        """Give pins by the name that the inventory has for each; without those unknown."""
        found = {name: self.pin(subject, part) for name, part in fields.items()}
        return {name: value for name, value in found.items() if value is not None}


def supply_id(switch: str, taken: set[str]) -> str:
    """Name the supply of a switch."""
    return unique(slug(switch), taken)
