"""Builds the blueprint: inventory, lock and date in, one immutable value out. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.cameras import attachments
from maille.blueprint.centre import hosts, services
from maille.blueprint.failures import failure_groups
from maille.blueprint.flows import flow_matrix
from maille.blueprint.model import Blueprint, CommuneShare, Pair, Ring
from maille.blueprint.ports import PortBoard, Sockets, links
from maille.blueprint.segments import Membership, segments
from maille.blueprint.storage import (
    bytes_for,
    keeping_for,
    keeping_of,
    plan_storage,
    quota_bytes,
    shape_of,
)
from maille.blueprint.switches import SwitchMaker, models
from maille.inventory.schema.settings import VlanPools
from maille.topology.build import topology
from maille.topology.membership import members_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from maille.allocation.lock import Lock
    from maille.blueprint.model import Camera, Link, Segment, Switch
    from maille.blueprint.storage import StoragePlan
    from maille.inventory.schema.commune import Commune
    from maille.inventory.schema.estate import Estate
    from maille.topology.build import Topology


def build(estate: Estate, lock: Lock, as_of: date) -> Blueprint:
    """Build the blueprint of an estate on a date.

    The inventory's references must be right and the lock settled (`check` sees to both);
    raises AllocationError where the lock lacks something.
    """
    members = members_of(estate, as_of)
    shape = topology(estate, members)
    found = segments(estate, lock, members, shape)
    membership = Membership(estate, lock, found, shape)
    switch_models = models(estate, shape)
    sockets = Sockets(lock, switch_models)
    transit = _transit_vlans(estate)
    hanging = attachments(estate, lock, members, as_of)
    all_links = links(shape.links, sockets, membership, lock, transit)
    all_hosts = hosts(estate, lock, sockets)
    board = PortBoard()
    board.attach_cameras(hanging.cameras.values(), hanging.points.values())
    board.attach_links(all_links.values())
    board.attach_hosts(all_hosts.values())
    switches = SwitchMaker(estate, lock, shape, membership, board, as_of).all()
    given = services(all_hosts.values())
    shares = _shares(estate, lock, members, hanging.cameras, found, switches)
    return Blueprint(
        as_of=as_of,
        estate=estate,
        lock=lock,
        communes=shares,
        segments=found,
        switches=switches,
        cameras=hanging.cameras,
        points=hanging.points,
        links=all_links,
        rings=_rings(estate, shape),
        pairs=_pairs(estate, shape, found, switches, all_links),
        hosts=all_hosts,
        services=given,
        firewall={vrf: all_hosts[f"firewall-{vrf}"].address for vrf in lock.shared.firewall},
        failures=failure_groups(estate, switches, all_links),
        flows=flow_matrix(estate, lock, members, found, switches, all_hosts, hanging.cameras),
        storage=_storage(estate, shares),
    )


def _transit_vlans(estate: Estate) -> dict[str, int]:
    tags = VlanPools.bounds(estate.settings.pools.vlans.transit)
    return {"VIDEO": tags[0], "MGMT": tags[1]}


def _rings(estate: Estate, shape: Topology) -> dict[str, Ring]:
    return {
        key: Ring(
            id=key,
            title=entry.title,
            pair=entry.pair,
            members=shape.rings[key],
            links=tuple(f"{key}/{number}" for number in range(len(shape.rings[key]) + 1)),
            length_km=entry.length_km,
        )
        for key, entry in estate.network.rings.items()
    }


def _pairs(
    estate: Estate,
    shape: Topology,
    found: Mapping[str, Segment],
    switches: Mapping[str, Switch],
    all_links: Mapping[str, Link],
) -> dict[str, Pair]:
    return {
        key: Pair(
            id=key,
            primary=entry.primary,
            secondary=entry.secondary,
            rings=tuple(ring for ring, of in estate.network.rings.items() if of.pair == key),
            segments=tuple(segment.id for segment in found.values() if segment.pair == key),
            switches=(
                entry.primary,
                entry.secondary,
                *(
                    switch.id
                    for switch in switches.values()
                    if switch.pair == key and switch.id not in shape.pair_of_switch
                ),
            ),
            links=tuple(link.id for link in all_links.values() if link.pair == key),
        )
        for key, entry in estate.network.pairs.items()
    }


def _shares(
    estate: Estate,
    lock: Lock,
    members: Mapping[str, Commune],
    cameras: Mapping[str, Camera],
    found: Mapping[str, Segment],
    switches: Mapping[str, Switch],
) -> dict[str, CommuneShare]:
    of_commune = _grouped((camera.commune, camera.id) for camera in cameras.values())
    its_segments = _grouped((segment.commune, segment.id) for segment in found.values())
    its_switches = _grouped((switch.commune, switch.id) for switch in switches.values())
    shares = {}
    for insee, commune in members.items():
        own = [cameras[ident] for ident in of_commune.get(insee, ())]
        keeping = keeping_for(estate.settings, commune)
        mbps = sum(camera.bitrate.mbps for camera in own)
        storage = lock.communes[insee].storage
        shares[insee] = CommuneShare(
            insee=insee,
            name=commune.commune,
            entry=commune,
            cameras=tuple(camera.id for camera in own),
            planned=len(own),
            connected=sum(camera.connected for camera in own),
            mbps=mbps,
            retention_days=round(keeping.days),
            margin=keeping.margin,
            recorder=next(iter(storage.values())).recorder,
            subvolumes=tuple(storage),
            need_bytes=bytes_for(mbps, keeping.days),
            quota_bytes=quota_bytes(mbps, keeping),
            segments=tuple(its_segments.get(insee, ())),
            switches=tuple(its_switches.get(insee, ())),
        )
    return shares


def _grouped(pairs: Iterable[tuple[str | None, str]]) -> dict[str | None, list[str]]:
    groups: dict[str | None, list[str]] = {}
    for key, member in pairs:
        groups.setdefault(key, []).append(member)
    return groups


def _storage(estate: Estate, shares: Mapping[str, CommuneShare]) -> StoragePlan:
    settings = estate.settings
    wanted = [
        (share.mbps, keeping_of(settings, share.retention_days, share.margin))
        for share in shares.values()
    ]
    storage = settings.storage
    shape = shape_of(settings, estate.catalogue.servers[storage.server])
    return plan_storage(wanted, shape, storage.server, storage.hold_share)
