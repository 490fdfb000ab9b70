"""Building the engine from its Go modules, whose versions and hashes infra/engine pins."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from maille.errors import MailleError
from maille.recording.engine.version import PINNED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    Progress = Callable[[str, int | None], AbstractContextManager[Callable[[], None]]]

MODULE = Path(__file__).parents[2] / "infra" / "engine"
_PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
_VERSION = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"
_ROOM_BYTES = 6 << 30
_LAST_LINES = 3

_GUARD = """
setsid "$@" &
trap 'kill -s KILL -- -$! 2>/dev/null || kill -s KILL $!; wait; rm -rf "$0"; exit 143' TERM INT HUP
wait $!
"""
"""Runs a program in a session of its own; told to end, it ends all of that, and removes the work
folder ($0)."""


def build(work: Path, progress: Progress) -> Path:
    """Build the pinned engine, and give the folder whose `bin/pulumi` it is.

    Args:
        work: an empty folder; sources and intermediate results, 5.5 GB, stay in it.
        progress: `progress(title, total)` gives what is called after each step.

    Raises MailleError where Go is missing or too old, there is no room, or the build fails.
    """
    go = _go()
    free = shutil.disk_usage(work).free
    if free < _ROOM_BYTES:
        raise MailleError(f"{work.parent} has {free >> 20} MiB left, building needs 6 GiB")
    with progress("fetching the engine's Go modules", None) as step:
        packages = list(_lines(work, [go, "list", "-deps", _PACKAGE], step))
    with progress("building the engine", len(packages)) as step:
        for _ in _lines(work, _build_command(go, work), step):
            pass
    return work / "root"


def _go() -> str:
    """Give Go's program. Raises MailleError where it is missing or older than go.mod wants."""
    go = shutil.which("go")
    wanted = _numbers(_directive())
    if go is None:
        raise MailleError(f"Go is not installed, and building needs {_directive()} or newer")
    said = subprocess.run(  # noqa: S603 - the go of the PATH
        [go, "version"],
        env=os.environ | {"GOTOOLCHAIN": "local"},
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    found = re.search(r"\bgo(\d+\.\d+(\.\d+)?)", said)
    if not found or _numbers(found[1]) < wanted:
        version = found[1] if found else "of no known version"
        raise MailleError(f"{go} is {version}, and building needs {_directive()} or newer")
    return go


def _directive() -> str:
    """Give the version of Go that go.mod asks for."""
    text = (MODULE / "go.mod").read_text(encoding="utf-8")
    found = re.search(r"^go (\S+)$", text, flags=re.MULTILINE)
    if not found:
        raise ValueError(f"{MODULE / 'go.mod'} names no version of Go")
    return found[1]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _build_command(go: str, work: Path) -> list[str]:
    flags = ["-v", "-trimpath", "-buildvcs=false", f"-ldflags=-s -w -X {_VERSION}=v{PINNED}"]
    return [go, "build", *flags, "-o", str(work / "root" / "bin" / "pulumi"), _PACKAGE]


def _lines(work: Path, command: Sequence[str], step: Callable[[], None]) -> Iterator[str]:
    """Run Go in the module's folder; give each line it says, and count them as steps."""
    last: list[str] = []
    with ExitStack() as stack:
        process = subprocess.Popen(  # noqa: S603 - the go of the PATH
            [*_guarded(), "sh", "-c", _GUARD, str(work), *command],
            cwd=MODULE,
            env=_environment(work),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        stack.enter_context(process)
        stack.callback(process.terminate)
        for line in process.stdout or ():
            last = [*last, line.strip()][-_LAST_LINES:]
            step()
            yield line.strip()
        code = process.wait()
    if code:
        raise MailleError(f"`go {command[1]}` failed with {code}: {' / '.join(last)}")


def _guarded() -> list[str]:
    """Let the kernel tell the guard to end if this process is killed, where it can."""
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def _environment(work: Path) -> dict[str, str]:
    """Keep all that Go writes in the work folder, and the user's way to its modules."""
    for name in ("path", "cache", "tmp"):
        (work / name).mkdir(exist_ok=True)
    return os.environ | {
        "GOPATH": str(work / "path"),
        "GOMODCACHE": str(work / "path" / "pkg" / "mod"),
        "GOCACHE": str(work / "cache"),
        "GOTMPDIR": str(work / "tmp"),
        "GOFLAGS": "-mod=readonly -modcacherw",
        "GOTOOLCHAIN": "local",
        "GOWORK": "off",
        "CGO_ENABLED": "0",
    }
