"""The samples of one target in one hour as one compressed text of bytes: exact, and small.

A chunk has a column of times and one a measure, each of 64-bit words. Times are kept by the
differences of their differences, counters by their differences (modulo 2**64, so a counter that
wraps is a small one), gauges by the bits in which they differ from the value before. Bytes of one
weight then stand together, most of them are zero, and zlib does the rest.

A missing value is a bit, and takes the value before it, which costs nothing.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from maille.health.history.model import MeasureKind, Value

    Words = NDArray[np.uint64]

_HEAD = struct.Struct("<BIH")
"""Version, rows, columns."""
_VERSION = 1
_LEVEL = 6
_WORD = np.dtype("<u8")


def encode(
    kinds: Sequence[MeasureKind], times_us: Sequence[int], rows: Sequence[Sequence[Value]]
) -> bytes:
    """Give rows of samples as bytes; a row has a value for each kind, and its time."""
    times = np.array(times_us, dtype=np.int64).view(np.uint64)
    columns = [_differences(_differences(times))]
    absent = np.zeros((len(kinds), len(rows)), dtype=bool)
    for number, kind in enumerate(kinds):
        values = [row[number] for row in rows]
        absent[number] = [value is None for value in values]
        words = _words(kind, values)
        columns.append(_differences(words) if kind == "counter" else _changes(words))
    body = np.array(columns, dtype=_WORD).view(np.uint8).reshape(len(columns), len(rows), 8)
    shuffled = np.ascontiguousarray(body.transpose(0, 2, 1)).tobytes()
    head = _HEAD.pack(_VERSION, len(rows), len(kinds))
    return head + zlib.compress(np.packbits(absent).tobytes() + shuffled, _LEVEL)


def decode(
    kinds: Sequence[MeasureKind], chunk: bytes
) -> tuple[tuple[int, ...], tuple[tuple[Value, ...], ...]]:
    """Give times in microseconds, and for each kind the column of its values.

    Raises:
        ValueError: the chunk is of another version, or has not these columns.
    """
    version, rows, width = _HEAD.unpack_from(chunk)
    if (version, width) != (_VERSION, len(kinds)):
        raise ValueError(f"a chunk of version {version} with {width} columns")
    plain = zlib.decompress(chunk[_HEAD.size :])
    split = (rows * width + 7) // 8
    bits = np.unpackbits(np.frombuffer(plain, np.uint8, split), count=rows * width)
    absent = bits.reshape(width, rows).astype(bool)
    body = np.frombuffer(plain, np.uint8, offset=split).reshape(width + 1, 8, rows)
    words = np.ascontiguousarray(body.transpose(0, 2, 1)).view(_WORD).reshape(width + 1, rows)
    times = _summed(_summed(words[0])).view(np.int64).tolist()
    columns = []
    for kind, column, missing in zip(kinds, words[1:], absent, strict=True):
        whole = _summed(column) if kind == "counter" else np.bitwise_xor.accumulate(column)
        values = whole.tolist() if kind == "counter" else whole.view(np.float64).tolist()
        for place in np.flatnonzero(missing):
            values[place] = None
        columns.append(tuple(values))
    return tuple(times), tuple(columns)


def _words(kind: MeasureKind, values: Sequence[Value]) -> Words:
    """Give a column as words, a missing value as the one before it."""
    filled: list[int | float] = []
    last: int | float = 0
    for value in values:
        last = last if value is None else value
        filled.append(last)
    if kind == "counter":
        return np.array(filled, dtype=np.uint64)
    return np.array(filled, dtype=np.float64).view(np.uint64)


def _differences(words: Words) -> Words:
    return np.diff(words, prepend=np.uint64(0))


def _summed(words: Words) -> Words:
    return np.cumsum(words, dtype=np.uint64)


def _changes(words: Words) -> Words:
    return words ^ np.concatenate((np.zeros(1, dtype=np.uint64), words[:-1]))[: len(words)]
