"""The daemons of a twin: started, found again later, signalled, and seen to end.

Whether a process belongs to a twin is seen from its command line; the number in a file of ours
alone proves nothing, for the kernel gives numbers again. Signals go through a handle (pidfd)
that is taken before the command line is read, so they cannot miss.
"""

from __future__ import annotations

import os
import re
import select
import signal
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from maille.errors import MailleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_PATIENCE_S = 5.0
_PATIENCE_WITH_KILLED_S = 60.0
"""The kernel gives back all that a process held before it ends: seconds on a loaded machine."""
_PAUSE_S = 0.001
_AT_ONCE = 400
"""A process may have 1,024 handles, and `select` takes no more."""
_LAST_LINES = 5
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Record(Protocol):
    """What a twin's folder says about its daemons."""

    @property
    def folder(self) -> Path:
        """Give the folder, which has `run` and `log` in it."""

    @property
    def daemons(self) -> Sequence[str]:
        """Give the names of all daemons."""

    def command(self, name: str) -> Sequence[str]:
        """Give the program of a daemon, by its path, and its arguments.

        Raises MailleError if it is not installed.
        """

    def environment(self, name: str) -> Mapping[str, str]:
        """Give the environment of a daemon."""

    def owns(self, words: Sequence[bytes]) -> bool:
        """Say whether a process with this command line is one of this twin's."""


@dataclass(frozen=True, slots=True)
class Running:
    """A live daemon: its name, its process, and the memory that it holds."""

    name: str
    pid: int
    rss_bytes: int


def launch(record: Record, name: str) -> None:
    """Start a daemon, in a session of its own; one that runs already is left alone.

    It lives on when this process ends. Raises MailleError where it cannot be started at all;
    whether it comes up is seen from what it serves.
    """
    if running(record, name):
        return
    command = list(record.command(name))
    output = record.folder / "log" / f"{name}.out"
    with _undisturbed() as signals:
        pid = os.posix_spawn(
            command[0],
            command,
            record.environment(name),
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
            setsid=True,
            setsigmask=signals,
        )
        _pid_file(record, name).write_text(f"{pid}\n", encoding="ascii")
        while not (_is_ours(record, pid) or _has_ended(pid)):
            time.sleep(_PAUSE_S)  # the kernel takes a moment to give it its command line


@contextmanager
def _undisturbed() -> Iterator[set[int]]:
    """Let no Ctrl-C come before a start is noted and seen; give the signals blocked before.

    Whoever ends what was started knows it by its command line, and would miss it before.
    """
    signals = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield {int(number) for number in signals}
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, signals)


def running(record: Record, name: str) -> Running | None:
    """Give a daemon if it runs."""
    pid = _noted_pid(record, name)
    if pid is None:
        return None
    if _has_ended(pid) or not _is_ours(record, pid):
        return None
    return Running(name, pid, _rss_bytes(pid))


def all_running(record: Record) -> tuple[Running, ...]:
    """Give the daemons that run."""
    found = (running(record, name) for name in record.daemons)
    return tuple(daemon for daemon in found if daemon)


def stop(record: Record, names: Iterable[str], patience_s: float = _PATIENCE_S) -> None:
    """Ask daemons to end, all at once; those that still run after the patience are killed."""
    names = tuple(names)
    left = _signal_and_wait(record, names, signal.SIGTERM, patience_s)
    if left:
        kill(record, left)


def kill(record: Record, names: Iterable[str]) -> None:
    """End daemons as a power cut does. Raises MailleError if one cannot be ended."""
    left = _signal_and_wait(record, tuple(names), signal.SIGKILL, _PATIENCE_WITH_KILLED_S)
    if left:
        raise MailleError(
            f"{', '.join(left)} did not end although killed",
            "the disk may hang; look for processes in state D: ps -eo pid,stat,args",
        )


def kill_all(record: Record) -> None:
    """End every process of a twin at once: also one that is noted nowhere, or makes files."""
    kill(record, record.daemons)
    pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    for pid in [pid for pid in pids if _is_ours(record, pid)]:
        with suppress(ProcessLookupError):
            handle = os.pidfd_open(pid)
            if _is_ours(record, pid):
                signal.pidfd_send_signal(handle, signal.SIGKILL)
                _await_end({handle}, _PATIENCE_WITH_KILLED_S)
            os.close(handle)


def send(record: Record, name: str, number: signal.Signals) -> None:
    """Send a signal to a daemon; nothing happens if it does not run."""
    for handle in _handles(record, (name,)).values():
        signal.pidfd_send_signal(handle, number)
        os.close(handle)


def last_words(record: Record, name: str) -> str:
    """Give the last lines that a daemon said on its standard error before it ended."""
    said = (record.folder / "log" / f"{name}.out").read_text(errors="replace").strip()
    lines = _COLOUR.sub("", said).splitlines()
    return "\n".join(lines[-_LAST_LINES:]) or "without a word"


def _signal_and_wait(
    record: Record, names: tuple[str, ...], number: signal.Signals, patience_s: float
) -> tuple[str, ...]:
    """Give the names of those that have not ended within the patience."""
    left: list[str] = []
    for start in range(0, len(names), _AT_ONCE):
        left += _signal_and_wait_for_some(
            record, names[start : start + _AT_ONCE], number, patience_s
        )
    return tuple(left)


def _signal_and_wait_for_some(
    record: Record, names: tuple[str, ...], number: signal.Signals, patience_s: float
) -> tuple[str, ...]:
    handles = _handles(record, names)
    try:
        for handle in handles.values():
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(handle, number)
        left = _await_end(set(handles.values()), patience_s)
    finally:
        for handle in handles.values():
            os.close(handle)
    for name in names:
        running(record, name)  # takes the ended process off the table if it was our child
    return tuple(name for name, handle in handles.items() if handle in left)


def _await_end(handles: set[int], patience_s: float) -> set[int]:
    end = time.monotonic() + patience_s
    left = set(handles)
    while left and (rest := end - time.monotonic()) > 0:
        ended, _, _ = select.select(left, [], [], rest)
        left -= set(ended)
    return left


def _handles(record: Record, names: Iterable[str]) -> dict[str, int]:
    """Give a handle on each daemon that runs, to be closed by the caller."""
    return dict(_open_handles(record, names))


def _open_handles(record: Record, names: Iterable[str]) -> Iterator[tuple[str, int]]:
    for name in names:
        pid = _noted_pid(record, name)
        if pid is None:
            continue
        try:
            handle = os.pidfd_open(pid)
        except OSError:
            continue
        if _is_ours(record, pid):
            yield name, handle
        else:
            os.close(handle)


def _is_ours(record: Record, pid: int) -> bool:
    """Say whether a process lives and is of this twin; one that ended has no command line."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return record.owns(words)


def _noted_pid(record: Record, name: str) -> int | None:
    try:
        pid = int(_pid_file(record, name).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return pid if pid > 0 else None


def _pid_file(record: Record, name: str) -> Path:
    return record.folder / "run" / f"{name}.pid"


def _has_ended(pid: int) -> bool:
    """Say whether a child of this process has ended, and take it off the table if so."""
    with suppress(ChildProcessError):
        return os.waitpid(pid, os.WNOHANG) != (0, 0)
    return False


def share_bytes(pid: int) -> int:
    """Give the memory of a process, of what it shares its part (PSS); 0 if it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _rss_bytes(pid: int) -> int:
    with suppress(OSError, ValueError, IndexError):
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0
