"""Golden files: what is written down is compared, `--update-golden` writes it anew.

Properties are tried on the examples that `tests/examples.py` decides on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from tests.examples import LONG

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

settings.load_profile("long" if LONG else "ordinary")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that replaces golden files by what the tests get."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write golden files anew instead of comparing with them",
    )


@pytest.fixture
def assert_golden(request: pytest.FixtureRequest) -> Callable[[str, Path], None]:
    """Give a function that compares a text with a golden file, byte for byte."""

    def compare(text: str, path: Path) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.exists(), (
            f"{path.name} is missing: run pytest with --update-golden, then read it"
        )
        assert text == path.read_bytes().decode()

    return compare
