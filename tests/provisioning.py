"""What recordings need on a cluster, made without an engine: quick, for tests that only use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.ceph import subvolumes
from maille.ceph.clients import CLIENT
from maille.ceph.filesystems import FILE_SYSTEM
from maille.ceph.groups import GROUP
from maille.ceph.making import create
from maille.ceph.model import Client
from maille.ceph.pools import POOL
from maille.ceph.profiles import PROFILE
from maille.ceph.rules import RULE
from maille.ceph.subvolumes import SUBVOLUME
from maille.layout.caps import caps_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from maille.ceph.connection import Cluster
    from maille.layout.model import Layout


def provision(cluster: Cluster, layout: Layout, communes: Collection[str] = ()) -> dict[str, str]:
    """Make what a layout names, and give the folder of each subvolume.

    Args:
        cluster: where.
        layout: all of it is made; of the communes' shares only some if that is asked for.
        communes: INSEE codes of those whose shares are made; all by default.
    """
    owner = layout.estate
    create(cluster, PROFILE, layout.profile, owner=owner)
    for rule in layout.rules:
        create(cluster, RULE, rule, owner=owner)
    for pool in layout.pools:
        create(cluster, POOL, pool, owner=owner)
    create(cluster, FILE_SYSTEM, layout.filesystem, owner=owner)
    for group in layout.groups:
        create(cluster, GROUP, group, owner=owner)
    paths = {}
    for share in layout.subvolumes.values():
        if not communes or share.commune is None or share.commune in communes:
            create(cluster, SUBVOLUME, share.wish, owner=owner)
            paths[share.name] = (
                subvolumes.path(cluster, share.filesystem, share.group, share.name) or ""
            )
    for client in layout.clients.values():
        if all(grant.subvolume in {None, *paths} for grant in client.grants):
            wanted = Client(entity=client.entity, caps=caps_of(client, layout, paths))
            create(cluster, CLIENT, wanted, owner=owner)
    return paths
