"""Clusters for tests: one that a whole run shares, and others to be broken.

Nothing that is started here outlives the run: `tests/watchdog.py` sees to it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests import watchdog

from maille.twin.cluster.layout import Layout
from maille.twin.cluster.lifecycle import start, stop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.twin.cluster.record import Record

SHARED = Layout(hosts=7, racks=3)
"""Enough for 4+2 by hosts, with one more to heal onto."""


def folder_of_run(run: str) -> Path:
    """Give the folder of this run's clusters; the first process of the run makes it.

    Args:
        run: a name that all processes of the run have in common, and no other run has.
    """
    folder = Path(tempfile.gettempdir()) / f"maille-{run[:12]}"
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        first = False
    else:
        first = True
    (folder / watchdog.USERS).mkdir(exist_ok=True)
    for pid in {os.getpid(), _controller()}:
        (folder / watchdog.USERS / str(pid)).touch()
    if first:
        _watch(folder)
    return folder


def shared_cluster(run: str) -> Record:
    """Give the one cluster of a run, up; whoever comes first starts it, the others wait."""
    return start(folder_of_run(run) / "shared", SHARED)


def new_folder(run: str) -> Path:
    """Give a new, empty folder for a cluster of one test."""
    return Path(tempfile.mkdtemp(prefix="own-", dir=folder_of_run(run)))


@contextmanager
def start_own(run: str, layout: Layout) -> Iterator[Record]:
    """Give a cluster of one's own for as long as a `with` lasts."""
    folder = new_folder(run)
    try:
        yield start(folder, layout)
    finally:
        stop(folder, erase=True)


def _controller() -> int:
    """Give the process that ends last: xdist's controller, or this one."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def _watch(folder: Path) -> None:
    """Start the watchdog; its parent does not wait for it, and so cannot be left waiting."""
    starter = (
        "import subprocess, sys;"
        "subprocess.Popen(sys.argv[1:], stdin=-3, stdout=-3, stderr=-3, start_new_session=True)"
    )
    command = [sys.executable, watchdog.__file__, str(folder)]
    subprocess.run([sys.executable, "-c", starter, *command], check=True)
