"""The layout: every pool, directory and key that a stack has to keep on its cluster.

Sizes are bytes at the layout's scale. Names follow from the estate and its lock, and never
from a position. Keys are named, never held.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A value of the layout: frozen, and without unknown fields where it is read from a file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


Service = Literal["recorder", "exporter", "verifier", "expirer"]


class ErasureCodeProfile(Part):
    """Data and coding chunks, and where they may lie; a pool keeps its profile for life."""

    name: str
    k: int
    m: int
    failure_domain: Literal["host", "rack"]
    device_class: str


class CrushRule(Part):
    """Where a pool's copies lie: by a profile's code, or whole ones on separate hosts."""

    name: str
    failure_domain: Literal["host", "rack"]
    device_class: str | None
    profile: str | None
    """The erasure code; None for copies."""


class Pool(Part):
    """A pool of RADOS."""

    name: str
    rule: str
    profile: str | None
    """The erasure code; None for copies."""
    size: int
    """Copies, or k + m."""
    min_size: int
    pg_num: int


class FileSystem(Part):
    """A CephFS; estates that name the same one share it."""

    name: str
    metadata_pool: str
    default_pool: str


class Group(Part):
    """A subvolume group: a folder pinned to a pool, the size of its objects fixed."""

    name: str
    pool: str
    object_size_bytes: int


class Subvolume(Part):
    """A folder with a quota and a RADOS namespace of its own."""

    name: str
    group: str
    quota_bytes: int
    commune: str | None
    """The INSEE code; None for the area of legal holds."""
    title: str
    recorder: str | None = None

    @property
    def namespace(self) -> str:
        """Give the RADOS namespace that CephFS gives a namespace-isolated subvolume."""
        return f"fsvolumens_{self.name}"


class Grant(Part):
    """Which folders a client may use: a subvolume's own, or all below a group."""

    group: str
    subvolume: str | None
    """None: everything below the group."""
    rights: Literal["r", "rw"]
    data: Literal["r", "rw"] | None
    """What it may do with the contents; None: with names only."""


class Client(Part):
    """A service's key, by what it may do."""

    entity: str
    service: Service
    grants: tuple[Grant, ...]
    commune: str | None = None


class Layout(Part):
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
    profile: ErasureCodeProfile
    rules: tuple[CrushRule, ...]
    data_pool: Pool
    metadata_pool: Pool
    default_pool: Pool
    filesystem: FileSystem
    groups: tuple[Group, ...]
    subvolumes: dict[str, Subvolume]
    clients: dict[str, Client]

    @property
    def recordings(self) -> Group:
        """Give the group of the communes' subvolumes."""
        return self.groups[0]

    @property
    def pools(self) -> tuple[Pool, Pool, Pool]:
        """Give the pools in the order in which they are made."""
        return (self.metadata_pool, self.default_pool, self.data_pool)

    @property
    def quota_bytes(self) -> int:
        """Give the sum of the quotas."""
        return sum(subvolume.quota_bytes for subvolume in self.subvolumes.values())
