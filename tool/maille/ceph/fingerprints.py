"""Fingerprints of keys, and which were made for an estate: one put in its place is told.

The fingerprint of each stands on the cluster, beside the marks of ownership: every workstation
knows it, and a refreshed state does not take a stranger's key for granted. It is written before a
key is used, and the old one's is taken away after its last use; in between both are known.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from maille.ceph.connection import Cluster

LENGTH = 16
_ROOT = "maille/key/"


def fingerprint(secret: str) -> str:
    """Give what tells two keys apart and gives neither away: the start of a SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()[:LENGTH]


def known(cluster: Cluster, entity: str) -> frozenset[str]:
    """Give the fingerprints of the keys that were made for a client."""
    found = cluster.find("config-key get", key=_place(entity))
    return frozenset(found if isinstance(found, list) else ())  # else somebody damaged it


def remember(cluster: Cluster, entity: str, given: str) -> None:
    """Write down the fingerprint of a key that was made for a client, or is about to be used."""
    _write(cluster, entity, known(cluster, entity) | {given})


def forget(cluster: Cluster, entity: str, *, but: str | None = None) -> None:
    """Take the fingerprints of a client's keys away, of all but one."""
    _write(cluster, entity, known(cluster, entity) & {but})


def replaced(cluster: Cluster, entities: Collection[str]) -> dict[str, str]:
    """Give the clients whose key was not made for them, with the fingerprint of that key."""
    made = cluster.mon("config-key dump", key=_ROOT) or {}
    found = {
        one["entity"]: fingerprint(one["key"])
        for one in cluster.mon("auth ls")["auth_dump"]
        if one["entity"] in entities
    }
    return {
        one: given for one, given in found.items() if given not in _listed(made.get(_place(one)))
    }


def _listed(text: str | None) -> list[str]:
    """Read a note; of one that somebody damaged nothing is known."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return []
    return found if isinstance(found, list) else []


def _place(entity: str) -> str:
    return f"{_ROOT}{entity}"


def _write(cluster: Cluster, entity: str, given: Collection[str]) -> None:
    if given:
        cluster.mon("config-key set", key=_place(entity), val=json.dumps(sorted(given)))
    else:
        cluster.mon("config-key rm", key=_place(entity))
