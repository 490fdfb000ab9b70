"""Finds what an id, an address, a MAC, a VLAN or a name may mean, and writes its sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maille.errors import UsageError
from maille.inventory.suggest import slug, unknown
from maille.show.cameras import camera_sheet, point_sheet
from maille.show.communes import commune_sheet, convention_sheet, wave_sheet
from maille.show.network import (
    cable_sheet,
    host_sheet,
    link_sheet,
    pair_sheet,
    ring_sheet,
    segment_sheet,
    site_sheet,
    switch_sheet,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from maille.blueprint.model import Blueprint
    from maille.check.built import Built
    from maille.inventory.schema.estate import Estate
    from maille.show.sheet import Sheet


def sheets(built: Built, word: str) -> tuple[Sheet, ...]:
    """Give the sheets of everything that a word may mean; raises UsageError for nothing."""
    found = (*_by_id(built, word), *_by_number(built, word))
    if not found:
        raise UsageError(*unknown("id", word, _all_ids(built)))
    return found


def _by_id(built: Built, word: str) -> Iterator[Sheet]:
    blueprint, estate = built.blueprint, built.blueprint.estate
    for insee, entry in estate.communes.items():
        if word == insee or slug(word) == slug(entry.commune):
            yield commune_sheet(built, insee)
    for switch in blueprint.switches.values():
        if word in {switch.id, switch.hostname}:
            yield switch_sheet(built, switch)
    for things, write in _things(blueprint):
        if word in things:
            yield write(built, things[word])
    for names, write_named in _named(estate):
        if word in names:
            yield write_named(built, word)


def _things(blueprint: Blueprint) -> tuple[tuple[Mapping[str, Any], Callable[..., Sheet]], ...]:
    """Give what the blueprint holds by id, and who writes its sheet."""
    return (
        (blueprint.cameras, camera_sheet),
        (blueprint.links, link_sheet),
        (blueprint.rings, ring_sheet),
        (blueprint.pairs, pair_sheet),
        (blueprint.segments, segment_sheet),
        (blueprint.points, point_sheet),
        (blueprint.hosts, host_sheet),
    )


def _named(estate: Estate) -> tuple[tuple[Collection[str], Callable[[Built, str], Sheet]], ...]:
    """Give what the inventory alone holds by id, and who writes its sheet."""
    return (
        (estate.network.cables, cable_sheet),
        (estate.network.sites, site_sheet),
        (estate.waves, wave_sheet),
        (estate.conventions, convention_sheet),
    )


def _by_number(built: Built, word: str) -> Iterator[Sheet]:
    """Addresses, MAC addresses and VLAN ids (`101`, `vlan101`)."""
    blueprint = built.blueprint
    vlan = word.lower().removeprefix("vlan").strip()
    for segment in blueprint.segments.values():
        if vlan == str(segment.vlan) or word == str(segment.prefix):
            yield segment_sheet(built, segment)
    plain = word.lower().replace("-", ":")
    for camera in blueprint.cameras.values():
        if plain in {str(camera.address), camera.mac}:
            yield camera_sheet(built, camera)
    for switch in blueprint.switches.values():
        if word == str(switch.management):
            yield switch_sheet(built, switch)
    for host in blueprint.hosts.values():
        if word == str(host.address):
            yield host_sheet(built, host)


def _all_ids(built: Built) -> list[str]:
    things = (things for things, _ in _things(built.blueprint))
    names = (names for names, _ in _named(built.blueprint.estate))
    communes, switches = built.blueprint.estate.communes, built.blueprint.switches
    return [ident for ids in (*things, *names, communes, switches) for ident in ids]
