"""The same slip in a whole column is told once: people read the first cell and the number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maille.errors import Finding

_AT_MOST = 3
"""Cells that are told one by one."""
_CELL = re.compile(r"(.*?)([A-Z]+)(\d+)")


def folded(findings: Iterable[Finding]) -> list[Finding]:
    """Give findings of one text in many cells of a column as one, at the first cell.

    Machines get all of them; this is for the eye.
    """
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for number, found in enumerate(findings):
        groups.setdefault(_kind(found, number), []).append(found)
    return [told for group in groups.values() for told in _told(group)]


def _kind(found: Finding, number: int) -> tuple[str, ...]:
    """Give what makes findings alike; one without a cell is like no other."""
    cell = _CELL.fullmatch(found.place.cell)
    if not cell:
        return (str(number),)
    sheet, column, _ = cell.groups()
    return found.code, found.what, found.how, found.place.file, sheet, column


def _told(group: Sequence[Finding]) -> Sequence[Finding]:
    if len(group) <= _AT_MOST:
        return group
    ordered = sorted(group, key=_row)
    first, last = ordered[0], ordered[-1].place.cell.rpartition("!")[2]
    return [
        replace(first, what=f"{first.what}, and in {len(group) - 1:,} more cells down to {last}")
    ]


def _row(found: Finding) -> int:
    cell = _CELL.fullmatch(found.place.cell)
    return int(cell.group(3)) if cell else 0
