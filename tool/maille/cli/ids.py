"""The ids of an estate, read off its files without loading it: quick enough for completion.

Only the layout of the files is looked at, by the line: a file that is wrong elsewhere still
completes. What is written in YAML's flow style is not seen.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KEY = re.compile(r"""^( *)["']?([A-Za-z0-9][\w-]*)["']?:(?:[ ]+["']?([\w-]+))?""", re.MULTILINE)


class Kind(StrEnum):
    """What an id may name; the value is the key under which such ids stand in the files."""

    COMMUNE = "insee"
    CAMERA = "cameras"
    SWITCH = "switches"
    SITE = "sites"
    RING = "rings"
    CABLE = "cables"
    LINK = "links"


_CABINETS = "cabinets"
_KINDS = {kind.value: kind for kind in Kind if kind is not Kind.COMMUNE}


def ids(estate: Path, *kinds: Kind) -> list[str]:
    """List the ids of an estate, sorted; of the given kinds, or of all.

    A cabinet gives its switch, `<insee>-<cabinet>`.
    """
    wanted = set(kinds or Kind)
    files = (file for folder in (".", "network", "communes") for file in _texts(estate / folder))
    return sorted({found for text in files for kind, found in _found(text) if kind in wanted})


def _texts(folder: Path) -> Iterator[str]:
    for file in folder.glob("*.yaml"):
        try:
            yield file.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue


def _found(text: str) -> Iterator[tuple[Kind, str]]:
    insee = ""
    above: list[tuple[int, str]] = []
    for indent, key, value in _KEY.findall(text):
        depth = len(indent)
        while above and above[-1][0] >= depth:
            above.pop()
        parent = above[-1][1] if above else ""
        above.append((depth, key))
        if key == Kind.COMMUNE and not depth:
            insee = value
            yield Kind.COMMUNE, insee
        elif parent == _CABINETS:
            yield Kind.SWITCH, f"{insee}-{key}"
        elif parent in _KINDS:
            yield _KINDS[parent], key
