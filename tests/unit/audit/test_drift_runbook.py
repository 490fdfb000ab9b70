"""The runbook for network engineers who audit: each of its commands works, in its order."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

from tests.runbooks import clone, follow

if TYPE_CHECKING:
    from pathlib import Path


def test_every_command_of_the_runbook_works(tmp_path: Path) -> None:
    folder = clone(tmp_path / "clone", "inventory", "runbooks")
    printed = follow("audit-drift.md", folder)
    assert "snmp-server community <hidden> RO" in printed
    assert "releve" not in printed
    proof = json.loads((folder / "out" / "audit.json").read_text("utf-8"))
    assert proof["fails"] is False
    waived = [each for each in proof["findings"]["findings"] if each["waiver"]]
    assert {each["code"] for each in waived} == {"D002", "H213"}
    changed = ["git", "diff", "--stat", "main", "--", "inventory"]
    told = subprocess.run(changed, cwd=folder, capture_output=True, encoding="utf-8", check=True)
    assert "2 files changed, 13 insertions(+)" in told.stdout
