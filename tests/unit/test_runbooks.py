"""What holds for every runbook that there is."""

from __future__ import annotations

import pytest
from tests.estates import ROOT
from tests.runbooks import RUNBOOKS, commands

INDEX = (RUNBOOKS / "README.md").read_text(encoding="utf-8")
NAMES = sorted({file.name for file in RUNBOOKS.glob("*.md")} - {"README.md"})


@pytest.mark.parametrize("name", NAMES)
def test_it_says_who_and_when_and_is_listed_and_followed(name: str) -> None:
    first = (RUNBOOKS / name).read_text(encoding="utf-8").split("\n## ")[0]
    for question in ("Who", "When", "What you need"):
        assert f"**{question}:**" in first
    assert f"]({name})" in INDEX
    assert commands(name)
    call = f'follow("{name}"'
    tests = (ROOT / "tests").rglob("test_*.py")
    assert any(call in file.read_text(encoding="utf-8") for file in tests)
