"""The demonstration: each of its commands works, says first what it shows, and fits a terminal."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.estates import MAILLE, ROOT

if TYPE_CHECKING:
    from subprocess import CompletedProcess


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> CompletedProcess[str]:
    """Run it once, in a folder of its own that it calls `out`."""
    out = os.path.relpath(tmp_path_factory.mktemp("demo"), ROOT)
    path = f"{Path(MAILLE).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", str(ROOT / "scripts" / "demo.sh")],  # noqa: S607  # whose sh it is
        env={**os.environ, "OUT": out, "PATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    done.stdout = done.stdout.replace(out, "out")
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
    ):
        assert word in demo.stdout


def test_it_fits_a_terminal_but_for_places_and_paths(demo: CompletedProcess[str]) -> None:
    ours = re.compile(r"\S+:\d+:\d+  |  (?:the estate book|the command itself) ")
    lines = [line for line in demo.stdout.splitlines() if not ours.match(line)]
    assert [line for line in lines if len(line) > 100] == []
