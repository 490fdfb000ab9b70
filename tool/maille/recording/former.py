"""Pools of codes that an estate had before: each goes once the last recording in it is erased.

Nobody copies anything: a pool that nothing new goes to is emptied by the retention. What stays
longer, the copies of requisitions, `maille hold move` takes to the pool of today.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.ceph import pools, profiles
from maille.ceph.contents import BlindError, counted, holds_objects, stored_bytes
from maille.ceph.deletion import require_deletable
from maille.ceph.errors import ProtectedError
from maille.ceph.ownership import owned
from maille.layout.coded import pool_of, rule_of
from maille.layout.model import FormerPool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.ceph.connection import Cluster
    from maille.layout.model import Layout


@dataclass(frozen=True, slots=True)
class Left:
    """A former pool, and what is left in it; the figures are seconds old."""

    former: FormerPool
    objects: int
    stored_bytes: int
    """Coding aside."""
    kept: str = ""
    """Why it stays although nothing may be left in it."""

    @property
    def name(self) -> str:
        """Give the pool's name."""
        return self.former.pool.name


def left_of(cluster: Cluster, wanted: Layout) -> tuple[Left, ...]:
    """Give the former pools of an estate that stay, by name: who holds anything, to begin with.

    What they hold is looked for in the pools themselves: the last file counts, whatever the
    statistics say yet. One that cannot be looked into, or not be deleted, stays too.

    Args:
        cluster: open.
        wanted: the layout of today.

    Raises:
        CephOutOfReachError: the monitors or the disks do not answer.
    """
    return tuple(
        Left(former, counted(cluster, name), stored_bytes(cluster, name), why)
        for former in _formers(cluster, wanted)
        if (why := _why(cluster, name := former.pool.name)) is not None
    )


def _why(cluster: Cluster, pool: str) -> str | None:
    """Give why a pool stays, in a word or in none if it is not empty; None if it may go."""
    try:
        if holds_objects(cluster, pool):
            return ""
        require_deletable(cluster)
    except (BlindError, ProtectedError) as error:  # nothing that a plan should end with
        return str(error)
    return None


def _formers(cluster: Cluster, wanted: Layout) -> Iterator[FormerPool]:
    today = {pool.name for pool in wanted.pools}
    for name in sorted(owned(cluster, wanted.estate, pools.POOL.title) - today):
        pool = pools.read(cluster, name)
        profile = profiles.read(cluster, name) if pool and pool.profile == name else None
        if pool and profile:
            yield FormerPool(
                profile=profile,
                rule=rule_of(profile),
                pool=pool_of(
                    profile,
                    pg_num=pool.pg_num,
                    quota_bytes=pool.quota_bytes,
                    estate=wanted.estate,
                ),
            )


def with_former(layout: Layout, left: tuple[Left, ...]) -> Layout:
    """Give a layout that keeps former pools."""
    return layout.model_copy(update={"former": tuple(one.former for one in left)})
