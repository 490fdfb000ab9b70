"""Single points of failure: who loses something with which failure, and why there.

Whether that is his own switch, the spur he hangs on, or something further up that a second
way ought to have made up for, decides what there is to do about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from maille.blueprint.arcs import extent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.blueprint.capacity import CapacityReport, Outage
    from maille.blueprint.model import Blueprint, FailureGroup

Scope = Literal["own", "spur", "upstream", "centre"]
SCOPES: tuple[Scope, ...] = ("own", "spur", "upstream", "centre")


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """A failure that cuts something off all by itself."""

    failure: FailureGroup
    scope: Scope
    """`own`: the switch that the cameras hang on is lost, by itself or with its site or supply;
    `spur`: something on the spur that leads to them; `upstream`: something that a second way
    ought to have made up for; `centre`: recorders or management are lost as a whole."""
    cameras: tuple[str, ...] = ()
    switches: tuple[str, ...] = ()
    """Switches that run, but cannot be managed."""
    detached: tuple[str, ...] = ()
    """Recorders, and `management`, in the scope `centre`."""


class _Cut(NamedTuple):
    """One thing that one failure cuts off."""

    scope: Scope
    what: Literal["camera", "switch", "detached"]
    id: str


class _Spur(NamedTuple):
    link: str
    parent: str


def single_points(blueprint: Blueprint, report: CapacityReport) -> tuple[SinglePoint, ...]:
    """Give what hangs on a single failure, in the order of the blueprint's failures.

    Except in the scope `own` a failure is told of only what no part of it cuts off already: a
    duct only of cameras that none of its cables cuts.
    """
    spurs = {
        link.a.switch: _Spur(link.id, link.b.switch)
        for link in blueprint.links.values()
        if link.role == "spur"
    }
    cuts = {
        outage.failure: frozenset(_cuts(blueprint, outage.failure, outage, spurs))
        for outage in report.outages
        if outage.failure
    }
    extents = {failure: extent(blueprint.links, failure) for failure in cuts}
    culprits: dict[_Cut, list[FailureGroup]] = {}
    for failure, cut in cuts.items():
        for entry in cut:
            culprits.setdefault(entry, []).append(failure)
    points: list[SinglePoint] = []
    for failure, cut in cuts.items():
        told = {
            entry
            for entry in cut
            if entry.scope == "own"
            or not any(extents[other] < extents[failure] for other in culprits[entry])
        }
        points += _points(failure, told)
    return tuple(points)


def _cuts(
    blueprint: Blueprint, failure: FailureGroup, outage: Outage, spurs: Mapping[str, _Spur]
) -> Iterator[_Cut]:
    for camera in outage.cameras:
        switch = blueprint.cameras[camera].switch
        yield _Cut(_scope(failure, switch, spurs), "camera", camera)
    for switch in outage.switches:
        yield _Cut(_scope(failure, switch, spurs), "switch", switch)
    for ident in outage.detached:
        yield _Cut("centre", "detached", ident)


def _scope(failure: FailureGroup, switch: str | None, spurs: Mapping[str, _Spur]) -> Scope:
    """Say where a failure meets the way of a switch to its ring."""
    if switch in failure.switches:
        return "own"
    links = {link for link, _ in failure.links}
    while switch is not None and switch in spurs:
        spur = spurs[switch]
        if spur.link in links or spur.parent in failure.switches:
            return "spur"
        switch = spur.parent
    return "upstream"


def _points(failure: FailureGroup, cut: set[_Cut]) -> Iterator[SinglePoint]:
    for scope in SCOPES:
        ids = {
            what: tuple(sorted(entry.id for entry in cut if entry[:2] == (scope, what)))
            for what in ("camera", "switch", "detached")
        }
        if any(ids.values()):
            yield SinglePoint(failure, scope, ids["camera"], ids["switch"], ids["detached"])
