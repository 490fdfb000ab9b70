"""VLAN ids as devices write them: `110-112,120`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def compressed(ids: Iterable[int], *, pairs_as_range: bool) -> str:
    """Write a set of VLANs; two neighbours are `10-11` or `10,11`, as the dialect has it."""
    runs: list[list[int]] = []
    for vlan in sorted(ids):
        if runs and vlan == runs[-1][1] + 1:
            runs[-1][1] = vlan
        else:
            runs.append([vlan, vlan])
    return ",".join(_run(first, last, pairs_as_range=pairs_as_range) for first, last in runs)


def _run(first: int, last: int, *, pairs_as_range: bool) -> str:
    if first == last:
        return str(first)
    if last == first + 1 and not pairs_as_range:
        return f"{first},{last}"
    return f"{first}-{last}"
