"""Fingerprints of keys, and which were made for an estate: one put in its place is told.

The fingerprint of each stands on the cluster, beside the marks of ownership: every workstation
knows it, and a refreshed state does not take a stranger's key for granted. It is written before a
key is used, and the old one's is taken away after its last use; in between both are known.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from maille.ceph.connection import Cluster

LENGTH = 16
_ROOT = "maille/key"


def fingerprint(secret: str) -> str:
    """Give what tells two keys apart and gives neither away: the start of a SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()[:LENGTH]


def known(cluster: Cluster, entity: str) -> frozenset[str]:
    """Give the fingerprints of the keys that were made for a client."""
    return _known(cluster).get(entity, frozenset())


def remember(cluster: Cluster, entity: str, given: str) -> None:
    """Write down the fingerprint of a key that was made for a client, or is about to be used."""
    cluster.mon("config-key set", key=f"{_ROOT}/{entity}/{given}", val="1")


def forget(cluster: Cluster, entity: str, *, but: str | None = None) -> None:
    """Take the fingerprints of a client's keys away, of all but one."""
    for one in known(cluster, entity) - {but}:
        cluster.mon("config-key rm", key=f"{_ROOT}/{entity}/{one}")


def replaced(cluster: Cluster, entities: Collection[str]) -> dict[str, str]:
    """Give the clients whose key was not made for them, with the fingerprint of that key."""
    made = _known(cluster)
    found = {
        one["entity"]: fingerprint(one["key"])
        for one in cluster.mon("auth ls")["auth_dump"]
        if one["entity"] in entities
    }
    return {one: given for one, given in found.items() if given not in made.get(one, ())}


def _known(cluster: Cluster) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for key in cluster.mon("config-key ls") or ():
        if key.startswith(f"{_ROOT}/"):
            entity, _, given = key.removeprefix(f"{_ROOT}/").rpartition("/")
            found.setdefault(entity, set()).add(given)
    return {entity: frozenset(given) for entity, given in found.items()}
