"""Pools: made in one command, then given what CephFS asks of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maille.ceph import filesystems
from maille.ceph.difference import Difference, differences
from maille.ceph.errors import CephError, ProtectedError
from maille.ceph.making import Kind
from maille.ceph.model import Pool
from maille.ceph.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.ceph.connection import Cluster

APPLICATION = "cephfs"
IN_PLACE = ("rule", "min_size", "pg_num", "autoscale_mode")
"""`size` of an erasure-coded pool is its code's, and copies are never made fewer unasked."""


def read(cluster: Cluster, name: str) -> Pool | None:
    """Give a pool as the cluster has it, or None.

    `pg_num` is the number that it is on the way to, where it is being changed.
    """
    found = _entry(cluster, name)
    if found is None:
        return None
    return Pool.model_construct(
        name=name,
        rule=_rule_name(cluster, found["crush_rule"]),
        profile=found["erasure_code_profile"] or None,
        size=found["size"],
        min_size=found["min_size"],
        pg_num=found.get("pg_num_target", found["pg_num"]),
        autoscale_mode=found["pg_autoscale_mode"],
    )


def _entry(cluster: Cluster, name: str) -> dict[str, Any] | None:
    pools = cluster.mon("osd dump")["pools"]
    return next((pool for pool in pools if pool["pool_name"] == name), None)


def _rule_name(cluster: Cluster, number: int) -> str:
    rules = cluster.mon("osd crush rule dump")
    return next(str(rule["rule_name"]) for rule in rules if rule["rule_id"] == number)


def _compare(found: Pool, wanted: Pool) -> tuple[Difference, ...]:
    return differences(found, wanted, in_place=IN_PLACE)


def _make(cluster: Cluster, wanted: Pool) -> None:
    cluster.mon(
        "osd pool create",
        pool=wanted.name,
        pg_num=wanted.pg_num,
        pgp_num=wanted.pg_num,
        pool_type="erasure" if wanted.profile else "replicated",
        erasure_code_profile=wanted.profile,
        rule=wanted.rule,
        size=None if wanted.profile else wanted.size,
        autoscale_mode=wanted.autoscale_mode,
    )
    _finish(cluster, wanted)


def _change(cluster: Cluster, found: Pool, wanted: Pool) -> None:
    for one in _compare(found, wanted):
        _set(cluster, wanted.name, *_setting(one))
    _finish(cluster, wanted)


def _setting(one: Difference) -> tuple[str, str]:
    key = {"rule": "crush_rule", "autoscale_mode": "pg_autoscale_mode"}.get(one.name, one.name)
    return key, str(one.wanted)


def _finish(cluster: Cluster, wanted: Pool) -> None:
    """Set what `osd pool create` does not take; each is harmless to set again."""
    for key, value in _flags(wanted):
        _set(cluster, wanted.name, key, value)


def _flags(wanted: Pool) -> Iterator[tuple[str, str]]:
    yield "min_size", str(wanted.min_size)
    if wanted.profile:
        yield "allow_ec_overwrites", "true"
    yield "nodelete", "true"


def _set(cluster: Cluster, pool: str, key: str, value: str) -> None:
    cluster.mon("osd pool set", pool=pool, var=key, val=value)


def objects(cluster: Cluster, name: str) -> int:
    """Give how many objects a pool holds, as its placement groups last told."""
    stats = cluster.mon("df")["pools"]
    return next((int(pool["stats"]["objects"]) for pool in stats if pool["name"] == name), 0)


def _drain(cluster: Cluster, name: str) -> None:
    """Wait until nothing is left of the files that were removed."""
    patience_s = cluster.access.patience.drain_s
    try:
        wait_until(lambda: not objects(cluster, name), patience_s, f"pool {name} is not empty")
    except CephError:
        raise ProtectedError(
            f"pool {name} holds {objects(cluster, name):,} objects, after {patience_s} s",
            "remove what is in it first, or say by its name that it may be lost",
        ) from None


def delete(cluster: Cluster, name: str, *, losing: bool = False) -> None:
    """Remove a pool; what was unlinked in it is waited for until it is erased.

    Raises:
        ProtectedError: it keeps holding objects, and `losing` does not say that they may go.
    """
    entry = _entry(cluster, name)
    if entry is None:
        return
    if entry["erasure_code_profile"] and not losing:
        _drain(cluster, name)
    for filesystem in filesystems.using(cluster, name):
        filesystems.remove_data_pool(cluster, filesystem, name)
    _set(cluster, name, "nodelete", "false")
    cluster.mon("osd pool delete", pool=name, pool2=name, yes_i_really_really_mean_it=True)


POOL = Kind(
    title="pool",
    name=lambda one: one.name,
    read=lambda cluster, one: read(cluster, one.name),
    compare=_compare,
    make=_make,
    change=_change,
)
