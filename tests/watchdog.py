"""Stop the clusters and agents of a test run when it has ended, however it ended.

    python tests/watchdog.py FOLDER

FOLDER holds clusters and agents, a folder each, and in `users` a file for every process of the
run, named by its number. When all of these have ended all of it is stopped and FOLDER is removed.
A file `*.postgres` names the data of a PostgreSQL server, which cannot lie in FOLDER: it runs as
another user.
The watchdog is in a session of its own, so neither Ctrl-C nor the end of a job reaches it.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from maille.errors import MailleError
from maille.twin.agents.lifecycle import stop as stop_agents
from maille.twin.cluster.lifecycle import stop as stop_cluster

USERS = "users"
_PAUSE_S = 0.1


def main(folder: Path) -> None:
    """Wait for the run to end, then leave nothing of it."""
    while any(_lived(int(user.name)) for user in (folder / USERS).iterdir()):
        time.sleep(_PAUSE_S)  # there may be others by now, or one that nobody has taken leave of
    for note in folder.glob("*.postgres"):
        _end_postgres(Path(note.read_text()))
    for twin in folder.iterdir():
        with suppress(MailleError):  # the others are to end whatever keeps this one
            stop_cluster(twin, erase=True)
            stop_agents(twin, erase=True)
    shutil.rmtree(folder)


def _end_postgres(data: Path) -> None:
    """Stop a server at once, and remove its data and the folder around it."""
    with suppress(FileNotFoundError, IndexError, ProcessLookupError):
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGQUIT)
        _lived(pid)
    shutil.rmtree(data.parent, ignore_errors=True)


def _lived(pid: int) -> bool:
    """Wait for a process to end; say whether it was still there."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return False
    select.select([handle], [], [])
    os.close(handle)
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]))
