"""Open requisitions: what they ask for is copied before it may expire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class Holds(Protocol):
    """Whatever knows the requisitions that are open and not copied yet."""

    def on(self, camera: str, start: datetime, end: datetime) -> str | None:
        """Give the reference of one that asks for a camera's images of a time, or None."""


@dataclass(frozen=True, slots=True)
class Requested:
    """The images that one requisition asks for."""

    reference: str
    cameras: frozenset[str]
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class HoldsInMemory:
    """Requisitions that are known already."""

    requested: tuple[Requested, ...] = ()

    def on(self, camera: str, start: datetime, end: datetime) -> str | None:
        """Give the first that asks for any image between two times."""
        for one in self.requested:
            if camera in one.cameras and one.start <= end and start <= one.end:
                return one.reference
        return None
