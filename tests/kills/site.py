"""An estate on a cluster of its own: commands on it, and what must be there between them."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.estates import AS_OF, INVENTORY, MAILLE, built, copy, replace
from tests.kills.processes import MARK, marked
from tests.kills.recordings import of_neighbour, of_recorder, wait_counted_empty
from tests.kills.under_way import UnderWay

from maille.ceph import subvolumes
from maille.ceph.clients import CLIENT, rights
from maille.ceph.connection import connect
from maille.ceph.filesystems import FILE_SYSTEM
from maille.ceph.groups import GROUP
from maille.ceph.model import Client
from maille.ceph.pools import POOL
from maille.ceph.profiles import PROFILE
from maille.ceph.rules import RULE
from maille.ceph.subvolumes import SUBVOLUME
from maille.layout.caps import caps_of
from maille.layout.scale import parse_scale
from maille.recording.assembly import assemble

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

    from tests.kills.recordings import Recordings

    from maille.ceph.connection import Cluster
    from maille.layout.model import Layout
    from maille.twin.cluster.record import Record

ESTATE = "malataverne"
SCALE = "1/20000"
LAST_MOMENTS_S = 5
DAYS = range(12, 22)
"""Of retention, among which an estate changes: each within what is authorised."""


@dataclass
class Site:
    """An estate, its cluster, and what is recorded there."""

    record: Record
    estate: Path
    temporary: Path
    own: Recordings | None = None
    """Of the estate's recorder."""
    neighbour: Recordings | None = None
    """Of another owner on the same file system."""
    mark: str = field(default_factory=lambda: secrets.token_hex(8))

    def begin(self, command: str, *words: str) -> UnderWay:
        """Begin `maille storage`, in a group of processes as a terminal would give it."""
        environment = {
            "CEPH_CONF": str(self.record.conf),
            "MAILLE_STORAGE_SCALE": SCALE,
            "TMPDIR": str(self.temporary),
            MARK: self.mark,
        }
        process = subprocess.Popen(
            [MAILLE, "storage", command, str(self.estate), *words, "--as-of", str(AS_OF)],
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            process_group=0,
        )
        return UnderWay(process)

    def resize(self, chance: random.Random) -> None:
        """Let the inventory want another retention, and with it other quotas."""
        file = self.estate / "estate.yaml"
        found = re.search(r"days: (\d+),", file.read_text(encoding="utf-8"))
        assert found
        days = chance.choice([one for one in DAYS if one != int(found[1])])
        replace(file, found[0], f"days: {days},")

    def layout(self) -> Layout:
        """Give what the estate wants, as its files are, on the cluster as it is."""
        blueprint = built(self.estate).blueprint
        with connect(self.record.access()) as cluster:
            return assemble(blueprint, cluster, parse_scale(SCALE)).layout

    def hire(self) -> None:
        """Give the estate's recorder its key; what it records from now on has to stay."""
        self.own = of_recorder(self.record, self.layout())

    def clear(self) -> None:
        """Let the recorder take its recordings away, and forget it: its key may go now."""
        assert self.own
        self.own.erase()
        self.own = None
        with connect(self.record.access()) as cluster:
            wait_counted_empty(cluster, self.layout())

    def require_whole(self) -> None:
        """See that the cluster is what the estate wants, and that nothing else is left."""
        layout = self.layout()
        with connect(self.record.access()) as cluster:
            unlike = list(_unlike(cluster, layout))
            shares = {
                name
                for group in layout.groups
                for name in subvolumes.names(cluster, group.filesystem, group.name)
            }
            keys = _keys_of(cluster)
        assert unlike == [], unlike
        assert shares == set(layout.subvolumes), shares
        assert keys == set(layout.clients), keys
        self._require_tidy()

    def require_gone(self) -> None:
        """See that nothing on the cluster is the estate's any more."""
        layout = self.layout()
        ours = {pool.name for pool in layout.pools}
        with connect(self.record.access()) as cluster:
            marks = [key for key in cluster.mon("config-key ls") if key.endswith(f"/{ESTATE}")]
            pools = {pool["pool_name"] for pool in cluster.mon("osd dump")["pools"]}
            rules = {rule["rule_name"] for rule in cluster.mon("osd crush rule dump")}
            profiles = set(cluster.mon("osd erasure-code-profile ls"))
            filesystems = [one["name"] for one in cluster.mon("fs ls")]
            keys = _keys_of(cluster)
        shared = {layout.metadata_pool.name, layout.default_pool.name} if self.neighbour else set()
        assert (marks, keys) == ([], set()), (marks, keys)
        assert pools & ours == shared, pools
        assert not {rule.name for rule in layout.rules if rule.profile} & rules, rules
        assert layout.profile.name not in profiles, profiles
        assert filesystems == ([layout.filesystem.name] if self.neighbour else []), filesystems
        self._require_tidy()

    def _require_tidy(self) -> None:
        """See that all recordings are there, and that no run has left anything behind."""
        for recordings in (self.own, self.neighbour):
            if recordings:
                found = recordings.found()
                assert found == recordings.digests, found
        strays = list(self._strays())
        assert strays == [], strays
        self.require_no_process()

    def require_no_process(self) -> None:
        """See that nothing goes on of any run; what has nothing more to do may take a moment."""
        end = time.monotonic() + LAST_MOMENTS_S
        while left := marked(self.mark):
            assert time.monotonic() < end, left
            time.sleep(0.05)

    def _strays(self) -> Iterator[str]:
        """Give files that only a run has that goes on, or one that was cut off."""
        folder = self.estate / ".maille"
        for path in folder.rglob("*"):
            within = path.relative_to(folder)
            passing = path.suffix in (".tmp", ".new") or path.name.startswith(".Pulumi.yaml")
            if path.is_file() and (
                passing or "locks" in within.parts or str(within) == "unfinished"
            ):
                yield str(within)
        yield from (f"{path} in TMPDIR" for path in self.temporary.iterdir())


def settle_in(record: Record, folder: Path, *, shared: bool) -> Site:
    """Give a site without anything on the cluster yet but, if `shared`, a neighbour's recording."""
    temporary = folder / "temporary"
    temporary.mkdir()
    site = Site(record, copy(INVENTORY / ESTATE, folder), temporary)
    if shared:
        site.neighbour = of_neighbour(record, site.layout())
    return site


def _unlike(cluster: Cluster, layout: Layout) -> Iterator[str]:
    """Tell what is not on the cluster, or not as it is wanted."""
    paths = {}
    for share in layout.subvolumes.values():
        found = subvolumes.path(cluster, share.filesystem, share.group, share.name)
        paths[share.name] = found or ""
    clients = [
        Client(entity=one.entity, caps=caps_of(one, layout, paths))
        for one in layout.clients.values()
    ]
    wanted: list[tuple[Any, tuple[Any, ...]]] = [
        (PROFILE, (layout.profile,)),
        (RULE, layout.rules),
        (POOL, layout.pools),
        (FILE_SYSTEM, (layout.filesystem,)),
        (GROUP, layout.groups),
        (SUBVOLUME, tuple(share.wish for share in layout.subvolumes.values())),
        (CLIENT, tuple(clients)),
    ]
    for kind, values in wanted:
        for value in values:
            there = kind.read(cluster, value)
            if there is None:
                yield f"{kind.title} {kind.name(value)} is missing"
            elif unlike := kind.compare(there, value):
                yield f"{kind.title} {kind.name(value)}: {'; '.join(map(str, unlike))}"


def _keys_of(cluster: Cluster) -> set[str]:
    return {entity for entity in rights(cluster) if entity.startswith(f"client.{ESTATE}")}
