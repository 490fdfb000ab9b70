"""The runbook for whoever takes an estate over: each of its commands works, in its order."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.estates import AS_OF, ROOT, commit

if TYPE_CHECKING:
    import pytest

RUNBOOK = ROOT / "runbooks" / "adopt-an-estate.md"
DATED = ("adopt", "allocation settle", "allocation verify", "allocation list", "check")


def commands() -> list[str]:
    """Give the lines of all code blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", RUNBOOK.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


def tried(line: str) -> str:
    """Give a command with the day, where it judges by one, and what makes it fail the test."""
    command, _, comment = line.partition("#")
    for name in DATED:
        prefix = f"maille {name}"
        if command.startswith(f"{prefix} "):
            command = command.replace(prefix, f"{prefix} --as-of {AS_OF}", 1)
    ends = re.search(r"ends with (\d)", comment)
    code = ends[1] if ends else "0"
    return f'{command}\n[ $? -eq {code} ] || {{ echo "not {code}: {command.strip()}"; exit 9; }}'


def test_every_command_of_the_runbook_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("inventory/catalogue", "inventory/.schema", "tests/golden/adopt"):
        shutil.copytree(ROOT / part, tmp_path / part)
    commit(tmp_path, "Start")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "somebody")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "somebody@example.org")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", "\n".join(map(tried, commands()))],  # noqa: S607  # whose bash it is
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "nothing to change" in done.stdout
    assert (tmp_path / "inventory" / "bourg" / "adoption.json").is_file()
