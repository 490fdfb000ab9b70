"""Incidents of a time that is past, read out of the states that were kept.

They are those that were told then, as far as states tell of them: outages and degraded devices.
Cut links, blind legs and flapping leave no state of a device.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from maille.health.incidents.gathering import TROUBLED
from maille.health.incidents.model import Incident

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from maille.health.history.model import StateInterval
    from maille.health.model import Severity

_STAMP = "%Y%m%dT%H%M%SZ"
_NEVER = datetime.max.replace(tzinfo=UTC)


def past_incidents(
    states: Mapping[str, Sequence[StateInterval]],
    severity: Callable[[Iterable[str]], Severity],
) -> tuple[Incident, ...]:
    """Gather what was wrong by its cause: one incident for as long as anything had it.

    By their opening; one that is not over has no time at which it was closed.
    """
    of_roots: dict[frozenset[str], list[StateInterval]] = {}
    for intervals in states.values():
        for interval in intervals:
            if interval.state in TROUBLED:
                of_roots.setdefault(_roots(interval), []).append(interval)
    found = [
        _incident(roots, run, severity) for roots, all_ in of_roots.items() for run in _runs(all_)
    ]
    return tuple(sorted(found, key=lambda incident: (incident.opened, incident.id)))


def is_about(ident: str, incident: Incident) -> bool:
    """Say whether an id that was given while it lasted means this incident.

    An id is the time of the opening and the first root; while an incident lasts, both may turn
    out to be others.
    """
    stamp, _, root = ident.partition("/")
    closed = incident.closed
    within = f"{incident.opened:{_STAMP}}" <= stamp and (
        closed is None or stamp <= f"{closed:{_STAMP}}"
    )
    return within and root in incident.roots | incident.hit | incident.children


def _roots(interval: StateInterval) -> frozenset[str]:
    cause = interval.cause
    parts = cause.devices + cause.links if cause else ()
    return frozenset(parts or (interval.target,))


def _runs(intervals: Iterable[StateInterval]) -> Iterator[list[StateInterval]]:
    """Part intervals where for a time nothing was wrong."""
    run: list[StateInterval] = []
    end = _NEVER
    for interval in sorted(intervals, key=lambda one: one.began):
        until = interval.ended or _NEVER
        if run and interval.began > end:
            yield run
            run = []
        end = max(end, until) if run else until
        run.append(interval)
    if run:
        yield run


def _incident(
    roots: frozenset[str],
    run: Sequence[StateInterval],
    severity: Callable[[Iterable[str]], Severity],
) -> Incident:
    first, last = run[0], [interval.ended for interval in run]
    children = frozenset(one.target for one in run if one.state == "unreachable")
    hit = frozenset(one.target for one in run) - children
    suspected = {one.cause.suspected for one in run if one.cause and one.cause.suspected}
    outage = any(one.state != "degraded" for one in run)
    return Incident(
        id=f"{first.began:{_STAMP}}/{min(roots)}",
        kind="outage" if outage else "degraded",
        roots=roots,
        suspected=suspected.pop() if len(suspected) == 1 else None,
        hit=hit,
        children=children,
        severity=severity(roots | hit | children),
        opened=first.began,
        closed=None if None in last else max(filter(None, last)),
        evidence=first.evidence,
    )
