"""The demonstration: each of its commands works, says first what it shows, and fits a terminal."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.estates import MAILLE, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from subprocess import CompletedProcess


COMMAND = ["sh", str(ROOT / "scripts" / "demo.sh")]
PATIENCE_S = 600


def around(folder: Path) -> dict[str, str]:
    """Give an environment in which it writes to a folder, and has its cluster there, too."""
    path = f"{Path(MAILLE).parent}{os.pathsep}{os.environ['PATH']}"
    places = {"OUT": os.path.relpath(folder / "out", ROOT), "TMPDIR": str(folder / "t")}
    (folder / "t").mkdir()
    return {**os.environ, **places, "PATH": path}


def left(folder: Path) -> list[str]:
    """Give the command lines of what runs still in a folder, and the files of its labs."""
    lines = map(command_line, Path("/proc").glob("[0-9]*"))
    files = map(str, (folder / "t").iterdir())
    return [*(line for line in lines if str(folder) in line), *files]


def command_line(process: Path) -> str:
    """Give the command line of a process; nothing of one that has ended meanwhile."""
    try:
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def changed() -> str:
    """Give what is changed in the work tree."""
    command = ["git", "status", "--porcelain", "--", "inventory"]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout


@pytest.fixture(scope="module")
def short_folder() -> Iterator[Path]:
    """Give a folder whose name is short enough for the sockets of a cluster."""
    with tempfile.TemporaryDirectory(prefix="demo-") as name:
        yield Path(name)


@pytest.fixture(scope="module")
def demo(short_folder: Path) -> CompletedProcess[str]:
    """Run it once, in a folder of its own that it calls `out`."""
    before, environment = changed(), around(short_folder)
    done = subprocess.run(
        COMMAND, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert left(short_folder) == []
    assert changed() == before
    told = done.stdout.replace(environment["OUT"], "out")
    done.stdout = told.replace(environment["TMPDIR"], "t")
    return done


def test_it_works_and_ends_with_where_to_go_on(demo: CompletedProcess[str]) -> None:
    assert demo.returncode == 0, demo.stderr
    assert "error" not in demo.stderr
    end = demo.stdout.split("Where to go on\n")[1]
    (book,) = re.findall(r"the estate book +(\S+)", end)
    assert Path(book).is_file()
    for word in re.findall(r"(?:runbooks|inventory/chartres)/\S+\.\w+", end):
        assert (ROOT / word).is_file()


def test_every_command_is_told_before_and_shows_what_it_promises(
    demo: CompletedProcess[str],
) -> None:
    blocks = re.split(r"^\n?# ", demo.stdout, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(re.findall(r"^\$ ", demo.stdout, flags=re.MULTILINE))
    for block in blocks:
        why, command, answer = block.split("\n", 2)
        assert why.endswith((".", "?"))
        assert command.startswith("$ ")
        assert answer.strip(), command
    for word in (
        "runs out",
        "Who may see it",
        "description camera 28085-0001",
        "hardening.md",
        "+ switch 28999-mairie",
        "figures",
        "remediation",
        "HEALTH_OK",
        "65 added",
        "nothing needs a person",
        "of Coltainville (28104) is 900.00 MB",
        "~ Coltainville (28104): 900.00 MB becomes 1.83 GB",
        "does not answer; 5 unreachable behind it",
        "no longer redundant: link chartres-nord/2 of ring chartres-nord",
    ):
        assert word in demo.stdout
    assert len(re.findall(r"^(\d{3}) devices: \1 up$", demo.stdout, flags=re.MULTILINE)) == 2


def test_it_fits_a_terminal_but_for_places_and_paths(demo: CompletedProcess[str]) -> None:
    ours = re.compile(r"\S+:\d+:\d+  |  (?:the estate book|the command itself) ")
    lines = [line for line in demo.stdout.splitlines() if not ours.match(line)]
    assert [line for line in lines if len(line) > 100] == []


def test_ctrl_c_ends_all_that_it_started() -> None:
    with tempfile.TemporaryDirectory(prefix="demo-") as name:
        folder = Path(name)
        with subprocess.Popen(
            COMMAND,
            env=around(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            start_new_session=True,
        ) as running:
            assert running.stdout
            assert any("HEALTH_OK" in line for line in running.stdout), "no cluster was started"
            os.killpg(running.pid, signal.SIGINT)
            running.stdout.read()
            assert running.wait(PATIENCE_S) == 130
        assert left(folder) == []
