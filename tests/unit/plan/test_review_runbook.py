"""The runbook for whoever merges: each of its commands works, in its order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.runbooks import clone, follow

if TYPE_CHECKING:
    from pathlib import Path


def test_every_command_of_the_runbook_works(tmp_path: Path) -> None:
    folder = clone(tmp_path / "clone", "inventory")
    printed = follow("review-a-change.md", folder)
    assert "VLAN 155 is given to segment 28999/plaine-sud/cameras" in printed
    assert "## What changes" in (folder / "plan.md").read_text("utf-8")
    document = json.loads((folder / "plan.json").read_text("utf-8"))
    joins = document["changes"][0]
    assert (joins["kind"], joins["id"], joins["action"]) == ("commune", "28999", "added")
