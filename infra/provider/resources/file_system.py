"""`ceph:index:FileSystem`."""

from __future__ import annotations

from maille.ceph import filesystems
from maille.ceph.model import FileSystem
from maille.infra.provider.handler import Handler

HANDLER = Handler(
    type_name="ceph:index:FileSystem",
    about="A CephFS; the estates that name the same one share it, and the last one removes it.",
    model=FileSystem,
    kind=filesystems.FILE_SYSTEM,
    id_fields=("name",),
    delete=lambda cluster, value, losing: filesystems.delete(cluster, value.name, losing=losing),
)
