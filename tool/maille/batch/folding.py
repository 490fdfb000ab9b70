"""A slip all down a column is told in a few lines: people read the first cells and the number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from maille.errors import Finding

_ALIKE = 3
"""Cells with one text that are told one by one."""
_IN_COLUMN = 20
"""Cells of one column, wrong in one way with texts of their own, that are told one by one."""
_CELL = re.compile(r"(.*?)([A-Z]+)(\d+)")


def folded(findings: Iterable[Finding]) -> list[Finding]:
    """Give what many cells of a column have in common once, at the first of them.

    Programs get all of it; this is for the eye.
    """
    same = _folded(findings, lambda found: (found.what, found.how), keep=1, few=_ALIKE)
    return _folded(same, lambda _found: (), keep=_IN_COLUMN, few=_IN_COLUMN)


def _folded(
    findings: Iterable[Finding], likeness: Callable[[Finding], Hashable], *, keep: int, few: int
) -> list[Finding]:
    """Keep so many findings of each column and likeness, the last one with how many follow."""
    groups: dict[Hashable, list[Finding]] = {}
    for number, found in enumerate(findings):
        cell = _CELL.fullmatch(found.place.cell)
        where = (found.code, found.place.file, *cell.group(1, 2)) if cell else number
        groups.setdefault((where, likeness(found)), []).append(found)
    return [told for group in groups.values() for told in _told(group, keep, few)]


def _told(group: Sequence[Finding], keep: int, few: int) -> Sequence[Finding]:
    if len(group) <= few:
        return group
    ordered = sorted(group, key=_row)
    last = ordered[-1].place.cell.rpartition("!")[2]
    more = f"; {len(group) - keep:,} more cells down to {last} are wrong in this way"
    closing = ordered[keep - 1]
    return [*ordered[: keep - 1], replace(closing, what=closing.what + more)]


def _row(found: Finding) -> int:
    cell = _CELL.fullmatch(found.place.cell)
    return int(cell.group(3)) if cell else 0
