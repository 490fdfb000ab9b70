"""A fault: what is wrong at one spot of a text, told before the file's name is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value: the keys of mappings and the indexes of lists, from the root."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file.

    `line` and `column` count from 1 in characters; 0 says that the whole file is meant.
    """

    code: str
    line: int
    column: int
    what: str
    how: str = ""
    path: Path = ()


_MAX_QUOTED = 60
"""Characters of a key or a word that a message repeats."""


def cut(text: str) -> str:
    """Shorten what a message repeats from a file to a length that can be read."""
    return text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}…"


def dotted(path: Path) -> str:
    """Write a path as people read it: `cabinets.epars.masks[1]`.

    A key that holds a dot, a bracket, a quote or a space, or nothing at all, stands in
    quotes, so that the text names one path only.
    """
    parts: list[str] = []
    for step in path:
        if isinstance(step, int):
            parts.append(f"[{step}]")
            continue
        name = cut(step)
        if not name or any(char in '.[]" ' for char in name):
            name = f'"{name}"'
        parts.append(f".{name}" if parts else name)
    return "".join(parts)
