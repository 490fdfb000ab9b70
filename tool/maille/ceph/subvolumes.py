"""Subvolumes: a commune's folder, its quota, and a RADOS namespace that isolates it."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any, cast

from maille.ceph.difference import differences
from maille.ceph.errors import CephError, ProtectedError
from maille.ceph.making import Kind
from maille.ceph.model import Subvolume
from maille.ceph.names import folder, namespace
from maille.ceph.usage import holds_file, usage

if TYPE_CHECKING:
    from typing import Literal

    from maille.ceph.connection import Cluster

MODE = "750"
_NO_QUOTA = "infinite"


def info(cluster: Cluster, filesystem: str, group: str, name: str) -> dict[str, Any] | None:
    """Give what the manager tells of a subvolume, or None.

    Of one that a manager left half made it tells nothing: then this is what can be known.
    """
    try:
        found: dict[str, Any] | None = cluster.find_by_mgr(
            "fs subvolume info", vol_name=filesystem, group_name=group, sub_name=name
        )
    except CephError as error:
        if error.number != errno.ENODATA:
            raise
        half = f"{folder(group)}/{name}"
        return {"bytes_quota": _NO_QUOTA, "bytes_used": 0, "pool_namespace": "", "path": half}
    return found


def names(cluster: Cluster, filesystem: str, group: str) -> tuple[str, ...]:
    """Give the subvolumes of a group."""
    found = cluster.find_by_mgr("fs subvolume ls", vol_name=filesystem, group_name=group) or []
    return tuple(one["name"] for one in found)


def read(cluster: Cluster, filesystem: str, group: str, name: str) -> Subvolume | None:
    """Give a subvolume as the cluster has it, or None; without a quota it has 0 bytes."""
    found = info(cluster, filesystem, group, name)
    if found is None:
        return None
    quota = found["bytes_quota"]
    return Subvolume.model_construct(
        filesystem=filesystem,
        group=group,
        name=name,
        quota_bytes=0 if quota == _NO_QUOTA else int(quota),
        uid=int(found.get("uid", 0)),
        gid=int(found.get("gid", 0)),
        isolated=cast("Literal[True]", _isolated(found, group, name)),
    )


def _isolated(found: dict[str, Any], group: str, name: str) -> bool:
    """Say whether it is whole: a folder of its own below its name, and its namespace."""
    within = str(found["path"]).startswith(f"{folder(group)}/{name}/")
    return within and found["pool_namespace"] == namespace(name)


def path(cluster: Cluster, filesystem: str, group: str, name: str) -> str | None:
    """Give the folder that files of a subvolume go to, or None."""
    found = info(cluster, filesystem, group, name)
    return str(found["path"]) if found else None


def _make(cluster: Cluster, wanted: Subvolume) -> None:
    cluster.mgr(
        "fs subvolume create",
        vol_name=wanted.filesystem,
        group_name=wanted.group,
        sub_name=wanted.name,
        size=wanted.quota_bytes,
        namespace_isolated=True,
        uid=wanted.uid,
        gid=wanted.gid,
        mode=MODE,
    )


def _change(cluster: Cluster, found: Subvolume, wanted: Subvolume) -> None:
    if (found.uid, found.gid) != (wanted.uid, wanted.gid):
        where = path(cluster, wanted.filesystem, wanted.group, wanted.name)
        if where:
            cluster.in_files(
                wanted.filesystem, lambda root: root.chown(where, wanted.uid, wanted.gid)
            )
    if found.quota_bytes == wanted.quota_bytes:
        return
    if found.quota_bytes and wanted.quota_bytes < found.quota_bytes:
        _refuse_below_use(cluster, wanted)
    cluster.mgr(
        "fs subvolume resize",
        vol_name=wanted.filesystem,
        group_name=wanted.group,
        sub_name=wanted.name,
        new_size=str(wanted.quota_bytes),
    )


def _refuse_below_use(cluster: Cluster, wanted: Subvolume) -> None:
    told = info(cluster, wanted.filesystem, wanted.group, wanted.name) or {}
    used = int(told.get("bytes_used", 0))
    if used > wanted.quota_bytes:
        raise ProtectedError(
            f"subvolume {wanted.name} holds {used:,} bytes, more than the"
            f" {wanted.quota_bytes:,} that its quota would become: recording would stop at once",
            "let what is past its retention expire first: `maille storage expire`",
        )


def delete(
    cluster: Cluster, filesystem: str, group: str, name: str, *, losing: bool = False
) -> None:
    """Remove a subvolume; its contents go to the trash, which the manager empties.

    Raises:
        ProtectedError: it holds files, and `losing` does not say that they may go.
    """
    found = info(cluster, filesystem, group, name)
    if found is None:
        return
    if not losing and not _empty(cluster, filesystem, group, name, found):
        raise ProtectedError(
            f"subvolume {name} holds recordings",
            "let them expire first, or say by its name that they may be lost",
        )
    cluster.mgr("fs subvolume rm", vol_name=filesystem, group_name=group, sub_name=name)


def _empty(cluster: Cluster, filesystem: str, group: str, name: str, found: dict[str, Any]) -> bool:
    """Say whether a subvolume holds no file.

    All of a group are looked into when the first of them is to be removed: looking into each one
    between the removals would make the metadata server wait for its journal, 5 s every time. What
    is written since then is in the sum that the manager tells; as that lags, what was erased is in
    it too, and only then one is looked into again.
    """
    known = cluster.once(("usage", filesystem, group), lambda: usage(cluster, filesystem, group))
    if name in known and not known[name].empty:
        return False
    path = str(found["path"])
    return not found["bytes_used"] or not cluster.briefly(
        filesystem, lambda root: holds_file(root, path)
    )


SUBVOLUME = Kind(
    title="subvolume",
    name=lambda one: one.name,
    read=lambda cluster, one: read(cluster, one.filesystem, one.group, one.name),
    compare=lambda found, wanted: differences(
        found, wanted, in_place=("quota_bytes", "uid", "gid")
    ),
    make=_make,
    change=_change,
    unfinished=lambda found: not found.isolated,
    # Of half a one `create` would set the quota, and leave the rest.
    clear=lambda cluster, found: delete(cluster, found.filesystem, found.group, found.name),
    filesystem=lambda one: one.filesystem,
)
