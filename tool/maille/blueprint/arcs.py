"""Links by number and direction, and what a failure takes of them.

The computations on trees and ways touch every link many times: they count them. Link `i` is
the arc `2 i` from its end a to its end b and the arc `2 i + 1` back, so that `arc ^ 1` is the
way back and `arc >> 1` the link.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maille.blueprint.model import FailureGroup, Link


@dataclass(frozen=True, slots=True)
class Arcs:
    """All links of a blueprint in both directions."""

    links: tuple[Link, ...]
    number: Mapping[str, int]
    """Of a link, by its id."""
    tail: tuple[str, ...]
    """The switch that an arc leaves."""
    head: tuple[str, ...]
    """The switch that an arc comes to."""
    at: Mapping[str, tuple[int, ...]]
    """Arcs that leave a switch."""


def arcs_of(links: Iterable[Link]) -> Arcs:
    """Number the links in the order in which they come."""
    numbered = tuple(links)
    tail: list[str] = []
    at: dict[str, list[int]] = {}
    for link in numbered:
        for end in (link.a, link.b):
            at.setdefault(end.switch, []).append(len(tail))
            tail.append(end.switch)
    return Arcs(
        links=numbered,
        number={link.id: number for number, link in enumerate(numbered)},
        tail=tuple(tail),
        head=tuple(tail[arc ^ 1] for arc in range(len(tail))),
        at={switch: tuple(arcs) for switch, arcs in at.items()},
    )


@dataclass(frozen=True, slots=True)
class Lost:
    """What is missing in a state of the network; equal losses compare equal."""

    switches: frozenset[str] = frozenset()
    links: frozenset[int] = frozenset()
    """Links that carry nothing any more: all strands gone, or the switch at an end."""
    strands: frozenset[tuple[int, int]] = frozenset()
    """Links that have some strands left, as (link, how many are gone)."""


NOTHING = Lost()


def lost_by(arcs: Arcs, failure: FailureGroup) -> Lost:
    """Give what a failure takes, the links of its switches included."""
    down = {arc >> 1 for switch in failure.switches for arc in arcs.at.get(switch, ())}
    thinned = set()
    for link, gone in Counter(link for link, _ in set(failure.links)).items():
        number = arcs.number[link]
        if gone >= len(arcs.links[number].strands):
            down.add(number)
        else:
            thinned.add((number, gone))
    return Lost(
        switches=frozenset(failure.switches),
        links=frozenset(down),
        strands=frozenset(entry for entry in thinned if entry[0] not in down),
    )


def extent(links: Mapping[str, Link], failure: FailureGroup) -> frozenset[object]:
    """Give what a failure takes by itself, to tell whether it contains another one.

    That is its switches, and the strands it cuts between switches that it leaves.
    """
    switches = frozenset(failure.switches)
    strands = {
        (link, strand)
        for link, strand in failure.links
        if switches.isdisjoint({links[link].a.switch, links[link].b.switch})
    }
    return switches | strands
