"""A small estate of another house: a flat plan, no VRF, HSRP, files of all kinds.

What is expected of it lies in `tests/golden/adopt/bourg/expected`, the texts of the files and
the report.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from tests.estates import AS_OF, INVENTORY, MAILLE
from tests.unit.adopt.estates import GOLDEN

from maille.allocation.files import require_lock
from maille.allocation.settle import settle
from maille.check.run import check
from maille.inventory.load import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BOURG = GOLDEN / "adopt" / "bourg"
SECRETS = ("bourg-lecture", "$9$", "094F471A1A0A", "13061E010803557878")
GOLDEN_FILES = (
    "adoption.md",
    "allocations/01234.lock.yaml",
    "allocations/01235.lock.yaml",
    "allocations/shared.lock.yaml",
    "catalogue/cameras.yaml",
    "catalogue/switches.yaml",
    "centre.yaml",
    "communes/01234-bourg-le-val.yaml",
    "communes/01235-village-sur-ain.yaml",
    "conventions/membres.yaml",
    "estate.yaml",
    "network/cables.yaml",
    "network/links.yaml",
    "network/rings.yaml",
    "network/sites.yaml",
    "waivers.yaml",
)


def maille(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [MAILLE, "adopt", *words, "--as-of", AS_OF.isoformat()]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a catalogue, schemas and what was fetched from the switches."""
    base = tmp_path_factory.mktemp("inventory")
    for name in ("catalogue", ".schema"):
        shutil.copytree(INVENTORY / name, base / name)
    shutil.copytree(BOURG / "running", base / "running")
    shutil.copy(BOURG / "communes.csv", base)
    return base


@pytest.fixture(scope="module")
def run(folder: Path) -> subprocess.CompletedProcess[str]:
    return maille("running", "--out", "bourg", "--communes", "communes.csv", cwd=folder)


@pytest.fixture(scope="module")
def bourg(folder: Path, run: subprocess.CompletedProcess[str]) -> Path:
    assert run.returncode == 1, run.stderr
    return folder / "bourg"


@pytest.mark.parametrize("name", GOLDEN_FILES)
def test_files_are_as_they_were_judged(
    bourg: Path, name: str, assert_golden: Callable[[str, Path], None]
) -> None:
    assert_golden((bourg / name).read_text(encoding="utf-8"), BOURG / "expected" / name)


def test_there_are_no_other_files(bourg: Path) -> None:
    files = {str(file.relative_to(bourg)) for file in bourg.rglob("*") if file.is_file()}
    assert files == {*GOLDEN_FILES, "adoption.json"}


def test_what_could_not_be_placed_is_shown(
    run: subprocess.CompletedProcess[str], assert_golden: Callable[[str, Path], None]
) -> None:
    assert_golden(run.stdout, BOURG / "expected" / "stdout.txt")


def test_no_secret_is_anywhere(bourg: Path, run: subprocess.CompletedProcess[str]) -> None:
    texts = [file.read_text(encoding="utf-8") for file in bourg.rglob("*") if file.is_file()]
    assert not [secret for secret in SECRETS for text in [*texts, run.stdout] if secret in text]
    assert "SNMP community" in (bourg / "adoption.md").read_text(encoding="utf-8")


def test_the_draft_is_read_and_settled(bourg: Path) -> None:
    estate = load(bourg).whole()
    lock = require_lock(bourg)
    assert settle(estate, lock, as_of=AS_OF).changes == ()


def test_check_asks_for_what_no_configuration_knows(bourg: Path) -> None:
    codes = {finding.code for finding in check(bourg, AS_OF).findings if finding.fails}
    assert "L003" in codes
    assert not {code for code in codes if code[0] in "IA"}


def test_the_report_for_programs_has_the_same(bourg: Path) -> None:
    report: dict[str, Any] = json.loads((bourg / "adoption.json").read_text(encoding="utf-8"))
    assert report["schema"] == "maille.adoption/1"
    assert report["whole"] is False
    assert report["counts"]["numbers_kept"] < report["counts"]["numbers_read"]
    shared = [each for each in report["not_placed"] if "VLAN 20" in each["what"]]
    assert shared[0]["place"]["file"] == "running/SW-COEUR-01.cfg"
    assert {each["device"] for each in report["devices"] if each["in_draft"] is None} == {
        "SW-PARC",
        "SW-GARE",
    }
