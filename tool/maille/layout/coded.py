"""The rule and the pool of an erasure code; both bear the name of its profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.ceph.model import CrushRule, Pool

if TYPE_CHECKING:
    from maille.ceph.model import ErasureCodeProfile


def rule_of(profile: ErasureCodeProfile) -> CrushRule:
    """Give the rule that lays the chunks of a code, one a failure domain."""
    return CrushRule(
        name=profile.name,
        failure_domain=profile.failure_domain,
        device_class=profile.device_class,
        profile=profile.name,
    )


def pool_of(profile: ErasureCodeProfile, *, pg_num: int, quota_bytes: int, estate: str) -> Pool:
    """Give the pool of a code; it takes writes as long as one chunk more than its data is up."""
    return Pool(
        name=profile.name,
        rule=profile.name,
        profile=profile.name,
        size=profile.k + profile.m,
        min_size=profile.k + 1,
        pg_num=pg_num,
        quota_bytes=quota_bytes,
        tag=estate,
    )
