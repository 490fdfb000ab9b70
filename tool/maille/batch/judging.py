"""What a change of the estate brings with it: found afterwards, and not before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from maille.batch.cells import Cells, CellSources
from maille.batch.devices import twins
from maille.rules.model import EstateContext
from maille.rules.references import RULES as REFERENCE_RULES
from maille.rules.run import run_estate_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.errors import Finding
    from maille.inventory.load import Loaded


def caused(before: Loaded, after: Loaded, cells: Cells, told: set[str]) -> list[Finding]:
    """Give what is wrong in one estate and not in the other, each at its cell.

    Judged is whether names are known, and whether two devices share a label; whether the
    estate is a good one says the check. A cell of which something is `told` already is left
    alone.
    """
    sources = CellSources(after.sources.root, after.sources.mounts, cells)
    known = {_identity(found) for found in _judged(before)}
    return [
        found
        for found in _judged(replace(after, sources=sources))
        if _identity(found) not in known and (not found.place.cell or found.place.cell not in told)
    ]


def _judged(loaded: Loaded) -> Iterator[Finding]:
    if loaded.estate is None:
        return
    # References are the same on every day.
    context = EstateContext(loaded.estate, date.min, loaded.refused)
    yield from run_estate_rules(REFERENCE_RULES, context, loaded.sources)
    yield from twins(loaded.estate, loaded.sources)


def _identity(found: Finding) -> tuple[str, str, str]:
    return found.code, found.subject, found.what
