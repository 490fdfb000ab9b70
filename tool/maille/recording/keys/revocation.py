"""A key that must not be used any more, and the proof that nobody goes on with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maille.ceph import clients
from maille.ceph import keyring as ceph_keyring
from maille.ceph.errors import CephError
from maille.ceph.fingerprints import fingerprint
from maille.ceph.ownership import owned
from maille.ceph.sessions import sessions, shut_out, shut_out_until
from maille.errors import UsageError
from maille.inventory.suggest import unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from maille.ceph.connection import Cluster
    from maille.layout.model import Layout


@dataclass(frozen=True, slots=True)
class Revoked:
    """What was seen after it: each part of it was asked of the cluster."""

    entity: str
    fingerprint: str | None
    """Of the key that is gone; None if it was gone before."""
    key_refused: bool | None
    """The key was tried; None if it was gone before."""
    ended: tuple[str, ...]
    """Addresses of the sessions that were open."""
    hosts: tuple[str, ...]
    until: datetime | None
    """When the first of them could come back, if it kept its connection until then."""


def revoke(
    cluster: Cluster,
    layout: Layout,
    entity: str,
    note: Callable[[Iterable[dict[str, Any]]], None],
    now: datetime,
) -> Revoked:
    """Remove a client's key and end all that it has open; may be repeated where it was cut off.

    Raises:
        CephError: a step failed, or did not do what it should: the key or a session may live.
    """
    secret = ceph_keyring.keys(cluster, [entity]).get(entity)
    given = fingerprint(secret) if secret else None
    note([{"phase": "key revoked", "client": entity, "fingerprint": given}])
    clients.delete(cluster, entity)
    filesystem = layout.filesystem.name
    found = [one for one in sessions(cluster, filesystem) if one.entity == entity]
    shut_out(cluster, filesystem, found, now)
    note({"phase": "session ended", "client": entity, "host": one.host} for one in found)
    refused = not ceph_keyring.accepted(cluster.access, entity, secret) if secret else None
    if refused is False:
        raise CephError(f"the key of {entity} is accepted still", "somebody else made it anew")
    until = shut_out_until(cluster)
    # a monitor goes on listing whom it has let in before; the blocklist is what counts
    living = [
        one
        for one in sessions(cluster, filesystem)
        if one.entity == entity and one.address not in until
    ]
    if living:
        raise CephError(
            f"{entity} has a session on {living[0].host} that came while others were ended",
            "revoke it once more",
        )
    ended = tuple(one.address for one in found)
    return Revoked(
        entity,
        given,
        refused,
        ended,
        tuple(sorted({one.host for one in found})),
        min((until[address] for address in ended), default=None),
    )


def require_ours(cluster: Cluster, layout: Layout, word: str) -> str:
    """Give the client that a word names, one that left the inventory among them.

    Raises:
        UsageError: it is none of this estate's.
    """
    entity = word if word.startswith("client.") else f"client.{word}"
    ours = owned(cluster, layout.estate, "client") | layout.clients.keys()
    if entity not in ours:
        raise UsageError(*unknown("client", entity, ours))
    return entity
