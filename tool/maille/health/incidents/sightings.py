"""For how long something has been seen that is no device's state: a cut link, a blind leg."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sighting:
    """Since when, and in how many rounds on end."""

    since: datetime
    polls: int


def sighted(
    before: Mapping[str, Sighting], names: Iterable[str], at: datetime
) -> dict[str, Sighting]:
    """Give the sightings after one more round; what was not seen in it is forgotten."""
    found = {}
    for name in names:
        last = before.get(name, Sighting(at, 0))
        found[name] = Sighting(last.since, last.polls + 1)
    return found
