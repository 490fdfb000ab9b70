"""Open requisitions: what they ask for is copied before it may expire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from maille.errors import MailleError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

FOLDER = "holds"
"""Below an estate's own folder: the register, one file a requisition."""


class Holds(Protocol):
    """Whatever knows the requisitions that are open and not copied yet."""

    def on(self, camera: str, start: datetime, end: datetime) -> str | None:
        """Give the reference of one that asks for a camera's images of a time, or None.

        It is asked for every segment shortly before that goes.
        """


class Requested(BaseModel):
    """What a requisition asks for, as far as expiry has to know; a register may say more."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    reference: str
    cameras: frozenset[str]
    start: AwareDatetime
    end: AwareDatetime
    copied: bool = False
    """Whether all of it lies in the holds' own area: the recordings themselves may then go."""


@dataclass(frozen=True, slots=True)
class HoldsInMemory:
    """Requisitions that are known already."""

    requested: tuple[Requested, ...] = ()

    def on(self, camera: str, start: datetime, end: datetime) -> str | None:
        """Give the first that asks for any image between two times, both included."""
        for one in self.requested:
            if not one.copied and camera in one.cameras and one.start <= end and start <= one.end:
                return one.reference
        return None


@dataclass(frozen=True, slots=True)
class Register:
    """A folder with a file a requisition, read anew each time: one may come while others go."""

    folder: Path

    def on(self, camera: str, start: datetime, end: datetime) -> str | None:
        """Give the first that asks for any image between two times.

        Raises:
            MailleError: a file cannot be read; nothing may go until it is known what it asks for.
        """
        return HoldsInMemory(tuple(map(_read, sorted(self.folder.glob("*.json"))))).on(
            camera, start, end
        )


def _read(file: Path) -> Requested:
    try:
        return Requested.model_validate_json(file.read_bytes())
    except ValidationError:
        raise MailleError(
            f"{file} is damaged: nobody knows which images it keeps from expiring",
            "restore it; until then nothing is erased",
        ) from None
