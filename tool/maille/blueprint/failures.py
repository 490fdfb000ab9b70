"""The events that take something away: what redundancy and capacity are tried with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.model import FailureGroup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.blueprint.model import Link, Switch
    from maille.inventory.schema.estate import Estate


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
        title = f"{link.a.switch} to {link.b.switch}"
        several = len(link.strands) > 1
        for number in range(len(link.strands)):
            ident = f"{key}.{number}" if several else key
            yield FailureGroup("link", ident, title, (), ((key, number),))


def _cables(estate: Estate, links: Mapping[str, Link]) -> Iterator[FailureGroup]:
    in_cable: dict[str, list[tuple[str, int]]] = {}
    for key, link in links.items():
        for number, strand in enumerate(link.strands):
            for cable in strand.cables:
                in_cable.setdefault(cable, []).append((key, number))
    in_duct: dict[str, list[str]] = {}
    for cable, lost in in_cable.items():
        entry = estate.network.cables[cable]
        yield FailureGroup("cable", cable, entry.title, (), tuple(lost))
        if entry.duct:
            in_duct.setdefault(entry.duct, []).append(cable)
    for duct, cables in in_duct.items():
        if len(cables) > 1:
            strands = dict.fromkeys(strand for cable in cables for strand in in_cable[cable])
            title = estate.network.ducts[duct].title
            yield FailureGroup("duct", duct, title, (), tuple(strands))


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
