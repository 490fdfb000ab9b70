"""The processes of a command: those below it, and those that have outlived it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = "MAILLE_TEST_MARK"
"""A variable of the environment: every process that a marked command starts inherits it."""

Role = Literal["engine", "provider"]


@dataclass(frozen=True, slots=True)
class Process:
    """A process as it was found."""

    pid: int
    words: tuple[str, ...]

    @property
    def role(self) -> Role | None:
        """Say what it is for: an engine that has begun with the stack, or a provider."""
        if "maille.infra.provider" in self.words:
            return "provider"
        if self.words[0].endswith("/pulumi") and "version" not in self.words:
            return "engine"
        return None


def below(pid: int) -> Iterator[Process]:
    """Give what a process has started, and what that has started in turn."""
    for child in _children(pid):
        words = _words(child)
        if words:
            yield Process(child, words)
        yield from below(child)


def marked(mark: str) -> list[Process]:
    """Give all processes on this machine that bear a mark, whoever their parent is by now."""
    wanted = f"{MARK}={mark}".encode()
    entries = (entry for entry in Path("/proc").iterdir() if entry.name.isdigit())
    pids = [int(one.name) for one in entries if wanted in _read(one / "environ").split(b"\0")]
    return [Process(pid, _words(pid)) for pid in pids]


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in _read(task).split()]


def _words(pid: int) -> tuple[str, ...]:
    """Give the command line; nothing of a process that has ended."""
    return tuple(_read(Path(f"/proc/{pid}/cmdline")).decode().split("\0")[:-1])


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""  # it has ended meanwhile
