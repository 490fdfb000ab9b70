"""Which version of the engine suits, and what an engine says of itself."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE_S = 20


class Version(NamedTuple):
    """A version, as far as it counts here."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        """Give it as written: `3.259.0`."""
        return ".".join(str(part) for part in self)


PINNED = Version(3, 259, 0)
"""Of the library in pyproject.toml and of the modules in infra/engine: one version for all."""


def problem_of(version: Version) -> str:
    """Say why an engine does not suit; nothing if it does.

    A newer engine understands an older library, so far as the major number is the same; an
    older one may lack calls that the library makes, and would fail in the middle of a change.
    """
    if version.major != PINNED.major:
        return f"another major version than the library, {PINNED.major}"
    if version < PINNED:
        return f"older than the library, {PINNED}"
    return ""


def version_of(engine: Path) -> Version | str:
    """Ask an engine for its version; a text says why it gave none."""
    try:
        answer = subprocess.run(  # noqa: S603 - the very program that is looked for
            [engine, "version"],
            env=os.environ | {"PULUMI_SKIP_UPDATE_CHECK": "true"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE_S,
            check=False,
        )
    except OSError as error:
        return f"cannot be run: {error.strerror}"
    except subprocess.TimeoutExpired:
        return f"tells no version within {_PATIENCE_S} s"
    if answer.returncode:
        return f"`pulumi version` fails with {answer.returncode}"
    said = answer.stdout.strip()
    found = re.fullmatch(r"v?(\d+)\.(\d+)\.(\d+)(-[\w.]+)?(\+[\w.-]+)?", said)
    if not found:
        return f"`pulumi version` says '{said[:40]}', which is no version"
    if found[4]:
        return f"{said} is no release"
    return Version(int(found[1]), int(found[2]), int(found[3]))
