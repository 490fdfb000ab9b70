"""Capacity: the load of every link in the normal state and after every single failure.

What is told of a failure is what it changes: links that it brings above the limit, cameras
and switches that it cuts off, segments that it splits. What is wrong already before is told
once, of the normal state.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maille.blueprint.arcs import lost_by
from maille.blueprint.demands import BITS_PER_MEGABIT, LIVE, MANAGEMENT
from maille.blueprint.loads import settle, settle_after
from maille.blueprint.network import network_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from maille.blueprint.arcs import Lost
    from maille.blueprint.gateways import DomainState
    from maille.blueprint.loads import State
    from maille.blueprint.model import Blueprint, FailureGroup
    from maille.blueprint.spanning_tree import Tie

_ROUNDING = 1e-9
"""Shares are quotients: 600 of 1,000 Mbit/s is not above 60 %."""


@dataclass(frozen=True, slots=True)
class LinkLoad:
    """The load of a link's busier direction, in one state."""

    link: str
    load_mbps: float
    capacity_mbps: float
    """Of the strands that are left."""
    failure: FailureGroup | None = None
    """None: the normal state."""

    @property
    def share(self) -> float:
        """Give the load as a share of the capacity."""
        return self.load_mbps / self.capacity_mbps


@dataclass(frozen=True, slots=True)
class Outage:
    """What a failure takes away, or (failure None) what the normal state lacks."""

    failure: FailureGroup | None
    cameras: tuple[str, ...]
    """Cameras whose stream does not arrive any more."""
    switches: tuple[str, ...]
    """Switches that run, but whose management cannot be reached."""
    detached: tuple[str, ...]
    """Recorders that nobody can reach, and `management`. What depends on them stops as a
    whole: it is not listed in `cameras` and `switches`."""
    stranded: tuple[str, ...]
    """Segments of which a part has no gateway although the tree leads to one: some trunk on
    the way does not allow the VLAN."""
    split: tuple[str, ...]
    """Segments in two parts, each with a master: what comes back may end at the wrong one."""

    @property
    def empty(self) -> bool:
        """Say whether nothing is missing."""
        return not (self.cameras or self.switches or self.detached or self.stranded or self.split)


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """An election that cannot be foretold, and the first state in which it takes place."""

    domain: str
    tie: Tie
    failure: FailureGroup | None


@dataclass(frozen=True, slots=True)
class Depth:
    """The longest way to the root of a domain, in any state: MST counts hops from there."""

    hops: int
    switch: str
    failure: FailureGroup | None


@dataclass(frozen=True, slots=True)
class CapacityReport:
    """The loads and outages of an estate."""

    limit: float
    """Largest share of its capacity that a link may carry."""
    normal: Mapping[str, LinkLoad]
    worst_by_link: Mapping[str, LinkLoad]
    """The largest share of each link, and the failure that brings it."""
    overloads: tuple[LinkLoad, ...]
    """Links above the limit: in the normal state, then by failure, where it adds to them."""
    outages: tuple[Outage, ...]
    """What is missing in the normal state, then by failure; states without loss are left out."""
    ties: tuple[Ambiguity, ...]
    depths: Mapping[str, Depth]
    """By domain: the ids of its pairs, joined by blanks."""


def capacity(blueprint: Blueprint) -> CapacityReport:
    """Compute the normal state and the state after every failure group of a blueprint.

    All links and switches of the blueprint are taken to run, and all its cameras to send,
    those to come included. Nothing is read or written; the same blueprint gives the same
    report.
    """
    normal = settle(network_of(blueprint))
    survey = _Survey(normal, blueprint.estate.settings.max_load)
    alike: dict[Lost, list[FailureGroup]] = {}
    for failure in blueprint.failures:
        alike.setdefault(lost_by(normal.network.arcs, failure), []).append(failure)
    for lost, failures in alike.items():
        survey.add(settle_after(normal, lost), failures)
    return survey.report()


class _Survey:
    """Collects what matters of the states, one after the other."""

    def __init__(self, normal: State, limit: float) -> None:
        self.normal = normal
        self.limit = limit
        links = range(len(normal.network.arcs.links))
        self.first = [_load(normal, link, None) for link in links]
        self.worst = list(self.first)
        self.overloads = [load for load in self.first if load.share > limit + _ROUNDING]
        self.outages: list[Outage] = []
        self.ties: dict[tuple[str, Tie], Ambiguity] = {}
        self.depths: dict[str, Depth] = {}
        self._add_outages(_missing(normal, None), [None])
        for state in normal.layer2:
            self._add_tree(state, None)

    def add(self, state: State, failures: Sequence[FailureGroup]) -> None:
        """Take in the state that follows from each of these failures alike."""
        thinned = {link for link, _ in state.lost.strands}
        for link in sorted(thinned.union(arc >> 1 for arc in state.touched) - state.lost.links):
            self._add_load(state, link, failures)
        self._add_outages(_missing(state, self.normal), failures)
        for after, before in zip(state.layer2, self.normal.layer2, strict=True):
            if after is not before:
                self._add_tree(after, failures[0])

    def report(self) -> CapacityReport:
        """Give what was collected."""
        return CapacityReport(
            limit=self.limit,
            normal={load.link: load for load in self.first},
            worst_by_link={load.link: load for load in self.worst},
            overloads=tuple(self.overloads),
            outages=tuple(self.outages),
            ties=tuple(self.ties.values()),
            depths=self.depths,
        )

    def _add_load(self, state: State, link: int, failures: Sequence[FailureGroup]) -> None:
        share = state.link_bps(link) / _capacity_bps(state, link)
        if share > self.worst[link].share:
            self.worst[link] = _load(state, link, failures[0])
        if share > self.limit + _ROUNDING and share > self.first[link].share:
            self.overloads.extend(_load(state, link, failure) for failure in failures)

    def _add_outages(self, missing: Outage, failures: Sequence[FailureGroup | None]) -> None:
        if not missing.empty:
            self.outages.extend(replace(missing, failure=failure) for failure in failures)

    def _add_tree(self, state: DomainState, failure: FailureGroup | None) -> None:
        domain, tree = state.domain.id, state.forwarding.tree
        for tie in tree.ties:
            if (domain, tie) not in self.ties and state.counts(tie.switch):
                self.ties[domain, tie] = Ambiguity(domain, tie, failure)
        deepest = self.depths[domain].hops if domain in self.depths else -1
        if max(tree.hops.values(), default=0) > deepest:
            hops, switch = max((hops, switch) for switch, hops in tree.hops.items())
            self.depths[domain] = Depth(hops, switch, failure)


def _load(state: State, link: int, failure: FailureGroup | None) -> LinkLoad:
    return LinkLoad(
        link=state.network.arcs.links[link].id,
        load_mbps=state.link_bps(link) / BITS_PER_MEGABIT,
        capacity_mbps=_capacity_bps(state, link) / BITS_PER_MEGABIT,
        failure=failure,
    )


def _capacity_bps(state: State, link: int) -> float:
    entry = state.network.arcs.links[link]
    gone = sum(count for thinned, count in state.lost.strands if thinned == link)
    whole = entry.capacity_mbps * BITS_PER_MEGABIT
    return whole * (1 - gone / len(entry.strands)) if gone else whole


def _missing(state: State, before: State | None) -> Outage:
    """Tell what a state lacks that the one before had."""
    detached = _detached(state) - (_detached(before) if before else set())
    unserved = state.unserved - (before.unserved if before else frozenset())
    cut = [at for at in unserved if at.destination not in detached]
    managed = {at.switch for at in cut if not at.cameras}
    if MANAGEMENT not in detached and not (before and state.courses is before.courses):
        managed |= _unmanaged(state) - (_unmanaged(before) if before else set())
    return Outage(
        failure=None,
        cameras=tuple(sorted(camera for at in cut for camera in at.cameras)),
        switches=tuple(sorted(managed - state.lost.switches)),
        detached=tuple(sorted(_names(state, detached))),
        stranded=_news(state, before, _stranded),
        split=_news(state, before, _split),
    )


def _detached(state: State) -> set[str]:
    return {key for key, course in state.courses.items() if course.detached and key != LIVE}


def _names(state: State, detached: Iterable[str]) -> Iterator[str]:
    for key in detached:
        yield from state.network.destinations[key].recorders or (key,)


def _unmanaged(state: State) -> set[str]:
    serving = state.courses[MANAGEMENT].serving
    return {router for router in state.network.routers if router not in serving}


def _stranded(domain: DomainState) -> set[str]:
    return {attachment.segment for attachment in domain.stranded}


def _split(domain: DomainState) -> set[str]:
    return set(domain.split)


def _news(
    state: State, before: State | None, segments: Callable[[DomainState], set[str]]
) -> tuple[str, ...]:
    """Give the segments that are so now, and were not before."""
    if before is None:
        return tuple(sorted(segment for domain in state.layer2 for segment in segments(domain)))
    found: set[str] = set()
    for now, then in zip(state.layer2, before.layer2, strict=True):
        if now is not then:
            found |= segments(now) - segments(then)
    return tuple(sorted(found))
