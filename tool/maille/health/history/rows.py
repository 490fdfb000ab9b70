"""All samples of one round as one text of bytes: what is kept until its hour is over.

It begins with the length of a list in JSON, `[[target, layout], …]`, then that list, then for each
of its entries the bits of the values that are there and a word of 64 bits a value.
"""

from __future__ import annotations

import hashlib
import json
import math
import struct
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from maille.health.history.model import Measure, Samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maille.health.history.model import Value

    Layouts = Mapping[int, tuple[Measure, ...]]

_LENGTH = struct.Struct("<I")
_LEVEL = 1
"""It is read once more within two hours, and then made into chunks."""


class Row(NamedTuple):
    """What one round had of one target."""

    target: str
    layout: int
    values: tuple[Value, ...]


@lru_cache(maxsize=65_536)
def layout_of(measures: tuple[Measure, ...]) -> int:
    """Give the number of a sequence of measures: the same everywhere, for it follows from them.

    63 bits of SHA-256, so that two of a million layouts are alike by a chance of 1 to 10 million.
    """
    digest = hashlib.sha256(layout_text(measures).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def layout_text(measures: tuple[Measure, ...]) -> str:
    """Give measures as they are kept."""
    return json.dumps([[one.name, one.kind, one.unit] for one in measures], ensure_ascii=False)


def layout_from(text: str) -> tuple[Measure, ...]:
    """Give the measures of a text that `layout_text` gave."""
    return tuple(Measure(*entry) for entry in json.loads(text))


def pack(samples: Iterable[Samples]) -> bytes:
    """Give the samples of a round as bytes.

    Raises:
        ValueError: there is not a value to each measure, or it does not fit the measure's kind.
    """
    heads: list[tuple[str, int]] = []
    parts: list[bytes] = []
    for one in samples:
        heads.append((one.target, layout_of(one.measures)))
        there = sum(1 << place for place, value in enumerate(one.values) if value is not None)
        words = [0 if value is None else value for value in one.values]
        try:
            packed = _form(one.measures).pack(*words)
        except struct.error as error:
            raise ValueError(f"the samples of {one.target} are not as measured: {error}") from error
        if not all(map(math.isfinite, words)):
            raise ValueError(f"a sample of {one.target} is no finite number")
        parts += (there.to_bytes(_bits(len(one.values)), "little"), packed)
    head = json.dumps(heads, ensure_ascii=False).encode()
    return zlib.compress(_LENGTH.pack(len(head)) + head + b"".join(parts), _LEVEL)


def unpack(packed: bytes, layouts: Layouts) -> list[Row]:
    """Give the rows of a round; `layouts` has the measures of every layout there is."""
    plain = zlib.decompress(packed)
    (length,) = _LENGTH.unpack_from(plain)
    at = _LENGTH.size + length
    rows = []
    for target, layout in json.loads(plain[_LENGTH.size : at]):
        form, width = _form(layouts[layout]), _bits(len(layouts[layout]))
        there = int.from_bytes(plain[at : at + width], "little")
        values = form.unpack_from(plain, at + width)
        present = (value if there >> place & 1 else None for place, value in enumerate(values))
        rows.append(Row(target, layout, tuple(present)))
        at += width + form.size
    return rows


@lru_cache(maxsize=65_536)
def _form(measures: tuple[Measure, ...]) -> struct.Struct:
    return struct.Struct("<" + "".join("Q" if one.kind == "counter" else "d" for one in measures))


def _bits(width: int) -> int:
    return (width + 7) // 8
