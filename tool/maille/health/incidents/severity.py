"""How much an incident weighs: as much as the gravest place of which images are at stake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.health.states.dominators import dominators

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maille.blueprint.model import Blueprint
    from maille.health.model import Severity
    from maille.health.states.topology import Topology

RANKS: tuple[Severity, ...] = ("ppms", "sensitive", "normal")


def gravest(severities: Iterable[Severity]) -> Severity:
    """Give the gravest of some severities; normal where there is none."""
    return min(severities, key=RANKS.index, default="normal")


def severities(blueprint: Blueprint, topology: Topology) -> dict[str, Severity]:
    """Rank cameras as the inventory does, and all others by the cameras that need them.

    A switch needs to be there for the cameras on it and on all switches to which every way leads
    through it; a recorder for those that it records.
    """
    found: dict[str, Severity] = {key: camera.severity for key, camera in blueprint.cameras.items()}
    return {**found, **_of_switches(topology, found), **_of_recorders(blueprint)}


def of_parts(topology: Topology, known: Mapping[str, Severity], parts: Iterable[str]) -> Severity:
    """Give the gravest severity of some devices and links; a link has that of its ends."""
    names: list[str] = []
    for part in parts:
        number = topology.span_number.get(part)
        if number is None:
            names.append(part)
        else:
            span = topology.spans[number]
            names += (topology.switches[span.a], topology.switches[span.b])
    return gravest(known.get(name, "normal") for name in names)


def _of_switches(topology: Topology, cameras: Mapping[str, Severity]) -> dict[str, Severity]:
    tree = dominators(topology, topology.entries["video"], frozenset())
    ranks = [
        min((RANKS.index(cameras.get(leaf, "normal")) for leaf in leaves), default=len(RANKS) - 1)
        for leaves in topology.on
    ]
    for switch in reversed(tree.order):
        if (above := tree.above[switch]) >= 0:
            ranks[above] = min(ranks[above], ranks[switch])
    return {switch: RANKS[rank] for switch, rank in zip(topology.switches, ranks, strict=True)}


def _of_recorders(blueprint: Blueprint) -> dict[str, Severity]:
    entries = blueprint.estate.centre.recorders
    of_host: dict[str, list[Severity]] = {}
    for camera in blueprint.cameras.values():
        if camera.connected and camera.recorder in entries:
            of_host.setdefault(entries[camera.recorder].host, []).append(camera.severity)
    return {
        host.id: gravest(of_host[key])
        for host in blueprint.hosts.values()
        if (key := host.id.partition(".")[0]) in of_host
    }
