"""The one event that would explain several failures: a cable, a duct, a supply, a site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maille.health.states.topology import Event, Topology

_KINDS = ("cable", "duct", "supply", "site")
"""Of two events that explain the same, the narrower one is told."""

_Weight: TypeAlias = tuple[int, int, int]
"""The least is the best: most failures explained, fewest links taken, narrowest kind."""


class _Failure(NamedTuple):
    kind: Literal["switch", "link"]
    number: int


class Failures(NamedTuple):
    """What failed by itself, as far as anybody can see."""

    down: Mapping[int, frozenset[int]]
    """Switches, with the links that prove it, if links do."""
    links: frozenset[int]
    """Links that are down for no switch's sake."""


class Suspects(NamedTuple):
    """For each failure the event to suspect: `cable chartres-nord-03`."""

    of_switch: Mapping[int, str | None]
    of_link: Mapping[int, str | None]

    def of(self, switches: frozenset[int], links: frozenset[int]) -> str | None:
        """Name the event that explains a whole cause."""
        found = {self.of_switch.get(switch) for switch in switches}
        found |= {self.of_link.get(link) for link in links}
        return found.pop() if len(found) == 1 else None


def suspects(
    topology: Topology, failures: Failures, gone: Callable[[int], bool], cut: frozenset[int]
) -> Suspects:
    """Try the events that touch a failure; give for each the one to suspect.

    `gone` says of a switch that it neither answers nor forwards; `cut` are the links that are
    down. An event is possible only if all that it takes away is away. It is suspected if it
    explains two failures or more, a cable also for the links of one, so that somebody knows where
    to dig. The one that explains most is taken, of equal ones that which takes least.
    """
    best: dict[_Failure, list[tuple[_Weight, str]]] = {}
    for number in _touched(topology, failures):
        event = topology.events[number]
        explained = _explained(event, failures)
        if _enough(event, explained, failures) and _possible(topology, event, gone, cut):
            weight = (-len(explained), len(event.links), _KINDS.index(event.kind))
            for failure in explained:
                best.setdefault(failure, []).append((weight, f"{event.kind} {event.id}"))
    named = {failure: _clearest(found) for failure, found in best.items()}
    return Suspects(
        {failure.number: name for failure, name in named.items() if failure.kind == "switch"},
        {failure.number: name for failure, name in named.items() if failure.kind == "link"},
    )


def _touched(topology: Topology, failures: Failures) -> set[int]:
    """Give the events that take anything that failed, or that proves a failure."""
    links = failures.links.union(*failures.down.values())
    touched = {event for link in links for event in topology.events_of_link.get(link, ())}
    for switch in failures.down:
        touched.update(topology.events_of_switch.get(switch, ()))
    return touched


def _explained(event: Event, failures: Failures) -> list[_Failure]:
    """Give the failures that an event brings about."""
    links = [_Failure("link", link) for link in failures.links & event.links]
    return links + [
        _Failure("switch", switch)
        for switch, proof in failures.down.items()
        if switch in event.switches or (proof and proof <= event.links)
    ]


def _enough(event: Event, explained: list[_Failure], failures: Failures) -> bool:
    """Say whether an event is more than another name for the one failure that it explains.

    A cable is for a link, and for a switch if it takes several that seemed to prove it down.
    """
    if len(explained) != 1:
        return bool(explained)
    kind, number = explained[0]
    cable = event.kind in ("cable", "duct")
    return cable and (kind == "link" or len(failures.down[number]) > 1)


def _possible(
    topology: Topology, event: Event, gone: Callable[[int], bool], cut: frozenset[int]
) -> bool:
    """Say whether all that an event takes away is away."""
    spans = topology.spans
    return all(map(gone, event.switches)) and all(
        link in cut or (gone(spans[link].a) and gone(spans[link].b)) for link in event.links
    )


def _clearest(found: list[tuple[_Weight, str]]) -> str | None:
    """Give the one that explains best; None where two do equally well."""
    least = min(weight for weight, _ in found)
    names = {name for weight, name in found if weight == least}
    return names.pop() if len(names) == 1 else None
