"""Every rule, provoked by one mistake in a sample estate, and what it says of it.

A case in tests/golden/rules is named after its code. It names an estate, the edits that make
the mistake (a text that stands there once, and what it becomes) and whether the estate is
numbered anew; what `maille check` then says under that code stands beside it.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from maille.allocation.files import read_lock
from maille.allocation.lock import Lock
from maille.allocation.settle import settle
from maille.check.run import check_loaded
from maille.inventory.load import load
from maille.report.text import render_text
from maille.rules.registry import ALL_CODES, BLUEPRINT_RULES, ESTATE_RULES, IDLE_WAIVER

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.errors import Finding

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "golden" / "rules"
AS_OF = date(2026, 11, 22)
CATALOGUE_LINE = re.compile(r"^(catalogue/\w+\.yaml):[0-9]+", re.MULTILINE)
"""Every model that comes moves the lines of those behind it."""


def provoked(case: dict[str, Any], folder: Path) -> tuple[Finding, ...]:
    """Copy the estate of a case, make its mistake, and check."""
    shutil.copytree(ROOT / "inventory" / "catalogue", folder / "catalogue")
    estate = folder / case["estate"]
    shutil.copytree(ROOT / "inventory" / case["estate"], estate)
    for edit in case["edits"]:
        file = folder / edit["file"]
        if "remove" in edit:
            file.unlink()
            continue
        if "append" in edit:
            file.write_text(file.read_text(encoding="utf-8") + edit["append"], encoding="utf-8")
            continue
        text = file.read_text(encoding="utf-8")
        wanted = edit.get("times", 1)
        assert text.count(edit["replace"]) == wanted, f"{edit['replace']!r} in {edit['file']}"
        file.write_text(text.replace(edit["replace"], edit["with"]), encoding="utf-8")
    loaded = load(estate)
    lock = Lock() if case.get("fresh") else read_lock(estate)[0]
    if case.get("settle", True) and loaded.estate is not None and lock is not None:
        lock = settle(loaded.estate, lock, as_of=AS_OF, retire={"all"}, resize=()).lock
    return check_loaded(loaded, lock, case.get("as_of", AS_OF), estate).findings


def names() -> list[str]:
    return sorted(file.stem for file in CASES.glob("*.yaml"))


@pytest.mark.parametrize("name", names())
def test_a_mistake_is_told(
    name: str, tmp_path: Path, assert_golden: Callable[[str, Path], None]
) -> None:
    case = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    code = name.partition("-")[0]
    found = [finding for finding in provoked(case, tmp_path) if finding.code == code]
    assert found, f"{code} says nothing"
    text = render_text(found, width=100).replace(f"{tmp_path}/", "")
    assert_golden(CATALOGUE_LINE.sub(r"\1:…", text), CASES / f"{name}.txt")


def test_every_rule_has_a_case() -> None:
    codes = {rule.info.code for rule in ESTATE_RULES} | {rule.info.code for rule in BLUEPRINT_RULES}
    codes.add(IDLE_WAIVER.code)
    assert codes - {name.partition("-")[0] for name in names()} == set()


def test_every_code_is_explained_with_its_source() -> None:
    assert all(info.title and info.source and info.text for info in ALL_CODES.values())
    assert all(code == info.code for code, info in ALL_CODES.items())
