"""The capabilities of a client, as Ceph writes them: path, pool and namespace.

A path alone does not isolate: in a shared pool a key with a path reaches every object through
RADOS. So each right on contents names the namespace too. Pools are named by the estate's tag: a
session keeps the rights that it was opened with, and goes on when the estate gets another pool.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.ceph.names import folder, tagged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.ceph.model import Daemon
    from maille.layout.model import Grant, Layout, ServiceClient


def caps_of(client: ServiceClient, layout: Layout, paths: Mapping[str, str]) -> dict[Daemon, str]:
    """Give the capabilities of a client by daemon.

    Args:
        client: whose.
        layout: where its grants are looked up.
        paths: the folder of each subvolume that a grant names, as CephFS made it.
    """
    filesystem = layout.filesystem.name
    mds = [
        f"allow {grant.rights} fsname={filesystem} path={_path(grant, paths)}"
        for grant in client.grants
    ]
    osd = [
        f"allow {grant.data} namespace={_namespace(grant, layout)} {tagged(layout.estate)}"
        for grant in client.grants
        if grant.data
    ]
    caps: dict[Daemon, str] = {"mon": f"allow r fsname={filesystem}", "mds": ", ".join(mds)}
    if osd:
        caps["osd"] = ", ".join(osd)
    return caps


def _path(grant: Grant, paths: Mapping[str, str]) -> str:
    return paths[grant.subvolume] if grant.subvolume else folder(grant.group)


def _namespace(grant: Grant, layout: Layout) -> str:
    """Give the namespace; all of a group's begin alike, as the lock names its subvolumes."""
    if grant.subvolume:
        return layout.subvolumes[grant.subvolume].namespace
    return f"fsvolumens_{grant.group}-*"
