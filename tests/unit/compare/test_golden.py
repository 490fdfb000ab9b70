"""Three switches as they are found in the field, what they should be, and every line between."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maille.configs.compare import compare

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.configs.compare import Comparison

GOLDEN = Path(__file__).parents[2] / "golden" / "compare"
CASES = {
    "ie-3300-xe17": ("cisco_ios", ()),
    "ie-2000-ios15": ("cisco_ios", ()),
    "7050-eos": ("arista_eos", ("daemon TerminAttr",)),
}


def compared(case: str, running: str, intended: str) -> Comparison:
    platform, unmanaged = CASES[case]
    texts = ((GOLDEN / case / f"{name}.cfg").read_text("utf-8") for name in (running, intended))
    return compare(platform, *texts, unmanaged=unmanaged)


def told(comparison: Comparison) -> str:
    """Give what is told to people, one heading after the other."""
    parts = {
        "missing": map(str, comparison.missing),
        "unexpected": map(str, comparison.unexpected),
        "left alone": (f"{each.line}: {each.reason}" for each in comparison.foreign),
        "not provable": comparison.unprovable,
    }
    return "".join(
        f"{heading}\n{''.join(f'  {line}{chr(10)}' for line in lines)}"
        for heading, lines in parts.items()
    )


@pytest.mark.parametrize("case", CASES)
def test_what_is_sent_and_told(case: str, assert_golden: Callable[[str, Path], None]) -> None:
    comparison = compared(case, "running", "intended")

    for name, lines in (
        ("remediation", comparison.remediation),
        ("rollback", comparison.rollback),
    ):
        assert_golden("".join(f"{line}\n" for line in lines), GOLDEN / case / f"{name}.txt")
    assert_golden(told(comparison), GOLDEN / case / "report.txt")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", ["running", "intended"])
def test_a_configuration_is_in_sync_with_itself(case: str, name: str) -> None:
    comparison = compared(case, name, name)

    assert comparison.in_sync
    assert (comparison.remediation, comparison.rollback) == ((), ())


@pytest.mark.parametrize("case", CASES)
def test_no_stored_secret_is_told(case: str) -> None:
    text = told(compared(case, "running", "intended"))

    for secret in ("$9$", "$1$", "$6$", "0822455D0A16", "121A0C041104", "public", "4d2f0c8a3b"):
        assert secret not in text
