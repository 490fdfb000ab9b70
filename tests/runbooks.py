"""Runbooks as a reader follows them: every command, in one shell, and what is then to be seen.

A block of `sh` holds commands, a line each; `# ends with 3` behind one names its exit code if that
is not 0. A block of `text` shows lines that one of the commands before it has printed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from tests.estates import AS_OF, MAILLE, ROOT, commit

from maille.recording.engine.cache import cache as engines

if TYPE_CHECKING:
    from datetime import date

RUNBOOKS = ROOT / "runbooks"

_DATED = re.compile(
    r"\bmaille (adopt|audit config|build|check|plan|allocation (?:list|settle|verify)"
    r"|storage (?:plan|up|refresh|destroy|key|rotate|revoke|size)|twin (?:up|recorded?)"
    r"|health (?:sweep|check))\b"
)
"""Commands that judge by a day: without it a test would age with the samples."""
_ASKING = re.compile(r"\bmaille health (sweep|check)\b")
"""Commands that ask agents: on a machine that runs other tests these take their time."""
_ENDS = re.compile(r"# ends with (\d)\b")


def clone(folder: Path, *parts: str) -> Path:
    """Make a repository with parts of this one, committed on `main`."""
    for part in parts:
        shutil.copytree(ROOT / part, folder / part)
    commit(folder, "Start")
    return folder


def commands(runbook: str) -> list[str]:
    """Give the commands of a runbook."""
    return [line for kind, lines in _blocks(runbook) if kind == "sh" for line in lines]


def follow(runbook: str, folder: Path, day: date = AS_OF) -> str:
    """Run all commands of a runbook in a folder; give what they print.

    A command that does not end as it should fails the test, and so does a line that a reader is
    told to see and does not: on either stream, for a reader has both before them.
    """
    temporary = folder.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    script = "\n".join(_tried(command, day) for command in commands(runbook))
    done = subprocess.run(
        ["bash", "-c", script],  # noqa: S607  # whose bash it is
        cwd=folder,
        env=_environment(folder, temporary),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    seen = {line.rstrip() for line in (done.stdout + done.stderr).splitlines()}
    shown = [line for kind, lines in _blocks(runbook) if kind == "text" for line in lines]
    missing = [line for line in shown if line not in seen]
    assert missing == [], f"not to be seen: {missing}\n{done.stdout[-3000:]}"
    return done.stdout


def _blocks(runbook: str) -> list[tuple[str, list[str]]]:
    """Give the blocks of code, each with its kind and the lines that are not empty."""
    text = (RUNBOOKS / runbook).read_text(encoding="utf-8")
    found = re.findall(r"^```(\w+)\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)
    return [(kind, [line for line in body.splitlines() if line]) for kind, body in found]


def _tried(line: str, day: date) -> str:
    """Give a command with the day, where it judges by one, and what makes it fail the test."""
    ends = _ENDS.search(line)
    command = line[: ends.start()].rstrip() if ends else line
    code = ends[1] if ends else "0"
    dated = _DATED.sub(rf"maille \1 --as-of {day}", command)
    dated = _ASKING.sub(r"maille health \1 --timeout 2", dated)
    told = command.replace("'", "'\\''")
    return (
        f"{dated}\ncode=$?; [ $code -eq {code} ] || {{ echo 'ends with '$code': {told}'; exit 9; }}"
    )


def _environment(home: Path, temporary: Path) -> dict[str, str]:
    """Give the environment of somebody with maille on the path, or cloned, and a name for git."""
    who = {
        f"GIT_{role}_{what}": "tester@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    path = f"{Path(MAILLE).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"PYTHONPATH": str(home / "tool")} if (home / "tool").is_dir() else {}
    return {
        **who,
        **own,
        "PATH": path,
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "XDG_CACHE_HOME": str(engines().parents[1]),
        "LANG": "C.UTF-8",
    }
