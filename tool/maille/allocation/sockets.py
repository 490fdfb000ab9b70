"""Which ends of cables need a port of the lock, and what that port must be able to do.

Not in the lock, as convention gives them: uplinks 1 and 2 of a ring member (towards the
primary and towards the secondary), and uplink 1 of a spur.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maille.allocation.ports import LinkNeed, Switch
from maille.topology.naming import cabinet_switch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.allocation.ports import Kind
    from maille.inventory.schema.centre import Host
    from maille.inventory.schema.commune import Commune
    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.network import Spur
    from maille.topology.homes import Homes

_RING_UPLINKS: Final = 2
_SPUR_UPLINKS: Final = 1
_EITHER: Final[tuple[Kind, ...]] = ("uplink", "access")
_HOSTS_FIRST: Final[tuple[Kind, ...]] = ("access", "uplink")
_DEFAULT_HOST_MBPS: Final = 1000


def socket_needs(estate: Estate, members: dict[str, Commune], homes: Homes) -> dict[str, LinkNeed]:
    """Give each socket's key, `<switch>/<what>`, and what its port must be able to do."""
    return {
        **dict(_rings(estate)),
        **dict(_links(estate)),
        **dict(_spurs(estate, members, homes)),
        **dict(_hosts(estate)),
        **dict(_firewall(estate)),
    }


def switches_of(estate: Estate, members: dict[str, Commune]) -> dict[str, Switch]:
    """Give every switch with its model, as ports are given from it."""
    models = estate.catalogue.switches
    found = {
        name: Switch(models.get(switch.model))
        for site in estate.network.sites.values()
        for name, switch in site.switches.items()
    }
    for insee, commune in members.items():
        for key, cabinet in commune.cabinets.items():
            spoken_for = _SPUR_UPLINKS if cabinet.spur else _RING_UPLINKS
            found[cabinet_switch(insee, key)] = Switch(models.get(cabinet.switch), spoken_for)
    return found


def _rings(estate: Estate) -> Iterator[tuple[str, LinkNeed]]:
    """Ends of rings: `/a` at the primary, `/b` at the secondary."""
    for ring, entry in estate.network.rings.items():
        pair = estate.network.pairs.get(entry.pair)
        if pair:
            need = LinkNeed(entry.speed_mbps, "sfp")
            yield f"{pair.primary}/{ring}/a", need
            yield f"{pair.secondary}/{ring}/b", need


def _links(estate: Estate) -> Iterator[tuple[str, LinkNeed]]:
    """Ends of links, strand by strand, counted from 0 like the strands in their file."""
    for key, link in estate.network.links.items():
        for number, strand in enumerate(link.strands):
            need = LinkNeed(link.speed_mbps, "sfp" if strand.optic else "any")
            for switch in link.ends:
                yield f"{switch}/{key}.{number}", need


def _spurs(
    estate: Estate, members: dict[str, Commune], homes: Homes
) -> Iterator[tuple[str, LinkNeed]]:
    for insee, commune in members.items():
        for key, cabinet in commune.cabinets.items():
            if cabinet.spur and homes.knows(cabinet.spur.parent):
                child = cabinet_switch(insee, key)
                yield f"{cabinet.spur.parent}/{child}", _spur_need(cabinet.spur, estate)


def _spur_need(spur: Spur, estate: Estate) -> LinkNeed:
    """A fibre needs its transceiver's port; radio and leased lines end on either kind."""
    optic = estate.catalogue.optics.get(spur.strand.optic or "")
    speed = optic.speed_mbps if optic else spur.capacity_mbps
    return LinkNeed(speed, "sfp" if spur.medium == "fibre" else "any", _EITHER)


def _hosts(estate: Estate) -> Iterator[tuple[str, LinkNeed]]:
    """Ports of hosts, host by host counted from 1; by default on the pair's primary."""
    centre = estate.centre
    pair = estate.network.pairs.get(centre.pair)
    for key, host in centre.hosts.items():
        need = LinkNeed(_host_mbps(host, estate), "any", _HOSTS_FIRST, patient=True)
        for switch in host.attached_to or ((pair.primary,) if pair else ()):
            for number in range(1, host.count + 1):
                yield f"{switch}/{key}.{number}", need


def _host_mbps(host: Host, estate: Estate) -> int:
    """Speed of one port of a host: its network divided among the switches it is on."""
    model = estate.catalogue.servers.get(host.model or "")
    if model is None:
        return _DEFAULT_HOST_MBPS
    return max(model.network_mbps // max(len(host.attached_to), 1), 1)


def _firewall(estate: Estate) -> Iterator[tuple[str, LinkNeed]]:
    """Legs of the firewall: one on each switch of the centre's pair."""
    pair = estate.network.pairs.get(estate.centre.pair)
    for vrf in estate.centre.firewall.legs:
        for switch in dict.fromkeys((pair.primary, pair.secondary)) if pair else ():
            need = LinkNeed(_DEFAULT_HOST_MBPS, "any", _HOSTS_FIRST, patient=True)
            yield f"{switch}/firewall-{vrf}", need
