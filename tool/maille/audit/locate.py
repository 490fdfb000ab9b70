"""Where a line stands in a running configuration."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Path = tuple[str, ...]

_NUMBER = re.compile(r"(?:sequence )?\d+ (?=permit|deny|remark)")
"""Of an entry of an access list: entries are compared without."""


def line_numbers(text: str) -> Mapping[Path, int]:
    """Give the number of each line, counted from 1, by the line and those that it stands under.

    The first of equal lines counts; blanks are counted as one.
    """
    found: dict[Path, int] = {}
    above: list[tuple[int, str]] = []
    for number, raw in enumerate(text.split("\n"), start=1):
        line = _NUMBER.sub("", " ".join(raw.split()), count=1)
        if not line or line.startswith("!"):
            continue
        level = len(raw) - len(raw.lstrip())
        while above and above[-1][0] >= level:
            above.pop()
        above.append((level, line))
        found.setdefault(tuple(part for _, part in above), number)
    return found


def number_of(path: Path, numbers: Mapping[Path, int]) -> int:
    """Give the number of a line, else of the nearest section that it would stand in, else 0."""
    while path:
        if path in numbers:
            return numbers[path]
        path = path[:-1]
    return 0
