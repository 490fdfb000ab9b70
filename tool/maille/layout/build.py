"""From the blueprint to the layout; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.storage import keeping_of, placement_groups, quota_bytes, raw_bytes_for
from maille.ceph.model import (
    CrushRule,
    ErasureCodeProfile,
    FileSystem,
    Pool,
    SubvolumeGroup,
)
from maille.layout import names
from maille.layout.bound import pool_quota
from maille.layout.clients import clients_of
from maille.layout.coded import pool_of, rule_of
from maille.layout.model import Layout, Share
from maille.layout.scale import Scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Blueprint
    from maille.blueprint.storage import ClusterShape, Keeping
    from maille.inventory.schema.settings import Storage

COPIES = 3
MIN_COPIES = 2
FS_POOL_PGS = 16
"""Of the metadata and of the default pool: they are small, whatever the estate's size."""
LEAST_QUOTA_BYTES = 2**30
"""For a commune whose cameras are still to come: a quota of 0 would mean none."""
MIB = 2**20
OBJECTS_AT_LEAST = 4
"""No quota is smaller than a few objects, whatever the scale."""


def layout_of(
    blueprint: Blueprint, scale: Scale | None = None, shape: ClusterShape | None = None
) -> Layout:
    """Give the layout of an estate.

    Args:
        blueprint: the estate.
        scale: by how much all bytes are reduced; not at all by default.
        shape: what the cluster is made of, if it is not what the inventory says.
    """
    scale = scale or Scale()
    settings = blueprint.estate.settings
    storage = settings.storage
    shape = shape or blueprint.storage.shape
    estate = settings.estate
    profile = ErasureCodeProfile(
        name=names.code_name(estate, storage.ec.k, storage.ec.m),
        k=storage.ec.k,
        m=storage.ec.m,
        failure_domain=storage.failure_domain,
        device_class=storage.device_class,
    )
    subvolumes = {one.name: one for one in _subvolumes(blueprint, scale)}
    rules = _rules(storage, profile)
    return Layout(
        estate=estate,
        title=settings.title,
        scale=str(scale),
        hosts=storage.hosts,
        fill_target=storage.full_ratio_target,
        raw_needed_bytes=raw_bytes_for(sum(one.quota_bytes for one in subvolumes.values()), shape),
        write_mb_s=scale.rate(blueprint.storage.write_mb_s),
        profile=profile,
        rules=rules,
        data_pool=pool_of(
            profile,
            pg_num=placement_groups(shape),
            quota_bytes=pool_quota(subvolumes.values()),
            estate=estate,
        ),
        metadata_pool=_copies(names.metadata_pool(storage.filesystem), storage),
        default_pool=_copies(names.default_pool(storage.filesystem), storage),
        filesystem=FileSystem(
            name=storage.filesystem,
            metadata_pool=names.metadata_pool(storage.filesystem),
            default_pool=names.default_pool(storage.filesystem),
        ),
        groups=tuple(
            SubvolumeGroup(
                filesystem=storage.filesystem,
                name=group,
                pool=profile.name,
                object_size_bytes=storage.object_size_mib * MIB,
            )
            for group in (estate, names.holds_group(estate))
        ),
        subvolumes=subvolumes,
        clients={one.entity: one for one in clients_of(estate, subvolumes.values())},
    )


def _rules(storage: Storage, profile: ErasureCodeProfile) -> tuple[CrushRule, ...]:
    return (
        CrushRule(
            name=names.replicated_rule(storage.filesystem),
            failure_domain="host",
            device_class=storage.metadata_class,
            profile=None,
        ),
        rule_of(profile),
    )


def _copies(name: str, storage: Storage) -> Pool:
    return Pool(
        name=name,
        rule=names.replicated_rule(storage.filesystem),
        profile=None,
        size=COPIES,
        min_size=MIN_COPIES,
        pg_num=FS_POOL_PGS,
    )


def _subvolumes(blueprint: Blueprint, scale: Scale) -> Iterator[Share]:
    estate = blueprint.estate
    least = OBJECTS_AT_LEAST * estate.settings.storage.object_size_mib * MIB
    rates = _rates(blueprint)
    recorders = estate.centre.recorders
    for share in blueprint.communes.values():
        numbers = blueprint.lock.communes[share.insee].storage
        keeping = keeping_of(estate.settings, share.retention_days, share.margin)
        for name in share.subvolumes:
            recorder = numbers[name].recorder
            if recorders[recorder].access == "rbd":
                continue  # its images are the recorder's own, no folder of ours
            yield Share(
                filesystem=estate.settings.storage.filesystem,
                name=name,
                group=estate.settings.estate,
                quota_bytes=max(least, scale.bytes(_quota(rates.get(name, 0.0), keeping))),
                uid=estate.settings.storage.uid,
                gid=estate.settings.storage.gid,
                commune=share.insee,
                title=share.name,
                recorder=recorder,
                mbps=scale.rate(rates.get(name, 0.0)),
                longest_days=keeping.longest_days,
            )
    yield Share(
        filesystem=estate.settings.storage.filesystem,
        name=names.holds_subvolume(estate.settings.estate),
        group=names.holds_group(estate.settings.estate),
        quota_bytes=max(least, scale.bytes(blueprint.storage.hold_bytes)),
        commune=None,
        title="legal holds",
    )


def _quota(mbps: float, keeping: Keeping) -> int:
    return max(LEAST_QUOTA_BYTES, quota_bytes(mbps, keeping))


def _rates(blueprint: Blueprint) -> dict[str, float]:
    """Give the mean rate into each subvolume, in Mbit/s."""
    rates: dict[str, float] = {}
    for camera in blueprint.cameras.values():
        rates[camera.subvolume] = rates.get(camera.subvolume, 0.0) + camera.bitrate.mbps
    return rates
