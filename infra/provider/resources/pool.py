"""`ceph:index:Pool`."""

from __future__ import annotations

from maille.ceph import pools
from maille.ceph.model import Pool
from maille.infra.provider.handler import Handler

HANDLER = Handler(
    type_name="ceph:index:Pool",
    about="A pool of RADOS, for CephFS; the cluster itself refuses to delete it unasked.",
    model=Pool,
    kind=pools.POOL,
    id_fields=("name",),
    delete=lambda cluster, value, losing: pools.delete(cluster, value.name, losing=losing),
)
