"""The way from a switch up to the centre, as the tree and the routes of today give it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Blueprint, Link


def way_up(blueprint: Blueprint, switch: str) -> tuple[str, ...]:
    """Give the switches from one up to its gateway's primary, by the fewest hops.

    Inside its layer-2 domain only; empty if there is no way.
    """
    pair = blueprint.switches[switch].pair
    if pair is None:
        return ()
    target = blueprint.pairs[pair].primary
    neighbours = _neighbours(blueprint, pair)
    before: dict[str, str] = {switch: switch}
    queue = [switch]
    for at in queue:
        if at == target:
            return tuple(_back(before, target))[::-1]
        for other in neighbours.get(at, ()):
            if other not in before:
                before[other] = at
                queue.append(other)
    return ()


def _neighbours(blueprint: Blueprint, pair: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for ident in blueprint.pairs[pair].links:
        link = blueprint.links[ident]
        found.setdefault(link.a.switch, []).append(link.b.switch)
        found.setdefault(link.b.switch, []).append(link.a.switch)
    return found


def _back(before: dict[str, str], at: str) -> Iterator[str]:
    yield at
    while before[at] != at:
        at = before[at]
        yield at


def parents(blueprint: Blueprint, switch: str) -> tuple[str, ...]:
    """Give the neighbours through which a switch is reached: two on a ring, one on a spur."""
    return tuple(
        link.b.switch if link.a.switch == switch else link.a.switch
        for link in links_of(blueprint, switch)
        if not (link.role == "spur" and link.b.switch == switch)
    )


def links_of(blueprint: Blueprint, switch: str) -> tuple[Link, ...]:
    """Give the links of a switch."""
    return tuple(
        link for link in blueprint.links.values() if switch in {link.a.switch, link.b.switch}
    )
