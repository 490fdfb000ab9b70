"""The layout: every pool, folder and key that a stack has to keep on its cluster.

Sizes are bytes at the layout's scale. Names follow from the estate and its lock, and never
from a position. Keys are named, never held.
"""

from __future__ import annotations

from typing import Literal

from maille.ceph import model as ceph
from maille.ceph.names import namespace

Service = Literal["recorder", "exporter", "verifier", "expirer"]


class Share(ceph.Subvolume):
    """A subvolume, and whose it is."""

    commune: str | None
    """The INSEE code; None for the area of legal holds."""
    title: str
    recorder: str | None = None
    mbps: float = 0.0
    """What is written to it, in Mbit/s at the layout's scale."""
    longest_days: float = 0.0
    """Age of the oldest start of a segment just before it is erased."""

    @property
    def namespace(self) -> str:
        """Give the RADOS namespace that CephFS gives a namespace-isolated subvolume."""
        return namespace(self.name)

    @property
    def wish(self) -> ceph.Subvolume:
        """Give what the cluster is asked for."""
        return ceph.Subvolume(
            filesystem=self.filesystem,
            group=self.group,
            name=self.name,
            quota_bytes=self.quota_bytes,
            uid=self.uid,
            gid=self.gid,
        )


class Grant(ceph.Part):
    """Which folders a client may use: a subvolume's own, or all below a group."""

    group: str
    subvolume: str | None
    """None: everything below the group."""
    rights: Literal["r", "rw"]
    data: Literal["r", "rw"] | None
    """What it may do with the contents; None: with names only."""


class ServiceClient(ceph.Part):
    """A service's key, by what it may do."""

    entity: ceph.Entity
    service: Service
    grants: tuple[Grant, ...]
    commune: str | None = None


class FormerPool(ceph.Part):
    """An estate's pool of a code that it had before; what was written to it expires there."""

    profile: ceph.ErasureCodeProfile
    rule: ceph.CrushRule
    pool: ceph.Pool


class Layout(ceph.Part):
    """All that the recordings of an estate need on their cluster."""

    estate: str
    title: str
    scale: str = "1"
    """Share of the real sizes, as it is asked for: `1/20000`."""
    hosts: int
    """Hosts that the inventory counts on."""
    fill_target: float
    raw_needed_bytes: int
    """Behind all quotas: coded, filled to target, one host less."""
    write_mb_s: float
    profile: ceph.ErasureCodeProfile
    rules: tuple[ceph.CrushRule, ...]
    data_pool: ceph.Pool
    metadata_pool: ceph.Pool
    default_pool: ceph.Pool
    former: tuple[FormerPool, ...] = ()
    """Of earlier codes, as long as they are not empty."""
    filesystem: ceph.FileSystem
    groups: tuple[ceph.SubvolumeGroup, ...]
    subvolumes: dict[str, Share]
    clients: dict[str, ServiceClient]

    @property
    def recordings(self) -> ceph.SubvolumeGroup:
        """Give the group of the communes' subvolumes."""
        return self.groups[0]

    @property
    def pools(self) -> tuple[ceph.Pool, ceph.Pool, ceph.Pool]:
        """Give the pools that are wanted, in the order in which they are made."""
        return (self.metadata_pool, self.default_pool, self.data_pool)

    @property
    def recording_pools(self) -> tuple[ceph.Pool, ...]:
        """Give the pools that recordings lie in; new ones go to the first."""
        return (self.data_pool, *(one.pool for one in self.former))

    @property
    def quota_bytes(self) -> int:
        """Give the sum of the quotas."""
        return sum(subvolume.quota_bytes for subvolume in self.subvolumes.values())
