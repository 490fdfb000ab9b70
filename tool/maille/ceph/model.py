"""What a cluster is asked to hold, and what is found on it, in the same words.

Each value validates itself: whatever is wrong with a wish is told, all of it, before anything
is sent to a cluster. Sizes are bytes.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$")]
Entity = Annotated[str, StringConstraints(pattern=r"^client\.[A-Za-z0-9._-]{1,120}$")]
Domain = Literal["osd", "host", "rack"]
AutoscaleMode = Literal["off", "warn", "on"]
UnixId = Annotated[int, Field(ge=0, lt=2**31)]
Daemon = Literal["mon", "mgr", "mds", "osd"]

LEAST_CODING_CHUNKS = 2
"""With one, a disk that fails while another is rebuilt loses recordings."""


class Part(BaseModel):
    """A frozen value; an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ErasureCodeProfile(Part):
    """Data and coding chunks, and where they may lie; a pool keeps its profile for life."""

    name: Name
    k: Annotated[int, Field(ge=2, le=32)]
    m: Annotated[int, Field(ge=LEAST_CODING_CHUNKS, le=16)]
    failure_domain: Domain = "host"
    device_class: Name | None = None
    root: Name = "default"
    plugin: Name = "jerasure"
    technique: Name = "reed_sol_van"


class CrushRule(Part):
    """Where a pool's chunks or copies lie."""

    name: Name
    failure_domain: Domain = "host"
    device_class: Name | None = None
    root: Name = "default"
    profile: Name | None = None
    """The erasure code; None for copies."""


class Pool(Part):
    """A pool of RADOS; `profile` makes it an erasure-coded one."""

    name: Name
    rule: Name
    profile: Name | None = None
    size: Annotated[int, Field(ge=2, le=48)]
    """Copies, or k + m."""
    min_size: Annotated[int, Field(ge=1, le=48)]
    pg_num: Annotated[int, Field(ge=1, le=65536)]
    autoscale_mode: AutoscaleMode = "off"
    """With `on` the cluster itself sets `pg_num`."""
    overwrites: Literal[True] = True
    """CephFS writes to it in place; an erasure-coded one has to be told."""
    protected: bool = True
    """The monitors refuse to delete it."""
    quota_bytes: Annotated[int, Field(ge=0)] = 0
    """It takes no more than about so many, coding aside; 0: no limit."""
    tag: Name | None = None
    """Keys may name it by this, and so all pools that bear the same one."""

    @field_validator("min_size")
    @classmethod
    def _within_size(cls, min_size: int, info: ValidationInfo) -> int:
        size = info.data.get("size", min_size)
        if min_size > size:
            raise ValueError(f"must be at most the size, {size}")
        return min_size


class FileSystem(Part):
    """A CephFS."""

    name: Name
    metadata_pool: Name
    default_pool: Name
    """Its first data pool, a replicated one; it holds no recordings."""


class SubvolumeGroup(Part):
    """A folder of subvolumes, pinned to a pool, the size of its objects fixed."""

    filesystem: Name
    name: Name
    pool: Name
    object_size_bytes: Annotated[int, Field(ge=65536, multiple_of=65536)]


class Subvolume(Part):
    """A folder with a quota and a RADOS namespace of its own."""

    filesystem: Name
    group: Name
    name: Name
    quota_bytes: Annotated[int, Field(gt=0)]
    uid: UnixId = 0
    """Who owns the folder on the machines that mount it; nobody else may enter."""
    gid: UnixId = 0
    """The group that may read in it."""
    isolated: Literal[True] = True
    """Its objects lie in a namespace that other subvolumes' keys do not reach."""


class Client(Part):
    """A key by what it may do; the key itself is never part of a value."""

    entity: Entity
    caps: Annotated[
        dict[Daemon, Annotated[str, StringConstraints(min_length=1)]], Field(min_length=1)
    ]
