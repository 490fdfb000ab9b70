"""Every key of an estate: its fingerprint, what it may do, and who uses it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maille.ceph import clients
from maille.ceph import keyring as ceph_keyring
from maille.ceph.fingerprints import fingerprint
from maille.ceph.sessions import sessions
from maille.recording.keys.select import holder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maille.ceph.connection import Cluster
    from maille.ceph.sessions import Session
    from maille.layout.model import Layout, ServiceClient


@dataclass(frozen=True, slots=True)
class Row:
    """One client."""

    client: ServiceClient
    holder: str
    """A recorder's id, or the service."""
    fingerprint: str | None
    """None: the cluster has no such key."""
    caps: Mapping[str, str]
    sessions: tuple[Session, ...]


def rows(cluster: Cluster, layout: Layout) -> tuple[Row, ...]:
    """Look at all keys of an estate.

    Raises:
        CephOutOfReachError: a daemon that knows of sessions does not answer.
    """
    keys = ceph_keyring.keys(cluster, layout.clients)
    caps = clients.rights(cluster)
    now = sessions(cluster, layout.filesystem.name)
    return tuple(
        Row(
            client,
            holder(client, layout),
            fingerprint(keys[entity]) if entity in keys else None,
            caps.get(entity, {}),
            tuple(one for one in now if one.entity == entity),
        )
        for entity, client in layout.clients.items()
    )


def as_document(found: Iterable[Row]) -> list[dict[str, Any]]:
    """Give it for programs."""
    return [
        {
            "client": row.client.entity,
            "service": row.client.service,
            "commune": row.client.commune,
            "holder": row.holder,
            "fingerprint": row.fingerprint,
            "caps": dict(row.caps),
            "sessions": [{"host": one.host, "address": one.address} for one in row.sessions],
        }
        for row in found
    ]


def as_text(found: Iterable[Row]) -> str:
    """Give it for people: one client, then its rights."""
    return "\n".join(line for row in found for line in _lines(row))


def _lines(row: Row) -> list[str]:
    users = ", ".join(f"{one.host} {one.address}" for one in row.sessions) or "not in use"
    head = f"{row.client.entity}  {row.fingerprint or 'no key on the cluster'}  {users}"
    return [head, *(f"    {daemon}: {caps}" for daemon, caps in sorted(row.caps.items()))]
