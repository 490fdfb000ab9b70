"""Pools: made in one command, then given what CephFS asks of them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from maille.ceph.contents import drain, holds_objects
from maille.ceph.difference import Difference, differences
from maille.ceph.making import Kind
from maille.ceph.model import Pool
from maille.ceph.ownership import owners

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import Literal

    from maille.ceph.connection import Cluster

IN_PLACE = ("rule", "min_size", "pg_num", "autoscale_mode", "overwrites", "protected")
"""`size` of an erasure-coded pool is its code's, and copies are never made fewer unasked."""


def read(cluster: Cluster, name: str) -> Pool | None:
    """Give a pool as the cluster has it, or None.

    `pg_num` is the number that it is on the way to, where it is being changed.
    """
    found = _entry(cluster, name)
    if found is None:
        return None
    flags = found["flags_names"].split(",")
    return Pool.model_construct(
        name=name,
        rule=_rule_name(cluster, found["crush_rule"]),
        profile=found["erasure_code_profile"] or None,
        size=found["size"],
        min_size=found["min_size"],
        pg_num=found.get("pg_num_target", found["pg_num"]),
        autoscale_mode=found["pg_autoscale_mode"],
        overwrites=cast(
            "Literal[True]", not found["erasure_code_profile"] or "ec_overwrites" in flags
        ),
        protected="nodelete" in flags,
    )


def _entry(cluster: Cluster, name: str) -> dict[str, Any] | None:
    pools = cluster.mon("osd dump")["pools"]
    return next((pool for pool in pools if pool["pool_name"] == name), None)


def _rule_name(cluster: Cluster, number: int) -> str:
    rules = cluster.mon("osd crush rule dump")
    return next(str(rule["rule_name"]) for rule in rules if rule["rule_id"] == number)


def _compare(found: Pool, wanted: Pool) -> tuple[Difference, ...]:
    scaled = wanted.autoscale_mode == "on"
    return tuple(
        one
        for one in differences(found, wanted, in_place=IN_PLACE)
        if not (scaled and one.name == "pg_num")
    )


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
        if one.name in _VARIABLES:
            _set(cluster, wanted.name, _VARIABLES[one.name], str(one.wanted))
    _finish(cluster, wanted)


_VARIABLES = {
    "rule": "crush_rule",
    "pg_num": "pg_num",
    "autoscale_mode": "pg_autoscale_mode",
}
"""What changes in place, by Ceph's names; the rest is set after making, too."""


def _finish(cluster: Cluster, wanted: Pool) -> None:
    """Set what `osd pool create` does not take; each is harmless to set again."""
    for key, value in _flags(wanted):
        _set(cluster, wanted.name, key, value)


def _flags(wanted: Pool) -> Iterator[tuple[str, str]]:
    yield "min_size", str(wanted.min_size)
    if wanted.profile:
        yield "allow_ec_overwrites", "true"
    yield "nodelete", str(wanted.protected).lower()


def _set(cluster: Cluster, pool: str, key: str, value: str) -> None:
    cluster.mon("osd pool set", pool=pool, var=key, val=value)


def _leftover(cluster: Cluster, entry: dict[str, Any]) -> bool:
    """Say whether a pool has only what a file system leaves that was removed in good order."""
    tags = entry["application_metadata"].get("cephfs", {})
    gone = tags.get("metadata") or tags.get("data")
    if not gone or entry["erasure_code_profile"]:
        return False
    named = {one["name"] for one in cluster.mon("fs ls") or []}
    return gone not in named and not with_files(cluster, gone)


@contextmanager
def all_protected(cluster: Cluster, names: Collection[str]) -> Iterator[None]:
    """Let none of some pools be deleted as long as a `with` lasts."""
    open_ones = [
        pool["pool_name"]
        for pool in cluster.mon("osd dump")["pools"]
        if pool["pool_name"] in names and "nodelete" not in pool["flags_names"].split(",")
    ]
    for name in open_ones:
        _set(cluster, name, "nodelete", "true")
    try:
        yield
    finally:
        for name in open_ones:
            _set(cluster, name, "nodelete", "false")


def with_files(cluster: Cluster, filesystem: str) -> tuple[str, ...]:
    """Give the coded pools that hold files of a file system, which may be gone by itself."""
    return tuple(
        pool["pool_name"]
        for pool in cluster.mon("osd dump")["pools"]
        if pool["application_metadata"].get("cephfs", {}).get("data") == filesystem
        and pool["erasure_code_profile"]
        and holds_objects(cluster, pool["pool_name"])
    )


def make_anew(cluster: Cluster, name: str) -> None:
    """Make a pool of an estate anew, if it has leftovers of a file system that was removed.

    Raises:
        ProtectedError: files are there that this file system wrote.
    """
    found = read(cluster, name)
    if found and holds_objects(cluster, name) and owners(cluster, POOL.title, name):
        delete(cluster, name)
        _make(cluster, found)


def delete(cluster: Cluster, name: str, *, losing: bool = False) -> None:
    """Remove a pool; what was unlinked in it is waited for until it is erased.

    Raises:
        ProtectedError: it keeps holding objects, and `losing` does not say that they may go.
    """
    entry = _entry(cluster, name)
    if entry is None:
        return
    if not losing and not _leftover(cluster, entry):
        drain(cluster, name)
    for filesystem in cluster.mon("fs ls") or []:
        if name in filesystem["data_pools"][1:]:
            cluster.mon("fs rm_data_pool", fs_name=filesystem["name"], pool=name)
    _set(cluster, name, "nodelete", "false")
    cluster.mon("osd pool delete", pool=name, pool2=name, yes_i_really_really_mean_it=True)


POOL = Kind(
    title="pool",
    name=lambda one: one.name,
    read=lambda cluster, one: read(cluster, one.name),
    compare=_compare,
    make=_make,
    change=_change,
    shared=lambda wanted: wanted.profile is None,
)
