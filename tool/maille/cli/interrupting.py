"""Ctrl-C while a call to the cluster does not come back.

libcephfs waits for a metadata server for ever, and Python raises KeyboardInterrupt between two
steps of the main thread only: never, then. What learns of a signal at once is a file descriptor,
and a thread that reads from it.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from maille.ceph.errors import CephOutOfReachError
from maille.cli.edge import INTERRUPTED, told

if TYPE_CHECKING:
    from collections.abc import Iterator

GRACE_S = 5.0
"""For the command to end by itself: what is mounted takes its leave."""
_SHOW_CURSOR = "\x1b[?25h"
"""A progress bar hides it."""


@contextmanager
def interruptible() -> Iterator[None]:
    """See that Ctrl-C ends the process, whatever it waits for while a `with` lasts."""
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    left = threading.Event()
    before = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_watch, args=(ours, left), daemon=True).start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        left.set()
        theirs.close()


def _watch(signals: socket.socket, left: threading.Event) -> None:
    """Read the numbers of signals until the other side is closed."""
    with signals:
        while number := signals.recv(1):
            if number[0] == signal.SIGINT and not left.wait(GRACE_S):
                _end()


def _end() -> None:
    if sys.stderr.isatty():
        sys.stderr.write(_SHOW_CURSOR)
    told(
        CephOutOfReachError(
            "interrupted while the cluster did not answer",
            "see `ceph fs status`; what was begun is taken up by the next run",
        )
    )
    sys.stderr.flush()
    os._exit(INTERRUPTED)
