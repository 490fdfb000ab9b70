"""One writer at a time in a folder."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterable, Iterator


@contextmanager
def alone_in(folders: Iterable[pathlib.Path]) -> Iterator[None]:
    """Wait until nobody else writes in any of the folders, and keep others waiting.

    The lock is the system's: it leaves nothing behind, and a process that is killed gives it
    back. Folders are taken in their order, so that two writers never wait for each other.
    """
    with ExitStack() as held:
        for folder in sorted(folders):
            held.enter_context(_locked(folder))
        yield


if sys.platform == "win32":

    @contextmanager
    def _locked(folder: pathlib.Path) -> Iterator[None]:
        """Do without: Windows does not lock folders."""
        del folder
        yield

else:
    import fcntl

    @contextmanager
    def _locked(folder: pathlib.Path) -> Iterator[None]:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
