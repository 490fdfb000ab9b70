"""One incident for one cause: states that are told are gathered by what they have in common."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maille.health.incidents.model import KINDS, Incident

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from maille.health.incidents.model import IncidentKind, Standing
    from maille.health.model import Blind, Cut, DeviceState, Evidence, Picture, Severity

TROUBLED = ("down", "unreachable", "degraded")


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to be told, before it is known what it belongs to."""

    kind: IncidentKind
    roots: frozenset[str]
    suspected: str | None
    since: datetime
    hit: frozenset[str]
    children: frozenset[str]
    evidence: tuple[Evidence, ...]


def gather(
    open_: Iterable[Incident],
    matters: Iterable[Matter],
    seen: AbstractSet[str],
    severity: Callable[[Iterable[str]], Severity],
    at: datetime,
) -> tuple[Incident, ...]:
    """Give the incidents of now, and those that have just been closed.

    Matters belong together where they share a root, or where one event is suspected for them. An
    incident goes on as long as one of its roots is one still, or was `seen` as one in this round,
    though what it means has still to be confirmed. Where two turn out to be one, the older one
    goes on.
    """
    left = sorted((each for each in open_ if each.closed is None), key=lambda each: each.opened)
    found = []
    for group in sorted(_groups(matters), key=lambda group: min(one.since for one in group)):
        now = _incident(group, severity)
        same = next((each for each in left if each.roots & now.roots), None)
        if same:
            left.remove(same)
            now = replace(now, id=same.id, opened=same.opened, evidence=same.evidence)
        found.append(now)
    return (*found, *(each if each.roots & seen else replace(each, closed=at) for each in left))


def roots_in(picture: Picture) -> set[str]:
    """Give all that one round blames, whether it is believed yet or not."""
    blamed = {cut.link for cut in picture.cuts}
    blamed |= {f"poller/{leg.graph}" for leg in picture.blind}
    for state in picture.states.values():
        if state.state in TROUBLED:
            blamed.update(_roots(state))
    return blamed


def matters(
    standings: Iterable[Standing],
    cuts: Iterable[tuple[Cut, datetime]],
    blind: Iterable[tuple[Blind, datetime]],
) -> Iterator[Matter]:
    """Give what is to be told: of devices as it stands, of cuts and blind legs since when."""
    for standing in standings:
        yield from _of_device(standing)
    for cut, since in cuts:
        link = frozenset((cut.link,))
        yield Matter("cut", link, cut.suspected, since, frozenset(), frozenset(), cut.evidence)
    for leg, since in blind:
        roots = frozenset((f"poller/{leg.graph}",))
        yield Matter("blind", roots, None, since, frozenset(), frozenset(leg.unknown), ())


def _of_device(standing: Standing) -> Iterator[Matter]:
    told, nothing = standing.told, frozenset[str]()
    target = frozenset((told.target,))
    if told.state in TROUBLED:
        cause = told.cause
        lost = told.state == "unreachable"
        yield Matter(
            "degraded" if told.state == "degraded" else "outage",
            _roots(told),
            cause.suspected if cause else None,
            standing.since,
            nothing if lost else target,
            target if lost else nothing,
            told.evidence + tuple(said for one in told.troubles for said in one.evidence),
        )
    if standing.flapping and told.state != "maintenance":
        yield Matter("flapping", target, None, standing.at, target, nothing, told.evidence)


def _roots(state: DeviceState) -> frozenset[str]:
    cause = state.cause
    return frozenset(cause.devices + cause.links if cause else (state.target,))


def _groups(matters: Iterable[Matter]) -> list[list[Matter]]:
    """Put together what has a root or a suspected event in common (union-find over these)."""
    above: dict[str, str] = {}

    def top(mark: str) -> str:
        while (upper := above.setdefault(mark, mark)) != mark:
            mark = above[mark] = above[upper]
        return mark

    all_ = list(matters)
    marks = [
        [*sorted(matter.roots), *([f"event {matter.suspected}"] if matter.suspected else [])]
        for matter in all_
    ]
    for first, *others in marks:
        for other in others:
            above[top(other)] = top(first)
    groups: dict[str, list[Matter]] = {}
    for matter, (first, *_) in zip(all_, marks, strict=True):
        groups.setdefault(top(first), []).append(matter)
    return list(groups.values())


def _incident(group: list[Matter], severity: Callable[[Iterable[str]], Severity]) -> Incident:
    first = min(group, key=lambda one: (one.since, KINDS.index(one.kind), not one.hit))
    roots = frozenset[str]().union(*(one.roots for one in group))
    hit = frozenset[str]().union(*(one.hit for one in group))
    children = frozenset[str]().union(*(one.children for one in group)) - hit
    suspected = {one.suspected for one in group if one.suspected}
    return Incident(
        id=f"{first.since:%Y%m%dT%H%M%SZ}/{min(roots)}",
        kind=min((one.kind for one in group), key=KINDS.index),
        roots=roots,
        suspected=suspected.pop() if len(suspected) == 1 else None,
        hit=hit,
        children=children,
        severity=severity(roots | hit | children),
        opened=first.since,
        closed=None,
        evidence=first.evidence,
    )
