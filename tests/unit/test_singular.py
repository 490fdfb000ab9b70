"""One of a thing is told in the singular."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAILLE = str(Path(sys.executable).with_name("maille"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("check",), "1 member commune, 12 cameras"),
        (("wave", "status"), "8 enrolled, 1 commune,"),
    ],
)
def test_one_is_one(words: tuple[str, ...], told: str) -> None:
    done = subprocess.run(
        [MAILLE, *words, "inventory/malataverne"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert told in done.stdout + done.stderr
