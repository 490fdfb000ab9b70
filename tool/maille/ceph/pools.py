"""Pools: made in one command, then given what CephFS asks of them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from maille.ceph.contents import BlindError, drain, holds_objects, stored_bytes
from maille.ceph.difference import Difference, differences
from maille.ceph.errors import CephError, ProtectedError
from maille.ceph.making import Kind
from maille.ceph.model import Pool
from maille.ceph.names import TAG_APPLICATION, TAG_KEY
from maille.ceph.ownership import owners
from maille.ceph.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import Literal

    from maille.ceph.connection import Cluster

IN_PLACE = (
    "rule",
    "min_size",
    "pg_num",
    "autoscale_mode",
    "overwrites",
    "protected",
    "quota_bytes",
    "tag",
)
"""`size` of an erasure-coded pool is its code's, and copies are never made fewer unasked."""
_CEPHFS = "cephfs"


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
        quota_bytes=found["quota_max_bytes"],
        tag=found["application_metadata"].get(TAG_APPLICATION, {}).get(TAG_KEY),
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
    if wanted.quota_bytes:
        _set_quota(cluster, wanted)
    if wanted.tag:
        _set_tag(cluster, wanted.name, wanted.tag)


def _change(cluster: Cluster, found: Pool, wanted: Pool) -> None:
    for one in _compare(found, wanted):
        if one.name in _VARIABLES:
            _set(cluster, wanted.name, _VARIABLES[one.name], str(one.wanted))
    _finish(cluster, wanted)
    if wanted.quota_bytes != found.quota_bytes:
        _set_quota(cluster, wanted)
    if wanted.tag != found.tag:
        _set_tag(cluster, wanted.name, wanted.tag)


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


def _set_quota(cluster: Cluster, wanted: Pool) -> None:
    """Bound a pool; one that holds more would take nothing at all, so that is waited out."""
    name, most = wanted.name, wanted.quota_bytes
    if most:
        try:
            wait_until(
                lambda: stored_bytes(cluster, name) <= most, cluster.access.patience.drain_s, ""
            )
        except CephError:
            raise ProtectedError(
                f"pool {name} holds {stored_bytes(cluster, name):,} bytes, more than the {most:,}"
                " that its quota would become: recording would stop at once",
                "what was unlinked is still being erased: `maille storage status`, then try again",
            ) from None
    cluster.mon("osd pool set-quota", pool=name, field="max_bytes", val=str(most))


def _set_tag(cluster: Cluster, pool: str, tag: str | None) -> None:
    if tag is None:
        cluster.mon("osd pool application rm", pool=pool, app=TAG_APPLICATION, key=TAG_KEY)
        return
    # CephFS refuses a pool that only another application uses.
    for application in (_CEPHFS, TAG_APPLICATION):
        cluster.mon(
            "osd pool application enable", pool=pool, app=application, yes_i_really_mean_it=True
        )
    cluster.mon("osd pool application set", pool=pool, app=TAG_APPLICATION, key=TAG_KEY, value=tag)


def _leftover(cluster: Cluster, entry: dict[str, Any]) -> bool:
    """Say whether a pool has only what a file system leaves that was removed in good order."""
    tags = entry["application_metadata"].get(_CEPHFS, {})
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
        if pool["application_metadata"].get(_CEPHFS, {}).get("data") == filesystem
        and pool["erasure_code_profile"]
        and holds_objects(cluster, pool["pool_name"])
    )


def make_anew(cluster: Cluster, name: str) -> None:
    """Make a pool of an estate anew, if it has leftovers of a file system that was removed.

    Raises:
        ProtectedError: files are there that this file system wrote.
    """
    found = read(cluster, name)
    try:
        used = found is not None and holds_objects(cluster, name)
    except BlindError:
        return  # with a key that may not look, `fs new` itself refuses what is not empty
    if found and used and owners(cluster, POOL.mark(found)):
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
