"""Which process it is, in a word that another one of the same machine can look up later."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")
_STARTED = 19
"""Of the fields of `/proc/PID/stat` behind the name: clock ticks since the machine's start."""
_ENDED = ("Z", "X")
"""States of a process that is over, and only its parent has not asked for the outcome."""


def own_mark() -> str:
    """Give the word for this process; nothing where the system does not tell.

    It holds the start of the machine and the space in which process numbers count, for in another
    container the same number is another process.
    """
    pid = os.getpid()
    space, started = _space(), _started(pid)
    return f"{space}.{pid}.{started}" if space and started else ""


def is_gone(mark: str) -> bool:
    """Say whether a process has ended for sure; of other machines' nobody here knows."""
    space, _, rest = mark.partition(".")
    pid, _, started = rest.partition(".")
    if not space or space != _space() or not pid.isdigit():
        return False
    return _started(int(pid)) != started


def _space() -> str:
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}-{(_PROC / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def _started(pid: int) -> str:
    """Give when a process began; nothing if it is not there any more."""
    try:
        told = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    fields = told.rpartition(")")[2].split()
    return "" if fields[0] in _ENDED else fields[_STARTED]
