"""From an estate and an open cluster to a stack that is ready to run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maille.ceph import facts as cluster_facts
from maille.ceph import filesystems
from maille.ceph.clients import rights
from maille.ceph.fingerprints import replaced
from maille.ceph.ownership import owned
from maille.ceph.promises import promises
from maille.ceph.usage import usage
from maille.layout.build import layout_of
from maille.recording.drift.judge import Surroundings, replaced_keys
from maille.recording.former import left_of, with_former
from maille.recording.leaving import given_up, hold_back
from maille.recording.preflight.judge import judge
from maille.recording.preflight.throughput import Planned, too_slow

if TYPE_CHECKING:
    from collections.abc import Collection

    from maille.blueprint.model import Blueprint
    from maille.blueprint.storage import ClusterShape
    from maille.ceph.connection import Cluster
    from maille.ceph.facts import Facts
    from maille.ceph.usage import Usage
    from maille.errors import Finding
    from maille.layout.model import Layout
    from maille.layout.scale import Scale
    from maille.recording.former import Left
    from maille.recording.leaving import Held


@dataclass(frozen=True, slots=True)
class Assembly:
    """What is to be there, on which cluster, and what speaks against it."""

    layout: Layout
    facts: Facts
    lacks: tuple[Finding, ...]
    """What the cluster lacks for the layout."""
    held: tuple[Held, ...]
    """What stays although the inventory wants less."""
    given_up: tuple[Usage, ...] = ()
    """What goes with all that it holds."""
    left: tuple[Left, ...] = ()
    """Former pools that are not empty yet."""
    replaced: tuple[Finding, ...] = ()
    """Keys that somebody put in the place of the estate's own; they hinder nothing."""


def assemble(
    blueprint: Blueprint, cluster: Cluster, scale: Scale, erase: Collection[str] = ()
) -> Assembly:
    """Look at the cluster, and give the layout for it as it is.

    Args:
        blueprint: the estate.
        cluster: open.
        scale: by how much all bytes are reduced.
        erase: shares that may go with all that they hold.

    Raises:
        CephOutOfReachError: the cluster does not answer.
    """
    facts = cluster_facts.read(cluster)
    wanted = layout_of(blueprint, scale, _shape(blueprint, facts))
    live: dict[str, Usage] = {}
    if filesystems.read(cluster, wanted.filesystem.name):
        live = usage(cluster, wanted.filesystem.name, wanted.estate)
    ours = owned(cluster, wanted.estate, "subvolume", wanted.filesystem.name)
    kept, held = hold_back(wanted, live, ours, erase)
    left = left_of(cluster, wanted)
    layout = with_former(kept, left)
    existing = {pool["pool_name"]: pool["pg_num"] for pool in cluster.mon("osd dump")["pools"]}
    others = promises(cluster, frozenset(group.name for group in wanted.groups))
    lacks = (
        *judge(layout, facts, existing, others),
        *too_slow(layout, facts, _planned(blueprint, scale)),
    )
    going = given_up(wanted, live, ours, erase)
    strange = tuple(replaced_keys(layout, replaced(cluster, layout.clients)))
    return Assembly(layout, facts, lacks, held, going, left, strange)


def surroundings(layout: Layout, cluster: Cluster) -> Surroundings:
    """Look at what is near the recordings, whoever made it."""
    shares: dict[str, Usage] = {}
    if filesystems.read(cluster, layout.filesystem.name):
        for group in layout.groups:
            shares |= usage(cluster, layout.filesystem.name, group.name)
    return Surroundings(
        shares,
        owned(cluster, layout.estate, "subvolume", layout.filesystem.name),
        rights(cluster),
        owned(cluster, layout.estate, "client") | {cluster.access.client},
        replaced(cluster, layout.clients),
    )


def _planned(blueprint: Blueprint, scale: Scale) -> Planned:
    return Planned(
        blueprint.storage.shape.disk_write_mb_s,
        scale.rate(blueprint.estate.settings.storage.playback_mb_s),
    )


def _shape(blueprint: Blueprint, facts: Facts) -> ClusterShape:
    """Give the cluster's shape: as the inventory says, on the disks that there are."""
    planned = blueprint.storage.shape
    wanted = blueprint.estate.settings.storage.device_class
    working = [osd for osd in facts.of_class(wanted) if osd.up and osd.taken]
    hosts = {osd.host for osd in working}
    if len(hosts) < 2:  # too few for any sizing: what it lacks is told by the preflight
        return planned
    return replace(
        planned,
        hosts=len(hosts),
        osds_per_host=max(1, round(len(working) / len(hosts))),
        osd_bytes=round(sum(osd.size_bytes for osd in working) / len(working)),
    )
