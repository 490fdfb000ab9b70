"""Rounds that could not be recorded yet, in a file, in order.

Each is its length, its CRC-32 and compressed JSON, and has reached the disk before it counts as
kept. A record that was being written when the machine or the process died is dropped at the next
opening. The file is locked: whoever has it is the only poller of its name.
"""

from __future__ import annotations

import fcntl
import os
import struct
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from maille.errors import OutOfReachError
from maille.health.history.documents import ROUND

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maille.health.history.model import Round

_HEAD = struct.Struct("<II")
_LEVEL = 3


class Spool:
    """A file of rounds, open for one process."""

    def __init__(self, file: Path) -> None:
        """Open a spool, or make it, and drop what was not written to its end.

        Raises:
            OutOfReachError: another process has it, or the file system does not allow it.
        """
        self.file = file
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise self._failed(error) from None
        self._descriptor = descriptor
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.close()
            raise OutOfReachError(
                f"another process polls with the spool {file}",
                "end it, or give this one a spool of its own",
            ) from None
        self._end = sum(_HEAD.size + len(record) for record in self._records())
        os.ftruncate(descriptor, self._end)

    @property
    def waits(self) -> bool:
        """Say whether there are rounds in it."""
        return self._end > 0

    def append(self, round_: Round) -> None:
        """Keep a round; when this returns it is on the disk.

        What the round said for pollers of other shards is left away: it will not hold any more.

        Raises:
            OutOfReachError: it could not be written; then nothing of it is there.
        """
        kept = replace(round_, conditions=(), links=())
        record = zlib.compress(ROUND.dump_json(kept), _LEVEL)
        whole = _HEAD.pack(len(record), zlib.crc32(record)) + record
        written = 0
        try:
            while written < len(whole):
                written += os.pwrite(self._descriptor, whole[written:], self._end + written)
            os.fsync(self._descriptor)
        except OSError as error:
            os.ftruncate(self._descriptor, self._end)
            raise self._failed(error) from None
        self._end += len(whole)

    def rounds(self) -> Iterator[Round]:
        """Give all rounds in the order in which they were kept."""
        for record in self._records():
            yield ROUND.validate_json(zlib.decompress(record))

    def clear(self) -> None:
        """Forget all rounds: they were recorded. Not forgotten, they would be known to be so."""
        os.ftruncate(self._descriptor, 0)
        os.fsync(self._descriptor)
        self._end = 0

    def close(self) -> None:
        """Let another process have it."""
        os.close(self._descriptor)

    def _records(self) -> Iterator[bytes]:
        at = 0
        while True:
            head = os.pread(self._descriptor, _HEAD.size, at)
            if len(head) < _HEAD.size:
                return
            length, checksum = _HEAD.unpack(head)
            record = os.pread(self._descriptor, length, at + _HEAD.size)
            if len(record) < length or not record or zlib.crc32(record) != checksum:
                return
            yield record
            at += _HEAD.size + length

    def _failed(self, error: OSError) -> OutOfReachError:
        return OutOfReachError(
            f"the spool {self.file} cannot be written: {error.strerror}",
            "see to the folder's rights and the room on its disk",
        )
