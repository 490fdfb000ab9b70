"""The runbook for integrators: each of its commands works, in its order."""

from __future__ import annotations

import subprocess
from datetime import date
from typing import TYPE_CHECKING

from tests.runbooks import clone, follow

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 12, 1)
"""The day on which the batch is imported."""


def test_every_command_of_the_runbook_works(tmp_path: Path) -> None:
    folder = clone(tmp_path / "clone", "inventory", "runbooks")
    printed = follow("add-a-batch.md", folder, DAY)
    text = (folder / "inventory/chartres/communes/28060-briconville.yaml").read_text()
    assert 'mac: "b8:a4:4f:1e:00:04"' in text
    assert "switch 28060-ecole" in printed
    status = ["git", "status", "--porcelain", "inventory"]
    left = subprocess.run(status, cwd=folder, capture_output=True, check=True)
    assert left.stdout == b"", "the runbook commits all that it changes"
