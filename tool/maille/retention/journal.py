"""The journal of a retention: JSON lines by month, appended, on the disk before work goes on.

A line that a crash cut short was never acknowledged: it is taken away, and an entry tells so.
The law keeps it three years at most (CSI R253-5): `forget` takes older entries away.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from maille.errors import MailleError
from maille.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Entry = dict[str, Any]
"""What one line holds; `at` is its UTC time, `2026-11-22T14:00:00.000000Z`."""

FOLDER = "journal"
"""Below an estate's own folder."""
KEPT = timedelta(days=3 * 365)
"""CSI R253-5: three years at the most; a leap day is given away."""


@dataclass(frozen=True, slots=True)
class Journal:
    """A folder of months."""

    folder: Path
    author: str
    """Who is answerable for what this process writes."""

    @contextmanager
    def writing(self, now: datetime) -> Iterator[None]:
        """Be its one writer; what a crash left is repaired first.

        Raises:
            MailleError: another process writes.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise MailleError(
                    f"another process writes the journal {self.folder}",
                    "wait until it is done; a process that was killed holds nothing",
                ) from None
            for file in self._months():
                self._repair(file, now)
            yield

    def append(self, at: datetime, entries: Iterable[Entry]) -> None:
        """Write entries, all with one time; when this returns they are on the disk."""
        head = {"at": time_text(at), "author": self.author}
        lines = [json.dumps(head | entry, ensure_ascii=False) + "\n" for entry in entries]
        if lines:
            _append(self.folder / f"{at.astimezone(UTC):%Y-%m}.jsonl", "".join(lines).encode())

    def entries(self, since: datetime | None = None) -> Iterator[Entry]:
        """Give all entries in their order; a line that was cut short is left out.

        Args:
            since: months before the one of this time are not read.

        Raises:
            MailleError: a line within is damaged.
        """
        first = time_text(since)[:7] if since else ""
        for file in self._months():
            if file.stem < first:
                continue
            with file.open("rb") as lines:
                for number, line in enumerate(lines, start=1):
                    if line.endswith(b"\n"):
                        yield _read(line, file, number)

    def forget(self, now: datetime) -> int:
        """Take away what is older than the law allows; give how many entries."""
        oldest = time_text(now - KEPT)
        gone = 0
        for file in self._months():
            if file.stem > oldest[:7]:
                break
            lines = file.read_bytes().splitlines(keepends=True)
            kept = [
                line
                for number, line in enumerate(lines, start=1)
                if str(_read(line, file, number)["at"]) >= oldest
            ]
            gone += len(lines) - len(kept)
            if not kept:
                file.unlink()
            elif len(kept) < len(lines):
                write_atomically(file, b"".join(kept))
        return gone

    def _months(self) -> list[Path]:
        return sorted(self.folder.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9].jsonl"))

    def _repair(self, file: Path, now: datetime) -> None:
        content = file.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole == len(content):
            return
        os.truncate(file, whole)
        self.append(
            now, [{"phase": "repaired", "file": file.name, "cut_bytes": len(content) - whole}]
        )


def time_text(at: datetime) -> str:
    """Give a UTC time that sorts as a text."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sync_folder(folder: Path) -> None:
    """Put a folder's names on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _append(file: Path, data: bytes) -> None:
    new = not file.exists()
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        while data:
            data = data[os.write(handle, data) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    if new:
        sync_folder(file.parent)


def _read(line: bytes, file: Path, number: int) -> Entry:
    try:
        entry = json.loads(line)
        datetime.fromisoformat(entry["at"])
    except (ValueError, KeyError, TypeError):
        raise MailleError(
            f"line {number} of {file} is damaged",
            "somebody changed the journal: restore it from a copy, or take that line away",
        ) from None
    return dict(entry)
