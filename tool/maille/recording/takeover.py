"""What of a layout is on the cluster already, and whether it can be taken over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maille.ceph import subvolumes
from maille.ceph.clients import CLIENT
from maille.ceph.errors import ConflictError
from maille.ceph.filesystems import FILE_SYSTEM
from maille.ceph.groups import GROUP
from maille.ceph.model import Client
from maille.ceph.ownership import owners
from maille.ceph.pools import POOL
from maille.ceph.profiles import PROFILE
from maille.ceph.rules import RULE
from maille.ceph.subvolumes import SUBVOLUME
from maille.layout.caps import caps_of
from maille.recording.stack.targets import WHOLE
from maille.retention.said import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.ceph.connection import Cluster
    from maille.ceph.making import Kind
    from maille.layout.model import Layout


@dataclass(frozen=True, slots=True)
class Existing:
    """A thing of the layout that is on the cluster.

    `resource` is its type as the provider calls it: `Subvolume`. `unlike` says what differs from
    the wish; a thing of another estate, which cannot be shared, differs by that.
    """

    resource: str
    name: str
    ours: bool
    unlike: str


def existing(layout: Layout, cluster: Cluster) -> tuple[Existing, ...]:
    """Give what there is of a layout, in the order of its making."""
    return tuple(
        found
        for resource, kind, wish in _wishes(layout, cluster)
        if (found := _existing(cluster, layout.estate, resource, kind, wish))
    )


def to_take(found: tuple[Existing, ...]) -> tuple[Existing, ...]:
    """Give what is to be taken over.

    Raises:
        ConflictError: something differs; all that does is named.
    """
    differing = [one for one in found if one.unlike and not one.ours]
    if differing:
        told = "\n".join(f"{one.resource} {one.name}: {one.unlike}" for one in differing)
        raise ConflictError(
            f"nothing was taken over, for the cluster differs from the inventory in"
            f" {many(len(differing), 'thing')}:\n{told}",
            "change the inventory, or those, until both agree",
        )
    return tuple(one for one in found if not one.ours)


def targets(taken: tuple[Existing, ...]) -> tuple[str, ...]:
    """Give the patterns of the resources that a run is limited to."""
    return (
        *WHOLE,
        "**ceph:index:HealthGate::*",
        *(f"**ceph:index:{one.resource}::{one.name}" for one in taken),
    )


def _existing(
    cluster: Cluster,
    estate: str,
    resource: str,
    kind: Kind[Any],
    wish: Any,  # noqa: ANN401
) -> Existing | None:
    found = kind.read(cluster, wish)
    if found is None:
        return None
    marked = owners(cluster, kind.mark(wish))
    unlike = "; ".join(map(str, kind.compare(found, wish)))
    if marked - {estate} and not kind.shared(wish):
        unlike = f"it belongs to {', '.join(sorted(marked))}"
    return Existing(resource, kind.name(wish), estate in marked, unlike)


def _wishes(layout: Layout, cluster: Cluster) -> Iterator[tuple[str, Kind[Any], Any]]:
    yield "ErasureCodeProfile", PROFILE, layout.profile
    for rule in layout.rules:
        yield "CrushRule", RULE, rule
    for pool in layout.pools:
        yield "Pool", POOL, pool
    yield "FileSystem", FILE_SYSTEM, layout.filesystem
    if FILE_SYSTEM.read(cluster, layout.filesystem) is None:
        return
    for group in layout.groups:
        yield "SubvolumeGroup", GROUP, group
    paths = {}
    for share in layout.subvolumes.values():
        yield "Subvolume", SUBVOLUME, share.wish
        path = subvolumes.path(cluster, share.filesystem, share.group, share.name)
        if path:
            paths[share.name] = path
    for client in layout.clients.values():
        if all(grant.subvolume is None or grant.subvolume in paths for grant in client.grants):
            caps = caps_of(client, layout, paths)
            yield "Client", CLIENT, Client(entity=client.entity, caps=caps)
