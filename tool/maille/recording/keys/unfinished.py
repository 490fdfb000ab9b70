"""What a rotation has begun and not ended: the next run goes on from it. No key is in it."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from maille.errors import MailleError
from maille.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Begun(BaseModel):
    """A client whose key is being replaced."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fingerprint: str
    """Of the key that goes."""
    addresses: tuple[str, ...] | None = None
    """Sessions opened with it; None: the new key was not seen on the cluster yet."""
    done: bool = False
    """It is replaced; kept until all are, for nobody to replace it twice meanwhile."""


_FILE = TypeAdapter(dict[str, Begun])


@dataclass
class Unfinished:
    """The begun rotations of an estate by client, on the disk after every change."""

    file: Path
    begun: dict[str, Begun] = field(default_factory=dict)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Read what is there, and be the one who changes it.

        Raises:
            MailleError: another process rotates, or somebody damaged the file.
        """
        with self.file.with_suffix(".lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise MailleError(
                    "another process replaces keys of this estate", "wait until it is done"
                ) from None
            self.begun = self._read()
            yield

    def set(self, entity: str, begun: Begun) -> None:
        """Keep how far a client is; `save` puts it on the disk."""
        self.begun[entity] = begun

    @property
    def open(self) -> tuple[str, ...]:
        """Give the clients that are not done."""
        return tuple(entity for entity, begun in self.begun.items() if not begun.done)

    def end(self, entity: str) -> None:
        """Mark a client as done: its old key and sessions are gone."""
        self.set(entity, self.begun[entity].model_copy(update={"done": True}))

    def drop(self, entity: str) -> None:
        """Forget a client that is no more."""
        del self.begun[entity]

    def save(self) -> None:
        """Put it on the disk; once all are done there is nothing to keep."""
        if self.open:
            write_atomically(self.file, _FILE.dump_json(self.begun, indent=2))
        else:
            self.file.unlink(missing_ok=True)

    def _read(self) -> dict[str, Begun]:
        if not self.file.exists():
            return {}
        try:
            return _FILE.validate_json(self.file.read_bytes())
        except ValidationError as error:
            raise MailleError(
                f"{self.file} is damaged: {error.errors()[0]['msg']}",
                "remove it: keys that were replaced already then are so once more",
            ) from None
