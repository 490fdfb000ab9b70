"""Everything that is wrong is told in one run, as far as what follows can be built at all."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from maille.check.run import Checked, check

INVENTORY = Path(__file__).parents[3] / "inventory"
AS_OF = date(2026, 11, 22)


def checked(folder: Path, edits: dict[str, tuple[str, str]]) -> Checked:
    """Copy Malataverne, make one edit a file, and check."""
    shutil.copytree(INVENTORY / "catalogue", folder / "catalogue")
    shutil.copytree(INVENTORY / "malataverne", folder / "malataverne")
    for name, (old, new) in edits.items():
        file = folder / "malataverne" / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return check(folder / "malataverne", AS_OF)


def failing(found: Checked) -> set[str]:
    return {finding.code for finding in found.findings if finding.fails}


def test_law_and_load_are_told_together(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        {
            "communes/26169-malataverne.yaml": ("expires: 2029-06-02", "expires: 2026-06-02"),
            "estate.yaml": ("estate: malataverne", "estate: malataverne\nmax_load: 0.001"),
            "conventions/etat.yaml": ("reference_required: true", "reference_required: false"),
        },
    )
    assert {"L004", "N013", "N014"} <= failing(found)
    assert found.blueprint is not None
    assert not found.passes


@pytest.mark.parametrize("hosts", [0, 1, 2])
def test_a_cluster_that_cannot_be_is_judged_and_not_divided_by(hosts: int, tmp_path: Path) -> None:
    found = checked(tmp_path, {"estate.yaml": ("hosts: 5", f"hosts: {hosts}")})
    assert failing(found)


def test_a_contradiction_stops_what_would_be_built_on_it(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        {"communes/26169-malataverne.yaml": ("ring: village\n    at_km: 0.125", "ring: village")},
    )
    assert failing(found) == {"N001"}
    assert found.blueprint is None


WAIVER = 'waivers:\n  - {{rule: {rule}, subject: "{subject}", reason: x, until: 2029-01-01}}\n'


@pytest.mark.parametrize(
    ("rule", "subject", "name", "old", "new"),
    [
        ("I301", "26169-0002", "communes/26169-malataverne.yaml", "p1465-le,", "p1466-le,"),
        ("I303", "plate", "estate.yaml", "  plate: plaque\n", ""),
        ("A001", "*", "communes/26169-malataverne.yaml", "26169-0002:", "26169-0013:"),
    ],
)
def test_what_all_else_is_built_on_cannot_be_waived(
    rule: str, subject: str, name: str, old: str, new: str, tmp_path: Path
) -> None:
    waiver = ("waivers:\n", WAIVER.format(rule=rule, subject=subject))
    found = checked(tmp_path, {name: (old, new), "waivers.yaml": waiver})
    assert rule in failing(found)
    assert found.blueprint is None
    (told,) = [finding for finding in found.findings if finding.code == "W020"]
    assert told.what.endswith("what everything else is built on cannot be waived")


def test_a_waiver_of_a_rule_that_is_none_is_told(tmp_path: Path) -> None:
    waiver = ("waivers:\n", WAIVER.format(rule="N999", subject="mairie"))
    found = checked(tmp_path, {"waivers.yaml": waiver})
    (told,) = [finding for finding in found.findings if finding.code == "W020"]
    assert told.what.endswith("accepts nothing: no rule has this code")


def test_a_switch_with_too_few_uplinks_is_refused_before_anything_is_built(tmp_path: Path) -> None:
    shutil.copytree(INVENTORY / "catalogue", tmp_path / "catalogue")
    shutil.copytree(INVENTORY / "chalon", tmp_path / "chalon")
    sites = tmp_path / "chalon" / "network" / "sites.yaml"
    text = sites.read_text(encoding="utf-8")
    sites.write_text(text.replace("model: 7050sx3-48yc8", "model: 720dp-24s"), encoding="utf-8")

    found = check(tmp_path / "chalon", AS_OF)

    assert failing(found) == {"A012"}
    assert found.blueprint is None
    assert any(
        finding.what.endswith("uplink port 7 of csu-2, but its model has 4 uplink ports")
        for finding in found.findings
    )
