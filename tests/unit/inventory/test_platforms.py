"""Platforms and dialects of the catalogue: those that have templates, a wrong one told in place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from maille.inventory.load import load
from maille.platforms import dialects

GOLDEN = Path(__file__).parents[2] / "golden" / "estates"


def test_a_platform_is_a_folder_and_a_dialect_a_template_in_it() -> None:
    assert dict(dialects()) == {"arista_eos": ("eos",), "cisco_ios": ("ios15", "iosxe")}


@pytest.mark.parametrize(
    ("right", "wrong", "what", "how"),
    [
        (
            "platform: cisco_ios",
            "platform: cisco_oss",
            "`cisco_oss` is not one of the choices",
            "did you mean `cisco_ios`?",
        ),
        (
            "dialect: iosxe",
            "dialect: eos",
            "`cisco_ios` has no dialect `eos`",
            "it has `ios15`, `iosxe`",
        ),
    ],
)
def test_another_is_told_where_it_stands(
    right: str, wrong: str, what: str, how: str, tmp_path: Path
) -> None:
    for name in ("catalogue", "complete"):
        shutil.copytree(GOLDEN / name, tmp_path / name)
    file = tmp_path / "catalogue" / "switches.yaml"
    text = file.read_text(encoding="utf-8")
    line = text[: text.index(right)].count("\n") + 1
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    [finding] = load(tmp_path / "complete").findings
    assert finding.place.file.endswith("switches.yaml")
    assert finding.place.line == line
    assert finding.what == what
    assert finding.how.startswith(how)
