"""Progress of what takes longer than a second, on standard error."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import Lock, Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress, TaskID

_PATIENCE_S = 1.0


class _Bar:
    """A progress bar that appears late, from a thread of its own, and then follows the count."""

    def __init__(self, title: str, total: int | None) -> None:
        self._title = title
        self._total = total
        self._done = 0
        self._shown: tuple[Progress, TaskID] | None = None
        self._lock = Lock()
        self._closed = False

    def show(self) -> None:
        from rich.console import Console
        from rich.progress import Progress

        with self._lock:
            if self._closed:
                return
            progress = Progress(console=Console(stderr=True), transient=True)
            task = progress.add_task(self._title, total=self._total, completed=self._done)
            progress.start()
            self._shown = progress, task

    def step(self) -> None:
        self._done += 1
        if self._shown:
            progress, task = self._shown
            progress.update(task, completed=self._done)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            if self._shown:
                self._shown[0].stop()


@contextmanager
def progress(title: str, total: int | None, *, visible: bool) -> Iterator[Callable[[], None]]:
    """Give a function to call after each step; `total` is None where the end is unknown.

    Nothing appears in the first second, nor where standard error is no terminal.
    """
    if not (visible and sys.stderr.isatty()):
        yield lambda: None
        return
    bar = _Bar(title, total)
    timer = Timer(_PATIENCE_S, bar.show)
    timer.daemon = True
    timer.start()
    try:
        yield bar.step
    finally:
        timer.cancel()
        bar.close()
