"""`ceph:index:Client`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.ceph import clients
from maille.ceph.fingerprints import fingerprint
from maille.ceph.model import Client
from maille.infra.provider.handler import Handler

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster


def _outputs(cluster: Cluster, value: Client) -> dict[str, str]:
    return {"fingerprint": fingerprint(clients.key(cluster, value.entity))}


HANDLER = Handler(
    type_name="ceph:index:Client",
    about="A service's key by what it may do; only its fingerprint is told.",
    model=Client,
    kind=clients.CLIENT,
    id_fields=("entity",),
    delete=lambda cluster, value, _losing: clients.delete(cluster, value.entity),
    outputs=_outputs,
    output_fields=("fingerprint",),
)
