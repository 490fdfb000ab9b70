"""What hangs on what: the part of the network that health reasons on.

Switches and links are numbered, for the computations touch each many times. Cameras and hosts
are *leaves*: they hang on one or several switches and pass nothing on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from maille.health.model import Graph

GRAPHS: tuple[Graph, ...] = ("management", "video")
EventKind = Literal["cable", "duct", "supply", "site"]


@dataclass(frozen=True, slots=True)
class Span:
    """A link between two switches, by their numbers."""

    id: str
    a: int
    b: int
    ring: str | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """Something that is polled and passes nothing on."""

    graph: Graph
    """By which of its two legs the poller asks it."""
    homes: tuple[int, ...]
    """The switches it hangs on, any of which is enough."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that can happen, and all that it takes away."""

    kind: EventKind
    id: str
    switches: frozenset[int]
    links: frozenset[int]
    """Links of which nothing is left, those of its switches among them."""


@dataclass(frozen=True, slots=True)
class Topology:
    """Switches, links and leaves in service."""

    switches: tuple[str, ...]
    number: Mapping[str, int]
    """Of a switch, by its id."""
    spans: tuple[Span, ...]
    span_number: Mapping[str, int]
    around: tuple[tuple[tuple[int, int], ...], ...]
    """For each switch its neighbours, each with the link that leads there."""
    leaves: Mapping[str, Leaf]
    on: tuple[tuple[str, ...], ...]
    """For each switch the leaves that hang on it."""
    first_hops: Mapping[Graph, tuple[int, ...]]
    """The switches that the poller's leg in a graph hangs on."""
    entries: Mapping[Graph, tuple[int, ...]]
    """Where ways begin: the first hops, and every switch to which the plan has no way at all,
    which is therefore judged by itself."""
    events: tuple[Event, ...]
    events_of_switch: Mapping[int, tuple[int, ...]]
    """By number, the events that take a switch."""
    events_of_link: Mapping[int, tuple[int, ...]]


def topology(
    switches: Sequence[str],
    links: Iterable[tuple[str, str, str, str | None]],
    leaves: Mapping[str, tuple[Graph, tuple[str, ...]]],
    first_hops: Mapping[Graph, Iterable[str]],
    events: Iterable[tuple[EventKind, str, Iterable[str], Iterable[str]]] = (),
) -> Topology:
    """Number everything.

    A link is its id, its two switches and the ring it is part of; a leaf has its graph and its
    switches; an event its kind and id, and the switches and links that it takes.
    """
    number = {switch: count for count, switch in enumerate(switches)}
    spans = tuple(Span(ident, number[a], number[b], ring) for ident, a, b, ring in links)
    span_number = {span.id: count for count, span in enumerate(spans)}
    around: list[list[tuple[int, int]]] = [[] for _ in switches]
    for count, span in enumerate(spans):
        around[span.a].append((span.b, count))
        around[span.b].append((span.a, count))
    on: list[list[str]] = [[] for _ in switches]
    hanging = {}
    for ident, (graph, homes) in leaves.items():
        hanging[ident] = Leaf(graph, tuple(number[switch] for switch in homes))
        for switch in hanging[ident].homes:
            on[switch].append(ident)
    hops = {graph: tuple(number[switch] for switch in first_hops[graph]) for graph in GRAPHS}
    neighbours = tuple(map(tuple, around))
    happening = tuple(
        _event(kind, ident, {number[each] for each in lost}, cut, span_number, neighbours)
        for kind, ident, lost, cut in events
    )
    return Topology(
        switches=tuple(switches),
        number=number,
        spans=spans,
        span_number=span_number,
        around=neighbours,
        leaves=hanging,
        on=tuple(map(tuple, on)),
        first_hops=hops,
        entries={graph: _entries(neighbours, hops[graph]) for graph in GRAPHS},
        events=happening,
        events_of_switch=_index(event.switches for event in happening),
        events_of_link=_index(event.links for event in happening),
    )


def _index(taken: Iterable[frozenset[int]]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for number, things in enumerate(taken):
        for thing in things:
            found.setdefault(thing, []).append(number)
    return {thing: tuple(numbers) for thing, numbers in found.items()}


def _entries(
    around: tuple[tuple[tuple[int, int], ...], ...], hops: tuple[int, ...]
) -> tuple[int, ...]:
    seen, waiting = set(hops), list(hops)
    while waiting:
        for neighbour, _ in around[waiting.pop()]:
            if neighbour not in seen:
                seen.add(neighbour)
                waiting.append(neighbour)
    return hops + tuple(switch for switch in range(len(around)) if switch not in seen)


def _event(
    kind: EventKind,
    ident: str,
    lost: set[int],
    cut: Iterable[str],
    span_number: Mapping[str, int],
    around: tuple[tuple[tuple[int, int], ...], ...],
) -> Event:
    links = {span_number[link] for link in cut}
    links |= {link for switch in lost for _, link in around[switch]}
    return Event(kind, ident, frozenset(lost), frozenset(links))
