"""`ceph:index:Subvolume`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.ceph import subvolumes
from maille.ceph.model import Subvolume
from maille.ceph.names import namespace
from maille.infra.provider.handler import Handler

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster


def _outputs(cluster: Cluster, value: Subvolume) -> dict[str, str | None]:
    folder = subvolumes.path(cluster, value.filesystem, value.group, value.name)
    return {"path": folder, "namespace": namespace(value.name)}


def _delete(cluster: Cluster, value: Subvolume, losing: bool) -> None:  # noqa: FBT001
    subvolumes.delete(cluster, value.filesystem, value.group, value.name, losing=losing)


HANDLER = Handler(
    type_name="ceph:index:Subvolume",
    about="A folder with a quota and a RADOS namespace of its own.",
    model=Subvolume,
    kind=subvolumes.SUBVOLUME,
    id_fields=("filesystem", "group", "name"),
    delete=_delete,
    outputs=_outputs,
    output_fields=("path", "namespace"),
)
