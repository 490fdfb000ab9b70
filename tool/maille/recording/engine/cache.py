"""Where an engine is kept that was got by this tool: the user's cache."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from maille.recording.engine.version import PINNED

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORK = ".work-"


def cache() -> Path:
    """Give the folder of all engines."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "maille" / "engine"


def cached_root() -> Path:
    """Give the folder of the pinned engine; `bin/pulumi` is in it, if it was got."""
    return cache() / str(PINNED)


@contextmanager
def work_folder() -> Iterator[Path]:
    """Give an empty folder on the cache's disk, to one process at a time; it is removed after.

    Whoever comes meanwhile waits. What a process left that was killed is removed first.
    """
    folder = cache()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in folder.glob(f"{_WORK}*"):
            shutil.rmtree(left)
        work = Path(tempfile.mkdtemp(prefix=_WORK, dir=folder))
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def keep(root: Path) -> None:
    """Let a folder with `bin/pulumi` in it become the pinned engine, in one step."""
    if cached_root().exists():
        shutil.rmtree(cached_root())
    root.rename(cached_root())
