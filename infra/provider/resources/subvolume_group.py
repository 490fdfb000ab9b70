"""`ceph:index:SubvolumeGroup`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.ceph import groups
from maille.ceph.model import SubvolumeGroup
from maille.infra.provider.handler import Handler

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster


def _delete(cluster: Cluster, value: SubvolumeGroup, _losing: bool) -> None:  # noqa: FBT001
    groups.delete(cluster, value.filesystem, value.name)


HANDLER = Handler(
    type_name="ceph:index:SubvolumeGroup",
    about="A folder of subvolumes, pinned to a pool, the size of its objects fixed.",
    model=SubvolumeGroup,
    kind=groups.GROUP,
    id_fields=("filesystem", "name"),
    delete=_delete,
)
