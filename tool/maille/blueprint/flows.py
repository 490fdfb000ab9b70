"""The flow matrix (matrice de flux): the sessions of each commune and of the centre, as rows."""

from __future__ import annotations

from ipaddress import IPv4Network, collapse_addresses
from typing import TYPE_CHECKING, Literal

from maille.blueprint.model import Flow
from maille.blueprint.sessions import (
    HostBook,
    Needs,
    Party,
    camera_sessions,
    centre_sessions,
    collapsed,
    extra_sessions,
    switch_sessions,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maille.allocation.lock import Lock
    from maille.blueprint.model import Camera, Host, Segment, Switch
    from maille.blueprint.sessions import Session
    from maille.inventory.schema.commune import Commune
    from maille.inventory.schema.estate import Estate


def flow_matrix(
    estate: Estate,
    lock: Lock,
    members: Mapping[str, Commune],
    segments: Mapping[str, Segment],
    switches: Mapping[str, Switch],
    hosts: Mapping[str, Host],
    cameras: Mapping[str, Camera],
) -> tuple[Flow, ...]:
    """Give every flow, those of the communes first, by INSEE code."""
    book = HostBook(estate.centre, hosts.values(), segments)
    needs = needs_by_commune(estate, cameras.values())
    rows: list[Session] = []
    for insee, commune in members.items():
        title = f"{commune.commune} ({insee})"
        seen = Party(f"Cameras of {title}", _blocks(lock, insee, "video"), "VIDEO")
        managed = Party(f"Switches of {title}", _blocks(lock, insee, "management"), "MGMT")
        rows += camera_sessions(book, seen, needs.get(insee, Needs()), estate.settings.live.mode)
        rows += switch_sessions(book, managed)
    rows += switch_sessions(book, routed_switches(switches.values()))
    rows += switch_sessions(book, access_of_centre(switches.values()))
    rows += centre_sessions(book)
    rows += extra_sessions(estate.centre.flows, book)
    return tuple(_row(session) for session in rows)


def needs_of(estate: Estate, cameras: Iterable[Camera]) -> Needs:
    """Give what these cameras need besides what all of them need."""
    recorders = estate.centre.recorders
    found = Needs()
    for camera in cameras:
        rtp = recorders[camera.recorder].transport == "udp"
        found |= Needs(ptz=camera.profile.ptz_control, rtp=rtp)
    return found


def needs_by_commune(estate: Estate, cameras: Iterable[Camera]) -> dict[str, Needs]:
    """Give the needs of each commune that has cameras; of a nomad, where it hangs today."""
    of_commune: dict[str, list[Camera]] = {}
    for camera in cameras:
        if camera.segment:
            of_commune.setdefault(camera.segment.partition("/")[0], []).append(camera)
    return {insee: needs_of(estate, group) for insee, group in of_commune.items()}


def routed_switches(switches: Iterable[Switch]) -> Party:
    """Give the routed switches, by the loopbacks under which they are managed."""
    addresses = (switch.management for switch in switches if switch.loopback_video)
    return Party("Routed switches", collapsed(addresses), "MGMT")


def access_of_centre(switches: Iterable[Switch]) -> Party:
    """Give the access switches of the sites, which are managed on a segment of the centre."""
    found = [s for s in switches if s.commune is None and s.loopback_video is None]
    return Party(
        "Access switches of the centre",
        collapsed(switch.management for switch in found),
        "MGMT",
        frozenset(switch.management_segment or "" for switch in found),
    )


def _blocks(
    lock: Lock, insee: str, pool: Literal["video", "management"]
) -> tuple[IPv4Network, ...]:
    blocks = lock.communes[insee].blocks.values()
    return tuple(collapse_addresses(block.prefix for block in blocks if block.pool == pool))


def _row(session: Session) -> Flow:
    return Flow(
        source=session.client.name,
        source_prefixes=session.client.prefixes,
        destination=session.server.name,
        destination_prefixes=session.server.prefixes,
        protocol=session.protocol,
        ports=session.ports,
        crosses_firewall=session.crosses_firewall,
        why=session.why,
    )
