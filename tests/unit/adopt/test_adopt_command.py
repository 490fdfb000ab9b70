"""`maille adopt` at the prompt: what it writes, what it refuses, how it ends."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.estates import AS_OF, INVENTORY, MAILLE
from tests.unit.adopt.estates import running

from maille.adopt.codes import ADOPTION_RULES
from maille.cli.explain import explain_all, explain_code

if TYPE_CHECKING:
    from pathlib import Path


def maille(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [MAILLE, *words, "--as-of", AS_OF.isoformat()]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a catalogue beside the configurations of a small estate."""
    for name in ("catalogue", ".schema"):
        shutil.copytree(INVENTORY / name, tmp_path / name)
    (tmp_path / "running").mkdir()
    for name, text in running("malataverne").items():
        (tmp_path / "running" / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_whole_estate_ends_with_zero_and_settles_to_itself(folder: Path) -> None:
    done = maille("adopt", "running", "--out", "village", cwd=folder)
    assert (done.returncode, done.stdout.count("error")) == (0, 0), done.stdout
    assert "maille check village" in done.stderr
    settled = maille("allocation", "settle", "village", "--dry-run", cwd=folder)
    assert settled.stdout == "nothing to change\n"


def test_a_dry_run_writes_nothing_and_needs_no_place(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    done = maille("adopt", "running", "--dry-run", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["files"] == []
    assert report["counts"]["cameras"] == 12
    assert sorted(folder.rglob("*")) == before


def test_json_names_the_files(folder: Path) -> None:
    done = maille("adopt", "running", "--out", "village", "--json", "--quiet", cwd=folder)
    report = json.loads(done.stdout)
    assert "estate.yaml" in report["files"]
    assert report["folder"] == "village"
    assert done.stderr == ""


def test_names_title_and_language(folder: Path) -> None:
    words = ("--name", "val", "--title", "Le Val", "--language", "en")
    maille("adopt", "running", "--out", "village", *words, cwd=folder)
    estate = (folder / "village" / "estate.yaml").read_text(encoding="utf-8")
    assert "estate: val\ntitle: Le Val\nlanguage: en\n" in estate
    assert (folder / "village" / "adoption.md").read_text().startswith("# Adoption of Le Val")


def test_alone_it_brings_catalogue_and_schemas(folder: Path) -> None:
    done = maille("adopt", "running", "--out", "far/off", "--catalogue", ".", cwd=folder)
    assert done.returncode == 0, done.stdout
    files = {file.name for file in (folder / "far" / "off" / "catalogue").iterdir()}
    assert files == {"cameras.yaml", "optics.yaml", "servers.yaml", "switches.yaml"}
    settled = maille("allocation", "settle", "far/off", "--dry-run", cwd=folder)
    assert settled.stdout == "nothing to change\n", settled.stderr


def test_without_any_catalogue_models_are_drafted(folder: Path) -> None:
    done = maille("adopt", "running", "--out", "far/off", cwd=folder)
    assert done.returncode in {0, 1}
    switches = (folder / "far" / "off" / "catalogue" / "switches.yaml").read_text()
    assert "drafted from a running configuration" in switches
    settled = maille("allocation", "settle", "far/off", "--dry-run", cwd=folder)
    assert settled.stdout == "nothing to change\n", settled.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("running",), "add --out DIR"),
        (("nowhere", "--out", "village"), "there is no folder nowhere"),
        (("catalogue", "--out", "village"), "no file in catalogue ends in"),
        (("running", "--out", "catalogue"), "catalogue is not empty"),
        (("running", "--out", "village", "--communes", "none.csv"), "none.csv: the file does not"),
        (("running", "--out", "village", "--catalogue", "running"), "there is no catalogue in"),
        (("running", "--out", "village", "--name", "Le Val"), "is no id"),
    ],
)
def test_wrong_usage_is_told_and_leaves_nothing(
    folder: Path, words: tuple[str, ...], told: str
) -> None:
    before = sorted(folder.iterdir())
    done = maille("adopt", *words, cwd=folder)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(folder.iterdir()) == before


def test_a_folder_of_notes_ends_with_one_and_writes_nothing(folder: Path) -> None:
    (folder / "notes").mkdir()
    (folder / "notes" / "a.txt").write_text("to be done\n")
    done = maille("adopt", "notes", "--out", "village", cwd=folder)
    assert done.returncode == 1
    assert "no `hostname` is in this file" in done.stdout
    assert not (folder / "village").exists()


@pytest.mark.parametrize("code", sorted(ADOPTION_RULES))
def test_every_code_of_adoption_is_explained(code: str) -> None:
    assert explain_code(code).startswith(f"{code}  {ADOPTION_RULES[code].title}")
    assert code in explain_all()
