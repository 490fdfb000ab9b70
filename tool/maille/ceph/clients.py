"""Clients (cephx): what a key may do; the key itself is asked for only where it is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maille.ceph.difference import differences
from maille.ceph.errors import CephError
from maille.ceph.fingerprints import fingerprint, forget, known, remember
from maille.ceph.making import Kind
from maille.ceph.model import Client

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster


def read(cluster: Cluster, entity: str) -> Client | None:
    """Give a client as the cluster has it, or None."""
    found = _entry(cluster, entity)
    return Client.model_construct(entity=entity, caps=found["caps"]) if found else None


def rights(cluster: Cluster) -> dict[str, dict[str, str]]:
    """Give what every client may do, by daemon."""
    return {one["entity"]: one["caps"] for one in cluster.mon("auth ls")["auth_dump"]}


def key(cluster: Cluster, entity: str) -> str:
    """Give a client's key: to whom it is handed over, and to nobody else.

    Raises:
        CephError: there is no such client.
    """
    found = _entry(cluster, entity)
    if found is None:
        raise CephError(f"there is no `{entity}` on the cluster", "`maille storage up` makes it")
    return str(found["key"])


def _entry(cluster: Cluster, entity: str) -> dict[str, Any] | None:
    found = cluster.find("auth get", entity=entity)
    return found[0] if found else None


def _make(cluster: Cluster, wanted: Client) -> None:
    forget(cluster, wanted.entity)
    cluster.mon("auth add", entity=wanted.entity, caps=_listed(wanted))


def _settle(cluster: Cluster, found: Client) -> None:
    """Write down which key the estate's own client has; one that is known already stays known."""
    if not known(cluster, found.entity):
        remember(cluster, found.entity, fingerprint(key(cluster, found.entity)))


def _change(cluster: Cluster, _found: Client, wanted: Client) -> None:
    cluster.mon("auth caps", entity=wanted.entity, caps=_listed(wanted))


def _listed(wanted: Client) -> list[str]:
    return [word for daemon, caps in sorted(wanted.caps.items()) for word in (daemon, caps)]


def delete(cluster: Cluster, entity: str) -> None:
    """Remove a client's key; sessions that are open go on until they are evicted."""
    if _entry(cluster, entity) is not None:
        cluster.mon("auth rm", entity=entity)
    forget(cluster, entity)


CLIENT = Kind(
    title="client",
    name=lambda one: one.entity,
    read=lambda cluster, one: read(cluster, one.entity),
    compare=lambda found, wanted: differences(found, wanted, in_place=("caps",)),
    make=_make,
    change=_change,
    settle=_settle,
)
