"""The text of every reading error, one golden file a kind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maille.inventory.reading.codes import READING_RULES
from maille.inventory.source import read_document
from maille.report import render_text

if TYPE_CHECKING:
    from collections.abc import Callable

ERRORS = Path(__file__).parents[2] / "golden" / "errors"
KINDS = sorted(path.stem for path in ERRORS.glob("*.yaml"))


@pytest.mark.parametrize("kind", KINDS)
def test_error_text(kind: str, assert_golden: Callable[[str, Path], None]) -> None:
    """Say exactly what is wrong, where, and how to mend it."""
    document = read_document(ERRORS / f"{kind}.yaml", shown_as=f"{kind}.yaml")
    assert_golden(render_text(document.findings), ERRORS / f"{kind}.txt")
    assert document.findings or kind.startswith("right-")


def test_every_code_of_a_text_has_a_golden_file() -> None:
    """Leave no code without an example, but those of files that can't be kept in git."""
    about_files = {"I001", "I002", "I003", "I004", "I030"}
    seen = {
        finding.code
        for kind in KINDS
        for finding in read_document(ERRORS / f"{kind}.yaml", shown_as=kind).findings
    }
    assert seen == set(READING_RULES) - about_files
