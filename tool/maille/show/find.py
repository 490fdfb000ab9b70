"""Finds what an id, an address, a MAC, a VLAN or a name may mean, and writes its sheets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from maille.errors import UsageError
from maille.inventory.suggest import slug, unknown
from maille.show.cameras import camera_sheet, point_sheet
from maille.show.communes import commune_sheet, convention_sheet, wave_sheet
from maille.show.links import cable_sheet, link_sheet, ring_sheet
from maille.show.numbers import address_of, address_sheet, prefix_of, prefix_sheet, vlan_sheet
from maille.show.segments import segment_sheet
from maille.show.sites import host_sheet, site_sheet
from maille.show.switches import pair_sheet, switch_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from maille.blueprint.model import Blueprint
    from maille.check.built import Built
    from maille.inventory.schema.estate import Estate
    from maille.show.sheet import Sheet


_POOLS = "`pools` in estate.yaml names what there is to give"


def sheets(built: Built, word: str) -> tuple[Sheet, ...]:
    """Give the sheets of everything that a word may mean; raises UsageError for nothing."""
    found = (*_by_id(built, word), *_by_number(built, word))
    if found:
        return found
    if address_of(word) or prefix_of(word):
        raise UsageError(f"`{word}` is in no segment and in no pool", _POOLS)
    if vlan := _vlan_of(word):
        raise UsageError(f"VLAN {vlan} is in no segment and in no pool", _POOLS)
    raise UsageError(*unknown("id", word, _all_ids(built)))


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
    """Addresses, prefixes, MAC addresses, VLAN ids (`101`, `vlan 101`) and names."""
    found = [*_holders(built, word), *_vlans(built, word)]
    address, prefix = address_of(word), prefix_of(word)
    if not found and address:
        found.append(address_sheet(built, address))
    if not found and prefix:
        found.append(prefix_sheet(built, prefix))
    yield from filter(None, found)


def _holders(built: Built, word: str) -> Iterator[Sheet]:
    """Give the sheets of what has an address, a prefix, a MAC address or a name of its own."""
    blueprint, mac = built.blueprint, _mac(word)
    for segment in blueprint.segments.values():
        if word in {str(segment.prefix), segment.vlan_name}:
            yield segment_sheet(built, segment)
    for camera in blueprint.cameras.values():
        if word == str(camera.address) or (mac and mac == camera.mac):
            yield camera_sheet(built, camera)
    for insee, share in blueprint.communes.items():
        if word in share.subvolumes:
            yield commune_sheet(built, insee)
    yield from (
        switch_sheet(built, switch)
        for switch in blueprint.switches.values()
        if word == str(switch.management)
    )
    yield from (
        host_sheet(built, host) for host in blueprint.hosts.values() if word == str(host.address)
    )


def _mac(word: str) -> str:
    """Give a MAC address as the inventory writes it, from any vendor's way; empty for none."""
    digits = re.sub(r"[.:-]", "", word.lower())
    if not re.fullmatch(r"[0-9a-f]{12}", digits):
        return ""
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))


def _vlan_of(word: str) -> int | None:
    named = re.fullmatch(r"(?:vlan ?)?([1-9][0-9]{0,3})", word.lower())
    return int(named[1]) if named else None


def _vlans(built: Built, word: str) -> Iterator[Sheet | None]:
    vlan = _vlan_of(word)
    if vlan is None:
        return
    segments = [one for one in built.blueprint.segments.values() if one.vlan == vlan]
    yield from (segment_sheet(built, segment) for segment in segments)
    if not segments:
        yield vlan_sheet(built, vlan)


def _all_ids(built: Built) -> list[str]:
    things = (things for things, _ in _things(built.blueprint))
    names = (names for names, _ in _named(built.blueprint.estate))
    communes, switches = built.blueprint.estate.communes, built.blueprint.switches
    return [ident for ids in (*things, *names, communes, switches) for ident in ids]
