"""The events that take something away: what redundancy and capacity are tried with."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING, TypeAlias

from maille.blueprint.model import FailureGroup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.blueprint.model import Link, Switch
    from maille.inventory.schema.estate import Estate

_Strand: TypeAlias = tuple[str, int]
"""A link, and the number of one of its strands."""
_Cut: TypeAlias = tuple[_Strand, ...]

MOST_CUTS = 64
"""Combinations of a cable's passages that are all tried."""


def failure_groups(
    estate: Estate, switches: Mapping[str, Switch], links: Mapping[str, Link]
) -> tuple[FailureGroup, ...]:
    """Give every single failure: links (strands), switches, cables, ducts, sites, supplies.

    A cabinet is one switch, so it is tried as a switch; a site is tried where it holds more
    than one. A supply takes the switches that have no other feed.
    """
    return (
        *_links(links),
        *(
            FailureGroup("switch", key, switch.place, (key,), ())
            for key, switch in switches.items()
        ),
        *_cables(estate, links),
        *_sites(estate),
        *_supplies(estate, switches),
    )


def _links(links: Mapping[str, Link]) -> Iterator[FailureGroup]:
    """Give the loss of each link; of an aggregated one, of each strand by itself."""
    for key, link in links.items():
        title = f"{link.a.switch} -- {link.b.switch}"
        several = len(link.strands) > 1
        for number in range(len(link.strands)):
            ident = f"{key}.{number}" if several else key
            yield FailureGroup("link", ident, title, (), ((key, number),))


def _cables(estate: Estate, links: Mapping[str, Link]) -> Iterator[FailureGroup]:
    """Give the cuts of each cable, and of ducts that hold several.

    A cable is cut at one place. Where a ring's route passes through it and cabinets sit on the
    way, a cut takes the one link that it meets, and there are as many cuts to try.
    """
    in_duct: dict[str, list[tuple[_Cut, ...]]] = {}
    for cable, passages in _passages(links).items():
        entry = estate.network.cables[cable]
        cuts = _cuts(list(passages.values()))
        for cut in cuts:
            yield FailureGroup("cable", cable, entry.title, (), cut)
        if entry.duct:
            in_duct.setdefault(entry.duct, []).append(cuts)
    for duct, cables in in_duct.items():
        if len(cables) > 1:
            title = estate.network.ducts[duct].title
            for place in range(max(len(cuts) for cuts in cables)):
                met = (strand for cuts in cables for strand in cuts[min(place, len(cuts) - 1)])
                yield FailureGroup("duct", duct, title, (), tuple(dict.fromkeys(met)))


def _passages(links: Mapping[str, Link]) -> dict[str, dict[tuple[str, int], list[_Strand]]]:
    """Give for each cable its passages, and the strands that follow each other in one.

    A passage is named by the ring and its number, or by the link and its strand.
    """
    found: dict[str, dict[tuple[str, int], list[_Strand]]] = {}
    for key, link in links.items():
        for number, strand in enumerate(link.strands):
            alone = ((cable, number) for cable in strand.cables)
            for cable, passage in strand.passages or alone:
                owner = link.ring if strand.passages and link.ring else key
                found.setdefault(cable, {}).setdefault((owner, passage), []).append((key, number))
    return found


def _cuts(passages: list[list[_Strand]]) -> tuple[_Cut, ...]:
    """Give what each place of a cable takes: one strand of every passage.

    Which places of two passages lie side by side is not known, so all combinations are tried;
    of very many only as many as the longest passage has strands.
    """
    if prod(map(len, passages)) <= MOST_CUTS:
        return tuple(product(*passages))
    longest = max(map(len, passages))
    return tuple(
        tuple(strands[min(place, len(strands) - 1)] for strands in passages)
        for place in range(longest)
    )


def _sites(estate: Estate) -> Iterator[FailureGroup]:
    for key, site in estate.network.sites.items():
        if len(site.switches) > 1:
            yield FailureGroup("site", key, site.title, tuple(site.switches), ())


def _supplies(estate: Estate, switches: Mapping[str, Switch]) -> Iterator[FailureGroup]:
    fed: dict[str, list[str]] = {}
    for key, switch in switches.items():
        if len(switch.supplies) == 1:
            fed.setdefault(switch.supplies[0], []).append(key)
    for supply, lost in fed.items():
        if len(lost) > 1:
            yield FailureGroup(
                "supply", supply, estate.network.supplies[supply].title, tuple(lost), ()
            )
