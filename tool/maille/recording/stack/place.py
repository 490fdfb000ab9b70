"""Where a stack keeps its state: a folder of the estate, or any backend by its URL."""

from __future__ import annotations

import json
import os
import shutil
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maille.errors import MailleError
from maille.files import unversioned, write_if_new
from maille.secrets import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.inventory.schema.settings import StackState

FOLDER = ".maille"
"""Below an estate; a version control system is told to leave it alone."""
PROVIDER = Path(__file__).parents[2] / "infra" / "provider"
PROJECT = "maille"
_PATIENCE_S = 20
_STEP_S = 0.1


@dataclass(frozen=True, slots=True)
class Place:
    """A stack's state and the folder that the engine works in."""

    work: Path
    backend: str
    passphrase: str
    """Of the secrets provider; the state holds no secret that it would keep."""

    @property
    def home(self) -> Path:
        """Give the folder in which the engine keeps what is its own."""
        return self.work.parent / "home"

    @property
    def unfinished(self) -> Path:
        """Give the file that names a run while it changes the cluster, and if it was cut off."""
        return self.work.parent / "unfinished"

    @property
    def cut_off(self) -> str | None:
        """Give the run that was cut off, `up` or `destroy`; None if there is none."""
        try:
            return self.unfinished.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    @property
    def local(self) -> Path | None:
        """Give the folder of a local backend, or None."""
        kind, found, path = self.backend.partition("file://")
        return Path(path) if found and not kind else None


def place_of(estate: Path, state: StackState) -> Place:
    """Give the place of an estate's stack, and make its folders.

    Raises:
        SecretError: the reference to the passphrase gives none.
    """
    folder = unversioned((estate / FOLDER).resolve())
    work = folder / "work"
    work.mkdir(exist_ok=True)
    write_if_new(work / "Pulumi.yaml", _project())
    backend = state.backend
    if backend is None:
        (folder / "state").mkdir(exist_ok=True)
        backend = f"file://{folder / 'state'}"
    return Place(work, backend, resolve(state.passphrase) if state.passphrase else "")


def _project() -> str:
    provider = {"name": "ceph", "path": str(PROVIDER.resolve())}
    return json.dumps(
        {"name": PROJECT, "runtime": "python", "plugins": {"providers": [provider]}}, indent=2
    )


def release_dead_locks(place: Place) -> None:
    """Remove what engines that are gone leave behind: their locks, and files half written.

    A lock of another machine stays, for nothing here tells whether its engine lives.
    """
    for lock in _locks(place):
        try:
            holder = json.loads(lock.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if holder.get("hostname") == socket.gethostname() and not _alive(int(holder["pid"])):
            lock.unlink(missing_ok=True)
    if place.local and not any(_locks(place)):
        for left in (*_lock_files(place, "*.attrs"), *place.local.rglob("*.tmp")):
            left.unlink(missing_ok=True)


def forget_logs(place: Place) -> None:
    """Remove the logs of the engine: in a form that nobody reads, and can search for keys."""
    shutil.rmtree(place.home / "logs", ignore_errors=True)


def await_engines(place: Place) -> None:
    """Wait for an engine that outlived its command: it sees so, and ends by itself.

    Raises:
        MailleError: it goes on; somebody else runs the same stack.
    """
    end = time.monotonic() + _PATIENCE_S
    while holders := sorted({pid for lock in _locks(place) if (pid := _holder(lock))}):
        if time.monotonic() > end:
            raise MailleError(
                f"another run on this estate goes on: process {holders[0]}",
                "wait for its end, then try again",
            )
        time.sleep(_STEP_S)


def _holder(lock: Path) -> int | None:
    """Give the engine on this machine that holds a lock and lives, or None."""
    try:
        holder = json.loads(lock.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    here = holder.get("hostname") == socket.gethostname()
    return int(holder["pid"]) if here and _alive(int(holder["pid"])) else None


def _locks(place: Place) -> Iterator[Path]:
    return _lock_files(place, "*.json")


def _lock_files(place: Place, pattern: str) -> Iterator[Path]:
    """Give files of locks; beside each, `.attrs` tells its type."""
    if place.local:
        yield from (place.local / ".pulumi" / "locks").rglob(pattern)


def _alive(pid: int) -> bool:
    try:
        name = Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
    except OSError:
        return _answers(pid)
    return name == "pulumi"


def _answers(pid: int) -> bool:
    """Ask where there is no /proc; a process of somebody else's answers by refusing."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not Path("/proc").is_dir()
