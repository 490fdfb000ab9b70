"""What stands in a segment: the clip, and a `free` box that fills it up to the size wanted.

The filling follows from a seed and looks like noise, as coded images do: no part of a segment
resembles another, so that a part that is lost or mixed up is seen by its digest. A hole, which
reads as zeros, is seen too. A piece is made when it is asked for: memory stays flat.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.twin.recorder.container import clip, stamped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.twin.recorder.spans import Span

_BLOCK_BYTES = 1 << 16
_FREE_BYTES = 16
"""The head of a box that may be larger than 4 GiB."""
PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Content:
    """A segment's bytes, any part of them on request."""

    head: bytes
    seed: bytes
    size_bytes: int

    def read(self, offset: int, length: int) -> bytes:
        """Give a part; less at the end."""
        end = min(offset + length, self.size_bytes)
        parts = [self.head[offset:end]]
        at = max(0, offset - len(self.head))
        last = end - len(self.head)
        while at < last:
            number, skipped = divmod(at, _BLOCK_BYTES)
            taken = min(_BLOCK_BYTES, last - number * _BLOCK_BYTES)
            parts.append(self._block(number, taken)[skipped:])
            at = number * _BLOCK_BYTES + taken
        return b"".join(parts)

    def pieces(self, offset: int, end: int) -> Iterator[tuple[int, bytes]]:
        """Give what stands between two places in pieces of a megabyte, each with its place."""
        for at in range(offset, end, PIECE_BYTES):
            yield at, self.read(at, min(PIECE_BYTES, end - at))

    def sha256(self) -> str:
        """Give the digest of all of it, in hexadecimal."""
        digest = hashlib.sha256()
        for _, piece in self.pieces(0, self.size_bytes):
            digest.update(piece)
        return digest.hexdigest()

    def _block(self, number: int, length: int) -> bytes:
        return hashlib.shake_128(self.seed + number.to_bytes(8, "big")).digest(length)


def content_of(camera: str, span: Span, mbps: float) -> Content:
    """Give what a camera's segment holds: as much as its rate asks, and no less than the clip."""
    film = stamped(span.start, span.seconds)
    asked = round(mbps * 1e6 / 8 * span.seconds)
    size_bytes = max(asked, least_bytes())
    free = struct.pack(">I4sQ", 1, b"free", size_bytes - len(film))
    seed = f"{camera} {span.start.isoformat()} ".encode()
    return Content(film + free, seed, size_bytes)


def least_bytes() -> int:
    """Give the size that no segment is below."""
    return len(clip()) + _FREE_BYTES
