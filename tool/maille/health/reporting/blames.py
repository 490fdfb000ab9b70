"""What took devices away: the outages, gathered by their causes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from maille.health.reporting.model import Blame

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.health.history.model import Origin
    from maille.health.uptime.figures import Outage


class _Key(NamedTuple):
    origin: Origin
    causes: tuple[str, ...]
    suspected: str | None


def blames(outages: Iterable[Outage]) -> tuple[Blame, ...]:
    """Gather outages by cause, that which took most time first.

    A device that was away by its own fault is the cause itself. An outage has the cause with which
    it began.
    """
    gathered: dict[_Key, list[Outage]] = {}
    for outage in outages:
        gathered.setdefault(_key(outage), []).append(outage)
    found = [
        Blame(
            causes=key.causes,
            suspected=key.suspected,
            origin=key.origin,
            outages=len(of_key),
            targets=len({outage.target for outage in of_key}),
            lost=sum((outage.seen for outage in of_key), timedelta()),
        )
        for key, of_key in gathered.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.lost, one.causes)))


def _key(outage: Outage) -> _Key:
    cause = outage.cause
    if cause is None:
        return _Key(outage.origin, (outage.target,), None)
    parts = (*cause.devices, *cause.links)
    return _Key(outage.origin, parts or (outage.target,), cause.suspected)
