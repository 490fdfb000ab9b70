"""Codes on the command line: completed, and a mistyped one is answered with its neighbour."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

MAILLE = Path(sys.executable).with_name("maille")


def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MAILLE, *words], env={**os.environ, **more}, capture_output=True, text=True, check=False
    )


def test_codes_are_completed() -> None:
    line = "maille check --explain N01"
    asked = run(_MAILLE_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD="3")
    assert asked.stdout.split() == [f"N01{number}" for number in range(10)]


def test_a_mistyped_code_is_answered_with_its_neighbour() -> None:
    asked = run("check", "--explain", "NO12")
    assert asked.returncode == 2
    assert "did you mean `N012`?" in asked.stderr
