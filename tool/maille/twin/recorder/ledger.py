"""The account of what is stored: a line of JSON for each segment that the cluster says it has.

Lines are only ever added, each in one piece: whoever is killed leaves an account that is right,
and at most a last line that is cut off and was never promised.
"""

from __future__ import annotations

import fcntl
import json
import os
import threading
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from maille.errors import MailleError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """A segment that the cluster has: synced, under its own name."""

    fsid: str
    """Of the cluster."""
    subvolume: str
    camera: str
    path: str
    """From the root of the file system."""
    start: str
    """ISO 8601, UTC."""
    seconds: int
    size_bytes: int
    sha256: str


class Ledger:
    """A ledger that is open for adding."""

    def __init__(self, descriptor: int) -> None:
        """Keep the open file."""
        self._descriptor = descriptor
        self._closed = False
        self._turn = threading.Lock()

    def add(self, entry: Entry) -> None:
        """Add a segment; any thread may. What comes after the end is not accounted for."""
        line = json.dumps(asdict(entry)).encode() + b"\n"
        with self._turn:
            if not self._closed:
                os.write(self._descriptor, line)

    def close(self) -> None:
        """End it."""
        with self._turn:
            self._closed = True
            os.close(self._descriptor)


@contextmanager
def opened(file: Path) -> Iterator[Ledger]:
    """Open a ledger for as long as a `with` lasts, made if there is none.

    Raises:
        UsageError: recorders are writing to it already.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    ledger = Ledger(descriptor)
    try:
        _lock(file, descriptor)
        _end_line(descriptor)
        yield ledger
    finally:
        ledger.close()


def read(file: Path) -> Iterator[Entry]:
    """Give all entries; none if there is no such file.

    Raises:
        MailleError: something else than entries stands in it.
    """
    if not file.exists():
        return
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            cut_off = line.startswith(b"{") and not line.endswith(b"}\n")
            if not cut_off:
                yield _entry(file, number, line)


def _entry(file: Path, number: int, line: bytes) -> Entry:
    try:
        return Entry(**json.loads(line))
    except (ValueError, TypeError):
        raise MailleError(
            f"{file}, line {number}: that is no entry of a recorder's ledger",
            "name another file by --ledger",
        ) from None


def _lock(file: Path, descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UsageError(
            f"recorders are writing to {file} already", "end them first, or name another --ledger"
        ) from None


def _end_line(descriptor: int) -> None:
    """End a line that somebody was killed in, so that the next one stands alone."""
    size = os.fstat(descriptor).st_size
    if size and os.pread(descriptor, 1, size - 1) != b"\n":
        os.write(descriptor, b"\n")
