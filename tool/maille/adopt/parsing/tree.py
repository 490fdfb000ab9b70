"""A configuration as a tree of lines, by their indentation; banners are left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maille.adopt.parsing.transcript import Row

_BANNER: Final = re.compile(r"banner \S+(?: (\^C|\S)(.*))?$")
_END_OF_BANNER: Final = "EOF"
_NOISE: Final = re.compile(r"Building configuration|Current configuration|exit(?:-.*)?$|--More--")
_DEEPEST: Final = 12
"""Levels of indentation that are told apart; a device has four."""


@dataclass(slots=True)
class Line:
    """A line without its indentation, single blanks between words."""

    number: int
    text: str
    below: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    """The lines of a configuration, and its comments."""

    lines: tuple[Line, ...]
    comments: tuple[Line, ...]


def tree(rows: Sequence[Row]) -> Tree:
    """Build the tree of a configuration."""
    top: list[Line] = []
    comments: list[Line] = []
    stack: list[tuple[int, list[Line]]] = [(-1, top)]
    index = 0
    while index < len(rows):
        row = rows[index]
        index += 1
        text = " ".join(row.text.split())
        if not text or _NOISE.match(text):
            continue
        if text.startswith("!"):
            comments.append(Line(row.number, text.lstrip("! ")))
            continue
        level = len(row.text) - len(row.text.lstrip())
        if not level and (banner := _BANNER.match(text)):
            index = _behind_banner(banner, rows, index)
            continue
        while stack[-1][0] >= level:
            stack.pop()
        line = Line(row.number, text)
        stack[-1][1].append(line)
        if len(stack) < _DEEPEST:
            stack.append((level, line.below))
    return Tree(tuple(top), tuple(comments))


def _behind_banner(first: re.Match[str], rows: Sequence[Row], start: int) -> int:
    """Give the row behind a banner: it ends with its delimiter, or `EOF` where it has none.

    One that never ends is taken for its first line alone.
    """
    delimiter, body = first[1] or "", first[2] or ""
    if delimiter and delimiter in body:
        return start
    for index in range(start, len(rows)):
        text = rows[index].text
        if (delimiter in text) if delimiter else (text.rstrip() == _END_OF_BANNER):
            return index + 1
    return start
