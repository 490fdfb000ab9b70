"""Wishes for tests, one of each kind, that stand on each other."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import cephfs

from maille.ceph import clients, filesystems, groups, pools, profiles, rules, subvolumes
from maille.ceph.clients import CLIENT
from maille.ceph.errors import CephError
from maille.ceph.filesystems import FILE_SYSTEM
from maille.ceph.groups import GROUP
from maille.ceph.making import create
from maille.ceph.model import (
    Client,
    CrushRule,
    ErasureCodeProfile,
    FileSystem,
    Part,
    Pool,
    Subvolume,
    SubvolumeGroup,
)
from maille.ceph.pools import POOL
from maille.ceph.profiles import PROFILE
from maille.ceph.rules import RULE
from maille.ceph.subvolumes import SUBVOLUME

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster
    from maille.ceph.making import Kind

MIB = 1 << 20
OURS, THEIRS = "ours", "theirs"
KINDS: dict[str, Kind[Any]] = {
    "profile": PROFILE,
    "rule": RULE,
    "pool": POOL,
    "filesystem": FILE_SYSTEM,
    "group": GROUP,
    "subvolume": SUBVOLUME,
    "client": CLIENT,
}


@dataclass
class Things:
    """What a test makes, on one cluster, under names that begin alike."""

    ceph: Cluster
    name: str

    @cached_property
    def profile(self) -> ErasureCodeProfile:
        """Give a code that fits three hosts of two disks."""
        return ErasureCodeProfile(
            name=f"{self.name}-ec", k=2, m=2, failure_domain="osd", device_class="hdd"
        )

    @cached_property
    def coded_rule(self) -> CrushRule:
        """Give the rule of that code."""
        name = self.profile.name
        return CrushRule(name=name, failure_domain="osd", device_class="hdd", profile=name)

    @cached_property
    def rule(self) -> CrushRule:
        """Give a rule for copies."""
        return CrushRule(name=f"{self.name}-copies", device_class="hdd")

    @cached_property
    def pool(self) -> Pool:
        """Give the pool of recordings."""
        name = self.profile.name
        return Pool(name=name, rule=name, profile=name, size=4, min_size=3, pg_num=4)

    def copies(self, use: str) -> Pool:
        """Give a replicated pool."""
        return Pool(name=f"{self.name}-{use}", rule=self.rule.name, size=3, min_size=2, pg_num=4)

    @cached_property
    def filesystem(self) -> FileSystem:
        """Give a file system on two replicated pools."""
        return FileSystem(
            name=f"{self.name}-fs",
            metadata_pool=self.copies("metadata").name,
            default_pool=self.copies("default").name,
        )

    @cached_property
    def group(self) -> SubvolumeGroup:
        """Give a group that is pinned to the pool of recordings."""
        return SubvolumeGroup(
            filesystem=self.filesystem.name,
            name=f"{self.name}-group",
            pool=self.pool.name,
            object_size_bytes=MIB,
        )

    @cached_property
    def subvolume(self) -> Subvolume:
        """Give a share."""
        return Subvolume(
            filesystem=self.filesystem.name,
            group=self.group.name,
            name=f"{self.name}-share",
            quota_bytes=64 * MIB,
        )

    @cached_property
    def client(self) -> Client:
        """Give a client."""
        return Client(
            entity=f"client.{self.name}.recorder",
            caps={"mon": "allow r", "osd": f"allow rw pool={self.pool.name}"},
        )

    def below(self, kind: str) -> list[tuple[Kind[Any], Part]]:
        """Give what a thing of some kind stands on, in the order of its making."""
        coded: list[tuple[Kind[Any], Part]] = [
            (PROFILE, self.profile),
            (RULE, self.coded_rule),
        ]
        copied: list[tuple[Kind[Any], Part]] = [
            (RULE, self.rule),
            (POOL, self.copies("metadata")),
            (POOL, self.copies("default")),
        ]
        filesystem = [*copied, (FILE_SYSTEM, self.filesystem)]
        group = [*filesystem, *coded, (POOL, self.pool)]
        return {
            "pool": coded,
            "filesystem": copied,
            "group": group,
            "subvolume": [*group, (GROUP, self.group)],
        }.get(kind, [])

    def ground(self, kind: str) -> None:
        """Make what a thing of some kind stands on."""
        for each, wish in self.below(kind):
            create(self.ceph, each, wish, owner=OURS)

    def write(self, name: bytes = b"recording", size_bytes: int = MIB) -> None:
        """Record something into the share."""
        share = self.subvolume
        folder = subvolumes.path(self.ceph, share.filesystem, share.group, share.name)
        root = self.ceph.root(share.filesystem)
        file = root.open(f"{folder}/{name.decode()}", "w", 0o600)
        if size_bytes:
            root.write(file, b"x" * size_bytes, 0)
        root.fsync(file, syncdataonly=False)
        root.close(file)

    def clear(self) -> None:
        """Remove whatever there is of all this, and whose it is said to be."""
        ceph, fs, group = self.ceph, self.filesystem.name, self.group.name
        for share in _listed(lambda: subvolumes.names(ceph, fs, group)):
            subvolumes.delete(ceph, fs, group, share, losing=True)
        with suppress(CephError, cephfs.Error):
            groups.delete(ceph, fs, group)
        filesystems.delete(ceph, fs, losing=True)
        for pool in (self.pool, self.copies("metadata"), self.copies("default")):
            pools.delete(ceph, pool.name, losing=True)
        for rule in (self.rule, self.coded_rule):
            rules.delete(ceph, rule.name)
        profiles.delete(ceph, self.profile.name)
        clients.delete(ceph, self.client.entity)
        for key in ceph.mon("config-key ls") or []:
            if self.name in key:
                ceph.mon("config-key rm", key=key)


def _listed(ask: Any) -> tuple[str, ...]:  # noqa: ANN401  # a function of no arguments
    try:
        return tuple(ask())
    except CephError:
        return ()
