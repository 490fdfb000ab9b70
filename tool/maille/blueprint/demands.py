"""Who wants to reach what: the domains, their attachments and the destinations of a blueprint.

A camera sends its recorded stream to the host of its recorder. Where the estate watches
directly, it sends the viewed share of a second one to the centre, of which the way to the
core pair is counted; relayed viewing costs the network nothing. All cameras that hang on a
port count, those to come included. A switch wants its management reached from the centre.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.blueprint.gateways import Attachment, Domain
from maille.blueprint.spanning_tree import bridges_of
from maille.topology.naming import centre_segment, host_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Literal

    from maille.blueprint.arcs import Arcs
    from maille.blueprint.model import Blueprint, Camera, Pair

BITS_PER_MEGABIT = 1_000_000

LIVE = "live viewing"
MANAGEMENT = "management"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where streams end: hosts in a segment of the centre, or the core pair itself."""

    id: str
    vrf: Literal["VIDEO", "MGMT"]
    segment: str | None
    """None: any live switch of the core pair will do."""
    hosts: tuple[tuple[str, ...], ...] = ()
    """The switches of each host, of which it uses the first that runs (an active-backup bond);
    equal hosts share the load, and stand in for each other."""
    recorders: tuple[str, ...] = ()


def destinations(blueprint: Blueprint) -> dict[str, Destination]:
    """Give all destinations by id; recorders on the same switches are one."""
    centre = blueprint.estate.centre
    found = {
        LIVE: Destination(LIVE, "VIDEO", None),
        MANAGEMENT: Destination(MANAGEMENT, "MGMT", centre_segment(centre.management_segment)),
    }
    recorders: dict[tuple[str, tuple[tuple[str, ...], ...]], list[str]] = {}
    for recorder in centre.recorders:
        recorders.setdefault(_ends(blueprint, recorder), []).append(recorder)
    for (segment, hosts), ids in recorders.items():
        found[ids[0]] = Destination(ids[0], "VIDEO", segment, hosts, tuple(ids))
    return found


def _ends(blueprint: Blueprint, recorder: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    centre = blueprint.estate.centre
    key = centre.recorders[recorder].host
    hosts = [blueprint.hosts[host] for host in host_ids(key, centre.hosts[key].count)]
    switches = (tuple(switch for switch, _ in host.ports) for host in hosts)
    return hosts[0].segment, tuple(switches)


def attachments(
    blueprint: Blueprint, ends: Mapping[str, Destination]
) -> dict[str, list[Attachment]]:
    """Give what hangs on each switch."""
    hanging: dict[str, list[Attachment]] = {}
    for attachment in (*_cameras(blueprint, ends), *_managements(blueprint)):
        hanging.setdefault(attachment.switch, []).append(attachment)
    return hanging


def domains(
    blueprint: Blueprint, arcs: Arcs, hanging: Mapping[str, list[Attachment]]
) -> tuple[Domain, ...]:
    """Give the layer-2 domains. Pairs that share a switch share their spanning tree."""
    hosted = frozenset(
        (switch, host.segment) for host in blueprint.hosts.values() for switch, _ in host.ports
    )
    return tuple(
        _domain(blueprint, arcs, pairs, hanging, hosted) for pairs in _joined(blueprint.pairs)
    )


def _domain(
    blueprint: Blueprint,
    arcs: Arcs,
    pairs: list[Pair],
    hanging: Mapping[str, list[Attachment]],
    hosted: frozenset[tuple[str, str]],
) -> Domain:
    switches = dict.fromkeys(switch for pair in pairs for switch in pair.switches)
    links = dict.fromkeys(link for pair in pairs for link in pair.links)
    return Domain(
        id=" ".join(pair.id for pair in pairs),
        bridges=bridges_of(arcs, [blueprint.switches[switch] for switch in switches], links),
        carried={arcs.number[link]: frozenset(blueprint.links[link].segments) for link in links},
        gateways={
            segment: (pair.primary, pair.secondary) for pair in pairs for segment in pair.segments
        },
        routed=frozenset(switch for pair in pairs for switch in (pair.primary, pair.secondary)),
        attachments={switch: tuple(hanging[switch]) for switch in switches if switch in hanging},
        hosted=frozenset(entry for entry in hosted if entry[0] in switches),
    )


def _joined(pairs: Mapping[str, Pair]) -> list[list[Pair]]:
    groups: list[list[Pair]] = []
    for pair in pairs.values():
        touching = [group for group in groups if _share_a_switch(group, pair)]
        groups = [group for group in groups if group not in touching]
        groups.append([*(member for group in touching for member in group), pair])
    return groups


def _share_a_switch(group: list[Pair], pair: Pair) -> bool:
    return any(set(member.switches) & set(pair.switches) for member in group)


def _cameras(blueprint: Blueprint, ends: Mapping[str, Destination]) -> Iterator[Attachment]:
    end_of = {recorder: end.id for end in ends.values() for recorder in end.recorders}
    live = blueprint.estate.settings.live
    share = live.viewed_share if live.mode == "direct" else 0.0
    groups: dict[tuple[str, str, str], list[Camera]] = {}
    for camera in blueprint.cameras.values():
        if camera.switch is not None and camera.segment is not None:
            key = (camera.switch, camera.segment, end_of[camera.recorder])
            groups.setdefault(key, []).append(camera)
    for key, cameras in groups.items():
        rates = [camera.bitrate.mbps * BITS_PER_MEGABIT for camera in cameras]
        yield Attachment(
            *key,
            cameras=tuple(camera.id for camera in cameras),
            recorded_bps=sum(round(rate) for rate in rates),
            live_bps=sum(round(rate * share) for rate in rates),
        )


def _managements(blueprint: Blueprint) -> Iterator[Attachment]:
    for switch in blueprint.switches.values():
        if switch.management_segment is not None:
            yield Attachment(switch.id, switch.management_segment, MANAGEMENT)
