"""`maille init`: what it makes passes the check, and it never touches what is there."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from maille.check.run import check
from maille.errors import InventoryError, UsageError
from maille.founding.estate import found_estate
from maille.inventory.catalogue import read_catalogue
from maille.inventory.json_schema import schemas
from maille.inventory.load import load
from maille.inventory.scaffold import NewEstate

INVENTORY = Path(__file__).parents[3] / "inventory"
MAILLE = str(Path(sys.executable).with_name("maille"))
TODAY = date(2026, 11, 22)
NEW = NewEstate(name="dreux", title="CSI de Dreux", language="fr", today=TODAY)


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MAILLE, "init", *words], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    """Give a folder with a catalogue and schemas, as other estates share them."""
    for folder in ("catalogue", ".schema"):
        shutil.copytree(INVENTORY / folder, tmp_path / folder)
    return tmp_path


@pytest.mark.parametrize("day", [TODAY, date(2028, 2, 29), date(2030, 12, 31)])
def test_a_new_estate_passes_the_check_of_its_day(tmp_path: Path, day: date) -> None:
    folder = tmp_path / "dreux"
    found_estate(folder, NewEstate(name="dreux", title="Dreux", language="fr", today=day))
    checked = check(folder, day)
    assert [str(f.what) for f in checked.findings if f.fails] == []
    assert checked.blueprint
    assert len(checked.blueprint.rings) == len(checked.blueprint.communes) == 1
    assert sum(switch.cabinet is not None for switch in checked.blueprint.switches.values()) == 2


def test_alone_it_brings_its_catalogue_and_its_schemas(tmp_path: Path) -> None:
    folder = tmp_path / "dreux"
    found_estate(folder, NEW)
    written = {file.name: file.read_text() for file in (folder / ".schema").iterdir()}
    assert written == schemas(read_catalogue(folder))
    first = (folder / "network/rings.yaml").read_text().partition("\n")[0]
    assert first.endswith("$schema=../.schema/rings.json")


def test_among_others_it_shares_theirs(inventory: Path) -> None:
    files = found_estate(inventory / "dreux", NEW)
    assert not [file for file in files if file.startswith((".schema", "catalogue"))]
    first = (inventory / "dreux/network/rings.yaml").read_text().partition("\n")[0]
    assert first.endswith("$schema=../../.schema/rings.json")
    assert check(inventory / "dreux", TODAY).passes


def test_a_catalogue_that_lacks_its_models_is_not_enough(inventory: Path) -> None:
    (inventory / "catalogue/optics.yaml").write_text("optics: {}\n")
    files = found_estate(inventory / "dreux", NEW)
    assert "catalogue/optics.yaml" in files
    assert check(inventory / "dreux", TODAY).passes


def test_a_wrong_catalogue_is_told_and_nothing_is_left(inventory: Path) -> None:
    (inventory / "catalogue/optics.yaml").write_text("optics: [\n")
    with pytest.raises(InventoryError) as told:
        found_estate(inventory / "dreux", NEW)
    assert told.value.findings[0].place.file.endswith("optics.yaml")
    assert {file.name for file in inventory.iterdir()} == {"catalogue", ".schema"}


def test_what_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "dreux").mkdir()
    (tmp_path / "dreux/notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        found_estate(tmp_path / "dreux", NEW)
    assert [file.name for file in tmp_path.rglob("*")] == ["dreux", "notes.txt"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "dreux").mkdir()
    found_estate(tmp_path / "dreux", NEW)
    assert load(tmp_path / "dreux").whole().settings.estate == "dreux"


def test_the_command_names_the_estate_after_its_folder(tmp_path: Path) -> None:
    done = run("Agglo d'Évreux", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["estate"] == "agglo-d-evreux"
    assert "estate.yaml" in told["files"]
    assert load(tmp_path / "Agglo d'Évreux").whole().settings.title == "Agglo d'Évreux"


@pytest.mark.parametrize(
    ("words", "told"),
    [(["--name", "Not An Id", "x"], "lower-case"), (["taken"], "is no folder"), ([], "DIR")],
)
def test_the_command_refuses_in_one_clear_message(
    words: list[str], told: str, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file")
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
