"""Every commune in one line, those that want a hand first."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from maille.health.model import STATES
from maille.health.terminal.moment import worst
from maille.health.terminal.table import Row, Table

if TYPE_CHECKING:
    from collections import Counter

    from maille.health.model import State
    from maille.health.terminal.moment import Moment

CENTRE = "centre"
"""Where devices are counted that belong to no commune."""


def communes(moment: Moment) -> Table:
    """Count the devices of each commune by their states."""
    of_commune: dict[str, list[str]] = defaultdict(list)
    for target in moment.watched.targets:
        of_commune[target.commune or CENTRE].append(target.id)
    rows = [_row(moment, key, moment.counted(some)) for key, some in of_commune.items()]
    rows.sort(key=lambda row: (STATES.index(row.tone), row.key))
    return Table(("worst", "commune", "name", "devices", *STATES), tuple(rows))


def members(moment: Moment, commune: str) -> frozenset[str]:
    """Give the devices of a commune."""
    return frozenset(
        target.id for target in moment.watched.targets if (target.commune or CENTRE) == commune
    )


def _row(moment: Moment, commune: str, counted: Counter[State]) -> Row:
    known = moment.watched.blueprint.communes.get(commune)
    tone = worst(counted)
    counts = (str(counted[state] or "") for state in STATES)
    name = known.name if known else ""
    return Row(commune, (moment.word(tone), commune, name, str(counted.total()), *counts), tone)
