"""The runbook for whoever takes an estate over: each of its commands works, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.runbooks import clone, follow

if TYPE_CHECKING:
    from pathlib import Path


def test_every_command_of_the_runbook_works(tmp_path: Path) -> None:
    parts = ("inventory/catalogue", "inventory/.schema", "tests/golden/adopt")
    folder = clone(tmp_path / "clone", *parts)
    assert "nothing to change" in follow("adopt-an-estate.md", folder)
    assert (folder / "inventory" / "bourg" / "adoption.json").is_file()
