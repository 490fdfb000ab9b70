"""What is being taken away: written down before it goes, kept until its contents are erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from maille.errors import MailleError
from maille.files import sweep, write_atomically
from maille.retention.journal import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = "pending"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Item(_Part):
    """A file that goes, and where its contents lie."""

    camera: str
    path: str
    inode: int
    size_bytes: int
    start: AwareDatetime
    end: AwareDatetime
    layout: str
    rule: str


class Batch(_Part):
    """Files of one subvolume that go together."""

    id: str
    at: AwareDatetime
    """When it was begun: the journal says nothing of it before."""
    subvolume: str
    items: tuple[Item, ...]
    unlinked: bool = False
    """Whether the journal says that they went; what may be left of them is their contents."""

    def of(self, items: tuple[Item, ...]) -> Self:
        """Give the same batch with fewer items."""
        return self.model_copy(update={"items": items})


class Pending:
    """A folder with a file a batch."""

    def __init__(self, folder: Path) -> None:
        """Make the folder; the caller is its one writer."""
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def save(self, batch: Batch) -> None:
        """Write a batch down; when this returns it is on the disk."""
        write_atomically(self._file(batch), batch.model_dump_json())
        sync_folder(self._folder)

    def forget(self, batch: Batch) -> None:
        """Take a batch away that is erased."""
        self._file(batch).unlink(missing_ok=True)

    def batches(self) -> Iterator[Batch]:
        """Give what is under way, one after the other.

        Raises:
            MailleError: a file is damaged.
        """
        for file in sorted(self._folder.glob("*.json")):
            try:
                yield Batch.model_validate_json(file.read_bytes())
            except ValidationError:
                raise MailleError(
                    f"{file} is damaged",
                    "nothing of it was journaled as erased: note its cameras by hand, then move"
                    " it elsewhere",
                ) from None

    def sweep(self) -> None:
        """Take away what a writer left that was killed while it wrote."""
        for file in self._folder.glob(".*.json.*"):
            sweep(file.with_name(file.name[1:].rpartition(".")[0]))

    def _file(self, batch: Batch) -> Path:
        return self._folder / f"{batch.id}.json"
