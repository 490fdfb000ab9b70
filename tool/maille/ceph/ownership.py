"""Whose a thing on a cluster is: a mark beside it, set before it is made.

The mark is a key of the monitors' store, so it is on the cluster itself. Who is cut off between
making a thing and writing that down finds it again and goes on; a lost state is made anew from
it; and what bears no mark is somebody else's, and stays untouched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster

_ROOT = "maille/owner"


@dataclass(frozen=True, slots=True)
class Mark:
    """What is marked: a thing by its kind and name, and the file system that it lies in."""

    kind: str
    name: str
    filesystem: str | None = None

    @property
    def prefix(self) -> str:
        """Give how the keys of its owners begin."""
        return f"{_prefix(self.kind, self.filesystem)}{self.name}/"


def claim(cluster: Cluster, owner: str, mark: Mark) -> None:
    """Mark a thing, made or about to be made, as the owner's."""
    cluster.mon("config-key set", key=f"{mark.prefix}{owner}", val="1")


def disclaim(cluster: Cluster, owner: str, mark: Mark) -> None:
    """Take the mark away, after the thing itself; a missing mark is no error."""
    cluster.mon("config-key rm", key=f"{mark.prefix}{owner}")


def owners(cluster: Cluster, mark: Mark) -> frozenset[str]:
    """Give who has marked a thing; several may, where a file system is shared."""
    return frozenset(_below(cluster, mark.prefix))


def owned(cluster: Cluster, owner: str, kind: str, filesystem: str | None = None) -> frozenset[str]:
    """Give the names of a kind that an owner has marked; of what lies in one file system."""
    end = f"/{owner}"
    below = _below(cluster, _prefix(kind, filesystem))
    return frozenset(rest.removesuffix(end) for rest in below if rest.endswith(end))


def _prefix(kind: str, filesystem: str | None) -> str:
    return f"{_ROOT}/{kind}/" + (f"{filesystem}/" if filesystem else "")


def _below(cluster: Cluster, prefix: str) -> list[str]:
    keys = cluster.mon("config-key ls") or ()
    return [key.removeprefix(prefix) for key in keys if key.startswith(prefix)]
