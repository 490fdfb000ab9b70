"""Making a cluster: its files, before any daemon runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import uuid
from typing import TYPE_CHECKING

from maille.errors import MailleError
from maille.twin.cluster.conf import ceph_conf
from maille.twin.cluster.keys import keyring
from maille.twin.cluster.ports import free_ports
from maille.twin.cluster.record import Record, usable_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from maille.twin.cluster.layout import Layout, Osd

_ROOM_BYTES_A_DAEMON = 128 << 20
"""A fresh monitor or disk writes a tenth of it; the rest is for what is done with it."""
_PATIENCE_S = 60


def make(folder: Path, layout: Layout) -> tuple[Record, dict[int, str]]:
    """Write all that a new cluster starts from; give it, and the identity of each disk.

    Raises MailleError where there is no room, no port, or Ceph refuses.
    """
    record = Record(
        folder=usable_folder(folder),
        layout=layout,
        fsid=str(uuid.uuid4()),
        mon_ports=free_ports(layout.mons),
    )
    _prepare(record)
    identities = {osd.number: str(uuid.uuid4()) for osd in layout.osds}
    _run_all(record, [*_mon_jobs(record), *_osd_jobs(record, identities)])
    return record, identities


def make_disk(record: Record, disk: Osd) -> str:
    """Write the files of one more disk into its empty folder, and give its identity."""
    identity = str(uuid.uuid4())
    _run_all(record, _osd_jobs(record, {disk.number: identity}))
    return identity


def need_room(record: Record) -> None:
    """Raise MailleError where the disk below a cluster is all but full."""
    needed = _ROOM_BYTES_A_DAEMON * len(record.layout.daemons)
    free = shutil.disk_usage(record.folder).free
    if free < needed:
        raise MailleError(
            f"{record.folder} has {free >> 20} MiB left, and the cluster needs {needed >> 20}",
            "make room, or name a folder on another disk with --folder",
        )


def _prepare(record: Record) -> None:
    record.folder.mkdir(parents=True, exist_ok=True)
    record.folder.chmod(0o700)
    need_room(record)
    record.save()
    for name in ("run", "log", "crash", "data"):
        (record.folder / name).mkdir()
    for daemon in record.layout.daemons:
        (record.folder / "data" / daemon).mkdir()
    record.conf.write_text(ceph_conf(record), encoding="utf-8")
    descriptor = os.open(record.keyring, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(keyring(record.layout.daemons))
    _run_all(record, [_monmap_job(record)])


def _monmap(record: Record) -> str:
    return str(record.folder / "monmap")


def _monmap_job(record: Record) -> list[str]:
    job = ["monmaptool", "--create", "--clobber", "--fsid", record.fsid]
    for letter, address in record.mon_addresses().items():
        job += ["--addv", letter, address]
    return [*job, "--set-min-mon-release", "16", _monmap(record)]


def _mon_jobs(record: Record) -> list[list[str]]:
    rest = ["--mkfs", "--monmap", _monmap(record), "--keyring", str(record.keyring)]
    return [
        ["ceph-mon", "-c", str(record.conf), "-i", letter, *rest]
        for letter in record.layout.mon_ids
    ]


def _osd_jobs(record: Record, identities: dict[int, str]) -> list[list[str]]:
    rest = ["--mkfs", "--no-mon-config", "--osd-uuid"]
    return [
        ["ceph-osd", "-c", str(record.conf), "-i", str(number), *rest, identity]
        for number, identity in identities.items()
    ]


def _run_all(record: Record, jobs: Sequence[Sequence[str]]) -> None:
    """Run programs side by side, until all have ended; none is left behind."""
    log = record.folder / "log" / "making.log"
    with log.open("ab") as output:
        started: list[subprocess.Popen[bytes]] = []
        try:
            started.extend(
                subprocess.Popen(job, stdin=subprocess.DEVNULL, stdout=output, stderr=output)  # noqa: S603
                for job in jobs
            )
            end = time.monotonic() + _PATIENCE_S
            codes = [process.wait(max(0.0, end - time.monotonic())) for process in started]
        except subprocess.TimeoutExpired as error:
            raise MailleError(
                f"{error.cmd[0]} did not end within {_PATIENCE_S} s", f"read {log}"
            ) from None
        finally:
            for process in started:
                process.kill()
                process.wait()
    for job, code in zip(jobs, codes, strict=True):
        if code:
            raise MailleError(f"{job[0]} failed with {code}: {_tail(log)}", f"read {log}")


def _tail(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "without a word"
