"""One command at a time on one twin."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def alone(folder: Path) -> Iterator[Path]:
    """Keep others from starting or stopping the same twin meanwhile; give the lock's file."""
    path = folder.absolute().parent / f".{folder.name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        with path.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not _is_at(lock, path):
                continue  # whoever held it has erased the twin, and the lock with it
            yield path
            return


def _is_at(lock: IO[str], path: Path) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(lock.fileno()), path.stat())
    return False
