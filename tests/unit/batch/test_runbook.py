"""The runbook for integrators: each of its commands works, in its order."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
RUNBOOK = ROOT / "runbooks" / "add-a-batch.md"
AS_OF = "2026-12-01"
"""The day on which the runbook is followed; otherwise the test would age with the samples."""
_DATED = ("check", "allocation settle", "plan", "build")
_ENDS = re.compile(r"# ends with (\d)")


def commands() -> list[str]:
    """Give the lines of all code blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", RUNBOOK.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


def dated(command: str) -> str:
    """Give a command with the day, where it judges by one."""
    for name in _DATED:
        if command.startswith(f"maille {name}"):
            return command.replace(f"maille {name}", f"maille {name} --as-of {AS_OF}", 1)
    return command


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Give a repository with the inventory and the runbooks, committed."""
    for part in ("inventory", "runbooks"):
        shutil.copytree(ROOT / part, tmp_path / part)
    run = [["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Start"]]
    for arguments in run:
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True, env=environment(tmp_path))  # noqa: S607
    return tmp_path


def environment(home: Path) -> dict[str, str]:
    """Give the environment of somebody with maille on the path and a name for git."""
    who = {
        f"GIT_{role}_{what}": "tester@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**who, "PATH": path, "HOME": str(home), "LANG": "C.UTF-8"}


def test_every_command_of_the_runbook_works(clone: Path) -> None:
    lines = commands()
    script = []
    for line in lines:
        ends = _ENDS.search(line)
        expected = ends.group(1) if ends else "0"
        script += [
            dated(line),
            f'code=$?; [ $code -eq {expected} ] || {{ echo "ends with $code: {line}"; exit 9; }}',
        ]
    done = subprocess.run(
        ["bash", "-c", "\n".join(script)],  # noqa: S607
        cwd=clone,
        env=environment(clone),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert len(lines) > 12
    text = (clone / "inventory/chartres/communes/28060-briconville.yaml").read_text()
    assert 'mac: "b8:a4:4f:1e:00:04"' in text
    assert "switch 28060-ecole" in done.stdout
    status = ["git", "status", "--porcelain", "inventory"]
    left = subprocess.run(status, cwd=clone, capture_output=True, check=True)
    assert left.stdout == b"", "the runbook commits all that it changes"
