"""Runs of `maille storage` that are cut off: who is killed, when, and what must hold after it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tests.estates import AS_OF, MAILLE, built, replace

from maille.ceph import subvolumes
from maille.ceph.clients import rights
from maille.ceph.connection import connect
from maille.ceph.making import create
from maille.ceph.model import Subvolume
from maille.ceph.subvolumes import SUBVOLUME
from maille.layout.build import layout_of
from maille.layout.scale import parse_scale
from maille.twin.cluster import faults
from maille.twin.cluster.lifecycle import wait_healthy

if TYPE_CHECKING:
    import random

    from maille.ceph.connection import Cluster
    from maille.layout.model import Layout
    from maille.twin.cluster.record import Record

SCALE = "1/20000"
LONGEST_RUN_S = 180
CONTENTS = b"recorded before anything was killed"

Run = Literal["up", "resize", "destroy"]
Victim = Literal["command", "engine", "provider", "mon", "mgr", "osd"]
RUNS: tuple[Run, ...] = ("up", "resize", "destroy")
VICTIMS: tuple[Victim, ...] = ("command", "engine", "provider", "mon", "mgr", "osd")


@dataclass
class Rounds:
    """An estate on a cluster, and what is recorded on it."""

    record: Record
    estate: Path
    chance: random.Random
    days: int
    """Of retention, as the estate's file has them now."""
    typical_s: float = 3.0
    log: list[str] = field(default_factory=list)

    def maille(self, *words: str) -> subprocess.Popen[str]:
        """Begin a command on the estate."""
        return subprocess.Popen(
            [MAILLE, "storage", words[0], str(self.estate), *words[1:], "--as-of", str(AS_OF)],
            env=os.environ | {"CEPH_CONF": str(self.record.conf), "MAILLE_STORAGE_SCALE": SCALE},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def up(self) -> None:
        """Apply the estate, which must work at once, and then leave nothing to do."""
        began = time.monotonic()
        process = self.maille("up", "--yes")
        said = _ended(process)
        assert process.returncode == 0, "\n".join([*self.log[-1:], said])
        self.typical_s = max(2.0, 0.5 * self.typical_s + 0.5 * (time.monotonic() - began))

    def cut_off(self, run: Run, victim: Victim) -> None:
        """Begin a run, kill somebody at a random point of it, and wait for what is left to end."""
        words = {"up": ("up", "--yes"), "resize": ("up", "--yes")}.get(
            run, ("destroy", "--name", self.estate.name)
        )
        if run == "resize":
            self._resize()
        process = self.maille(*words)
        after_s = self.chance.uniform(0.2, self.typical_s)
        self.log.append(f"{run}: {victim} killed after {after_s:.2f} s")
        time.sleep(after_s)
        self._kill(victim, process)
        said = _ended(process)
        assert "Traceback" not in said, said
        self.log[-1] += f", ended with {process.returncode}"

    def _resize(self) -> None:
        days = self.days + self.chance.choice((1, 2))
        replace(self.estate / "estate.yaml", f"days: {self.days},", f"days: {days},")
        self.days = days

    def _kill(self, victim: Victim, process: subprocess.Popen[str]) -> None:
        if victim in {"command", "engine", "provider"}:
            for pid in _pids(victim, process):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            return
        osd = self.chance.choice(self.record.layout.osds).name
        name = {"mon": "mon.a", "mgr": "mgr.a", "osd": osd}[victim]
        faults.kill(self.record, name)
        faults.start(self.record, name)

    def check(self) -> None:
        """See that the cluster is what the estate wants, and that nothing is lost."""
        layout = self.layout()
        with connect(self.record.access()) as cluster:
            found = {
                share.name: subvolumes.read(cluster, share.filesystem, share.group, share.name)
                for share in layout.subvolumes.values()
            }
            held = rights(cluster)
            assert self._canary(cluster) == CONTENTS
        assert found == {share.name: share.wish for share in layout.subvolumes.values()}
        assert {entity for entity in held if entity in layout.clients} == set(layout.clients)

    def layout(self) -> Layout:
        """Give what the estate wants as its files are."""
        return layout_of(built(self.estate).blueprint, parse_scale(SCALE))

    def plant(self) -> None:
        """Record something into a share that is another owner's, on the same file system."""
        layout = self.layout()
        group = layout.recordings.name
        share = Subvolume(
            filesystem=layout.filesystem.name, group="canary", name="canary", quota_bytes=1 << 24
        )
        with connect(self.record.access()) as cluster:
            cluster.mgr(
                "fs subvolumegroup create", vol_name=layout.filesystem.name, group_name="canary"
            )
            create(cluster, SUBVOLUME, share, owner="canary")
            for kind, name in (
                ("rule", layout.rules[0].name),
                ("pool", layout.metadata_pool.name),
                ("pool", layout.default_pool.name),
                ("file system", layout.filesystem.name),
            ):
                cluster.mon("config-key set", key=f"maille/owner/{kind}/{name}/canary", val="1")
            path = subvolumes.path(cluster, share.filesystem, "canary", "canary")
            root = cluster.root(share.filesystem)
            file = root.open(f"{path}/recorded", "w", 0o600)
            root.write(file, CONTENTS, 0)
            root.fsync(file, syncdataonly=False)
            root.close(file)
        assert group != "canary"

    def _canary(self, cluster: Cluster) -> bytes:
        filesystem = self.layout().filesystem.name
        path = subvolumes.path(cluster, filesystem, "canary", "canary")
        root = cluster.root(filesystem)
        file = root.open(f"{path}/recorded", "r", 0o600)
        return root.read(file, 0, len(CONTENTS))

    def healthy(self) -> None:
        """Wait until the cluster is whole again, as it is after an init system's restart."""
        wait_healthy(self.record)


def round_of(rounds: Rounds, number: int) -> None:
    """Cut off one run, chosen by chance, and see that the next one mends all."""
    run, victim = rounds.chance.choice(RUNS), VICTIMS[number % len(VICTIMS)]
    rounds.cut_off(run, victim)
    if victim in {"mon", "mgr", "osd"}:
        rounds.healthy()
    rounds.up()
    rounds.check()


def _ended(process: subprocess.Popen[str]) -> str:
    try:
        return process.communicate(timeout=LONGEST_RUN_S)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        raise


def _pids(victim: str, process: subprocess.Popen[str]) -> list[int]:
    """Give the processes that a victim is; none where it has not begun, or has ended."""
    if victim == "command":
        return [process.pid]
    below = _below(process.pid)
    name = {"engine": "pulumi", "provider": "maille.infra.provider"}[victim]
    return [
        pid for pid, words in below if (name in words[0] if victim == "engine" else name in words)
    ]


def _below(pid: int) -> list[tuple[int, list[str]]]:
    found = []
    for child in _children(pid):
        try:
            words = Path(f"/proc/{child}/cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        found += [(child, words), *_below(child)]
    return found


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found
