"""Whose a thing on a cluster is: a mark beside it, set before it is made.

The mark is a key of the monitors' store, so it is on the cluster itself. Who is cut off between
making a thing and writing that down finds it again and goes on; a lost state is made anew from
it; and what bears no mark is somebody else's, and stays untouched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster

_ROOT = "maille/owner"


def claim(cluster: Cluster, owner: str, kind: str, name: str) -> None:
    """Mark a thing, made or about to be made, as the owner's."""
    cluster.mon("config-key set", key=_key(kind, name, owner), val="1")


def disclaim(cluster: Cluster, owner: str, kind: str, name: str) -> None:
    """Take the mark away, after the thing itself; a missing mark is no error."""
    cluster.mon("config-key rm", key=_key(kind, name, owner))


def owners(cluster: Cluster, kind: str, name: str) -> frozenset[str]:
    """Give who has marked a thing; several may, where a file system is shared."""
    prefix = _key(kind, name, "")
    return frozenset(key[len(prefix) :] for key in _keys(cluster) if key.startswith(prefix))


def owned(cluster: Cluster, owner: str, kind: str) -> frozenset[str]:
    """Give the names of a kind that an owner has marked."""
    start, end = f"{_ROOT}/{kind}/", f"/{owner}"
    return frozenset(
        key[len(start) : -len(end)]
        for key in _keys(cluster)
        if key.startswith(start) and key.endswith(end)
    )


def _key(kind: str, name: str, owner: str) -> str:
    return f"{_ROOT}/{kind}/{name}/{owner}"


def _keys(cluster: Cluster) -> list[str]:
    return list(cluster.mon("config-key ls") or [])
