"""What a command tells the subagent, and waits for."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from maille.errors import OutOfReachError
from maille.twin import processes
from maille.twin.agents.record import SUBAGENT

if TYPE_CHECKING:
    from maille.twin.agents.record import Record

_PATIENCE_S = 60.0
_PAUSE_S = 0.01
_ANSWER = b"done\n"


def reload(record: Record) -> None:
    """Let it show the faults that the folder has now."""
    _tell(record, "reload")


def expect(record: Record, *devices: str) -> None:
    """Let it know of agents that are about to start anew."""
    _tell(record, " ".join(["expect", *devices]))


def await_ready(record: Record, patience_s: float = _PATIENCE_S) -> None:
    """Wait until all agents that are to answer do so. Raises OutOfReachError if one does not."""
    _tell(record, "ready", patience_s)


def await_up(record: Record, patience_s: float = _PATIENCE_S) -> None:
    """Wait until a subagent that was just started listens. Raises OutOfReachError if it ends."""
    end = time.monotonic() + patience_s
    while time.monotonic() < end and processes.running(record, SUBAGENT):
        with suppress(OSError), socket.socket(socket.AF_UNIX) as channel:
            channel.connect(str(record.control))
            return
        time.sleep(_PAUSE_S)
    raise _silence(record)


def _tell(record: Record, line: str, patience_s: float = _PATIENCE_S) -> None:
    try:
        with socket.socket(socket.AF_UNIX) as channel:
            channel.settimeout(patience_s)
            channel.connect(str(record.control))
            channel.sendall(line.encode() + b"\n")
            answered = channel.makefile("rb").readline() == _ANSWER
    except OSError:
        answered = False
    if not answered:
        raise _silence(record)


def _silence(record: Record) -> OutOfReachError:
    return OutOfReachError(
        f"the devices of {record.folder} do not answer",
        f"see which do not run: maille twin status --only agents --folder {record.folder}",
    )
