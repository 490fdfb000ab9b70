"""The size of an estate's recordings: per commune, in all, and what its cluster must be.

Rates are in Mbit/s (10^6 bit/s), sizes in bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maille.blueprint.storage import (
    bytes_for,
    keeping_of,
    plan_storage,
    quota_bytes,
    raw_bytes_for,
    shape_of,
)
from maille.errors import UsageError
from maille.sizing.supposition import Supposition, lacks_codec, rate_of

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint, CommuneShare
    from maille.blueprint.storage import ClusterShape, Keeping, StoragePlan

AS_IT_IS = Supposition()


@dataclass(frozen=True, slots=True)
class CommuneSize:
    """The recordings of one commune."""

    insee: str
    name: str
    cameras: float
    """A fraction where a supposed number is spread over the communes."""
    measured: float
    """How many of them have a measured rate; the others are estimated."""
    mbps: float
    keeping: Keeping
    need_bytes: int
    """For the promised days alone."""
    quota_bytes: int
    """For days, segment and expiry period, with margin."""


@dataclass(frozen=True, slots=True)
class Sizing:
    """The recordings of an estate, and the cluster behind them."""

    communes: tuple[CommuneSize, ...]
    plan: StoragePlan
    hosts_given: bool
    """False: as many hosts are counted with as are needed."""
    bare_raw_bytes: int
    """Raw capacity behind the need alone: no margin, no extra period, nothing for holds."""
    lacking_codec: int
    """Cameras that cannot do the codec that is supposed, and keep theirs."""

    @property
    def cameras(self) -> float:
        """Count the cameras."""
        return sum(commune.cameras for commune in self.communes)

    @property
    def measured(self) -> float:
        """Count the cameras whose rate was measured."""
        return sum(commune.measured for commune in self.communes)

    @property
    def daily_bytes(self) -> int:
        """Give what is written in a day."""
        return bytes_for(self.plan.mbps, 1)

    @property
    def enough(self) -> bool:
        """Say whether the cluster is large enough, and can heal the loss of a host."""
        shape = self.plan.shape
        return self.plan.fits and shape.hosts > shape.k + shape.m

    @property
    def days(self) -> tuple[int, ...]:
        """Give the retentions that there are, in days."""
        return tuple(sorted({round(commune.keeping.days) for commune in self.communes}))


def size(blueprint: Blueprint, supposed: Supposition = AS_IT_IS) -> Sizing:
    """Size an estate as its inventory has it, or as is supposed.

    A supposed erasure code without a number of hosts is counted with as many as it needs.
    Raises UsageError where the hosts cannot hold a stripe, one chunk a host.
    """
    scale = _scale(blueprint, supposed)
    communes = tuple(
        _commune(blueprint, share, supposed, scale) for share in blueprint.communes.values()
    )
    storage = blueprint.estate.settings.storage
    given = shape_of(blueprint.estate.settings, blueprint.estate.catalogue.servers[storage.server])
    shape, wanted = _shape(given, supposed), [(one.mbps, one.keeping) for one in communes]
    plan = plan_storage(wanted, shape, storage.server, storage.hold_share)
    hosts_given = supposed.hosts is not None or supposed.code is None
    if not hosts_given:
        shape = replace(shape, hosts=plan.hosts_needed)
        plan = plan_storage(wanted, shape, storage.server, storage.hold_share)
    return Sizing(
        communes=communes,
        plan=plan,
        hosts_given=hosts_given,
        bare_raw_bytes=raw_bytes_for(plan.need_bytes, shape) if shape.hosts > 1 else 0,
        lacking_codec=sum(lacks_codec(camera, supposed) for camera in blueprint.cameras.values()),
    )


def _scale(blueprint: Blueprint, supposed: Supposition) -> float:
    if supposed.cameras is None:
        return 1.0
    if not blueprint.cameras:
        raise UsageError("an estate without cameras cannot be scaled", "leave out --cameras")
    return supposed.cameras / len(blueprint.cameras)


def _shape(given: ClusterShape, supposed: Supposition) -> ClusterShape:
    k, m = supposed.code or (given.k, given.m)
    hosts = supposed.hosts or given.hosts
    if supposed.hosts is not None and hosts < k + m:
        raise UsageError(
            f"{hosts} hosts cannot hold {k} + {m} chunks, one a host",
            f"suppose {k + m} hosts or more; {k + m + 1} can heal the loss of one",
        )
    return replace(given, k=k, m=m, hosts=hosts)


def _commune(
    blueprint: Blueprint, share: CommuneShare, supposed: Supposition, scale: float
) -> CommuneSize:
    rates = [rate_of(blueprint.cameras[ident], supposed) for ident in share.cameras]
    mbps = sum(rate.mbps for rate in rates) * scale
    keeping = keeping_of(
        blueprint.estate.settings,
        share.retention_days if supposed.days is None else supposed.days,
        share.margin if supposed.margin is None else supposed.margin,
    )
    return CommuneSize(
        insee=share.insee,
        name=share.name,
        cameras=len(rates) * scale,
        measured=sum(rate.measured for rate in rates) * scale,
        mbps=mbps,
        keeping=keeping,
        need_bytes=bytes_for(mbps, keeping.days),
        quota_bytes=quota_bytes(mbps, keeping),
    )
