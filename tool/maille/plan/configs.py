"""Configurations before and after, as unified diffs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HUNK = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")
_CONTEXT_LINES = 2


@dataclass(frozen=True, slots=True)
class ConfigDiff:
    """The configuration of one switch: what changes, as a unified diff without its head.

    A hunk begins with the section it is in, `@@ interface Vlan10 @@`, in place of line numbers:
    nobody counts the lines of a switch.
    """

    switch: str
    commune: str | None
    lines: tuple[str, ...]

    @property
    def added(self) -> int:
        """Count the lines that come."""
        return sum(line.startswith("+") for line in self.lines)

    @property
    def removed(self) -> int:
        """Count the lines that go."""
        return sum(line.startswith("-") for line in self.lines)

    @property
    def substance(self) -> tuple[str, ...]:
        """Give what comes and goes and where, without the lines around it."""
        return tuple(line for line in self.lines if not line.startswith(" "))


def config_diffs(
    before: Mapping[str, str], after: Mapping[str, str], communes: Mapping[str, str | None]
) -> tuple[ConfigDiff, ...]:
    """Compare texts by switch; those that are equal are left out."""
    return tuple(
        ConfigDiff(switch, communes[switch], tuple(_diff(before.get(switch, ""), text)))
        for switch in sorted(before.keys() | after.keys())
        if (text := after.get(switch, "")) != before.get(switch, "")
    )


def _diff(before: str, after: str) -> Iterator[str]:
    old, new = _lines(before), _lines(after)
    hunk: list[str] = []
    above: list[str] = []
    for line in list(unified_diff(old, new, lineterm="", n=_CONTEXT_LINES))[2:]:
        if start := _HUNK.fullmatch(line):
            yield from _headed(hunk, above)
            hunk, above = [], (old[: int(start[1]) - 1] if old else [])
        else:
            hunk.append(line)
    yield from _headed(hunk, above)


def _lines(text: str) -> list[str]:
    """Give the lines of a configuration without those that only part its sections."""
    return [line for line in text.splitlines() if line != "!"]


def _headed(hunk: list[str], above: list[str]) -> Iterator[str]:
    """Give a hunk with its section: the top-level line that its first change stands under."""
    if not hunk:
        return
    first = next(place for place, line in enumerate(hunk) if line[0] in "+-")
    section = ""
    if hunk[first][1:2] == " ":
        before = (*above, *(line[1:] for line in hunk[:first]))
        section = next((f" {line} @@" for line in reversed(before) if line[:1] != " "), "")
    yield f"@@{section}"
    yield from hunk
