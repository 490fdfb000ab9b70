"""`ceph:index:ErasureCodeProfile`."""

from __future__ import annotations

from maille.ceph import profiles
from maille.ceph.model import ErasureCodeProfile
from maille.infra.provider.handler import Handler

HANDLER = Handler(
    type_name="ceph:index:ErasureCodeProfile",
    about="How recordings are cut into data and coding chunks.",
    model=ErasureCodeProfile,
    kind=profiles.PROFILE,
    id_fields=("name",),
    delete=lambda cluster, value, _losing: profiles.delete(cluster, value.name),
)
