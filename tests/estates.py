"""Copies of the sample estates to change, settle and commit, and the commands to try on them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from maille.allocation.files import require_lock, write_lock
from maille.allocation.settle import settle as settled_by
from maille.check.run import check
from maille.inventory.load import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.check.built import Built

ROOT = Path(__file__).parents[1]
INVENTORY = ROOT / "inventory"
COMPLETE = ROOT / "tests" / "golden" / "estates" / "complete"
AS_OF = date(2026, 11, 22)
"""The day of the samples: what is in service and what is planned is told from it."""

MAILLE = str(Path(sys.executable).with_name("maille"))


def copy(estate: Path, to: Path) -> Path:
    """Copy an estate and the catalogue beside it; give the estate's new folder."""
    for folder in (estate.parent / "catalogue", estate):
        shutil.copytree(folder, to / folder.name)
    return to / estate.name


def replace(file: Path, old: str, new: str) -> None:
    """Replace a text that a file holds once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name} holds {text.count(old)} times: {old}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def settle(estate: Path) -> None:
    """Give numbers to what has none yet."""
    settled = settled_by(load(estate).whole(), require_lock(estate), as_of=AS_OF)
    assert not any(finding.fails for finding in settled.findings)
    write_lock(estate, settled.lock)


def built(estate: Path) -> Built:
    """Build an estate as of the day of the samples."""
    return check(estate, AS_OF).built()


def git(folder: Path, *arguments: str) -> None:
    """Run git as somebody, whatever the machine's configuration says."""
    settings = (
        "user.name=somebody",
        "user.email=somebody@example.org",
        "commit.gpgsign=false",
        "tag.gpgsign=false",
        "init.defaultBranch=main",
        "core.hooksPath=/dev/null",
    )
    options = [word for setting in settings for word in ("-c", setting)]
    command = ["git", "-C", str(folder), *options, *arguments]
    subprocess.run(command, check=True, capture_output=True)


def commit(folder: Path, message: str) -> None:
    """Commit everything in a folder, which becomes a repository if it is none."""
    if not (folder / ".git").exists():
        git(folder, "init")
    git(folder, "add", "-A")
    git(folder, "commit", "-m", message)


def maille(
    *words: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the tool as a user does, as of the day of the samples."""
    return subprocess.run(
        [MAILLE, *map(str, words), "--as-of", AS_OF.isoformat()],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
