"""What a change of the estate brings with it: found afterwards, and not before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maille.batch.cells import Cells, CellSources
from maille.batch.devices import twins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from maille.errors import Finding
    from maille.inventory.load import Loaded

    Judge = Callable[[Loaded], Iterable[Finding]]
    """What the rules find in an estate, each placed by the estate's sources."""


def caused(
    before: Loaded, after: Loaded, cells: Cells, judge: Judge, told: set[str]
) -> list[Finding]:
    """Give what `judge` finds in one estate and not in the other, each at its cell.

    A cell of which something is `told` already is left alone. MAC addresses and serial
    numbers of two devices are found without the judge.
    """
    sources = CellSources(after.sources.root, after.sources.mounts, cells)
    placed = replace(after, sources=sources)
    known = {_identity(found) for found in (*judge(before), *twins(before))}
    return [
        found
        for found in (*judge(placed), *twins(placed))
        if _identity(found) not in known and (not found.place.cell or found.place.cell not in told)
    ]


def _identity(found: Finding) -> tuple[str, str, str]:
    return found.code, found.subject, found.what
