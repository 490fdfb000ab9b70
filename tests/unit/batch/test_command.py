"""`maille commune` as a user runs it: what it prints where, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.unit.batch.batches import INSEE, Book, commune_file, estate_in, tree_of

from maille.batch.codes import BATCH_RULES
from maille.rules.registry import ALL_CODES

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

MAILLE = str(Path(sys.executable).with_name("maille"))


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    return estate_in(tmp_path)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Give a function that runs `maille commune` where the estate is."""

    def commune(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [MAILLE, "commune", *arguments],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return commune


def test_template_is_written_once_and_not_replaced_by_accident(estate: Path, run: Run) -> None:
    batch = estate.parent / "batch.xlsx"
    assert run("template", "-o", "batch.xlsx", "malataverne").returncode == 0
    before = batch.read_bytes()
    again = run("template", "-o", "batch.xlsx", "malataverne")
    assert again.returncode == 2
    assert "batch.xlsx exists" in again.stderr
    assert batch.read_bytes() == before
    assert run("template", "-o", "batch.xlsx", "malataverne", "--force").returncode == 0


def test_template_tells_programs_where_it_is(estate: Path, run: Run) -> None:
    done = run("template", "-o", "batch.csv", "malataverne", "--json", "--quiet")
    document = json.loads(done.stdout)
    assert document["file"] == "batch.csv"
    assert document["size_bytes"] == (estate.parent / "batch.csv").stat().st_size
    assert done.stderr == ""


def test_empty_template_is_nothing_to_do(estate: Path, run: Run) -> None:
    run("template", "-o", "batch.xlsx", "malataverne")
    before = tree_of(estate)
    done = run("import", "batch.xlsx", "malataverne")
    assert done.returncode == 0
    assert done.stdout == "nothing to do: the inventory says all of it already\n"
    assert done.stderr == ""
    assert tree_of(estate) == before


def test_import_shows_then_writes_then_has_nothing_to_do(estate: Path, run: Run) -> None:
    Book.complete(estate).save(estate.parent / "lot.xlsx")
    before = tree_of(estate)
    shown = run("import", "lot.xlsx", "malataverne", "--dry-run")
    assert shown.returncode == 3
    assert "+commune: Allan\n" in shown.stdout
    assert tree_of(estate) == before
    written = run("import", "lot.xlsx", "malataverne")
    assert written.returncode == 0
    assert written.stdout == "new     malataverne/communes/26170-allan.yaml\n1 new\n"
    assert "maille allocation settle malataverne" in written.stderr
    again = run("import", "lot.xlsx", "malataverne")
    assert (again.returncode, again.stderr) == (0, "")
    assert "nothing to do" in again.stdout


def test_wrong_batch_ends_with_its_findings_and_nothing_else(estate: Path, run: Run) -> None:
    book = Book.complete(estate)
    from maille.batch.sheets import CAMERAS

    book.set(CAMERAS, 2, "Model", "p1465").save(estate.parent / "lot.xlsx")
    before = tree_of(estate)
    done = run("import", "lot.xlsx", "malataverne")
    assert done.returncode == 1
    assert "lot.xlsx:Caméras!E2  Modèle  camera model `p1465` unknown" in done.stdout
    assert done.stderr == "nothing was written\n"
    assert tree_of(estate) == before


def test_programs_read_files_and_findings(estate: Path, run: Run) -> None:
    book = Book.complete(estate)
    book.save(estate.parent / "lot.xlsx")
    document = json.loads(run("import", "lot.xlsx", "malataverne", "--dry-run", "--json").stdout)
    assert document["schema"] == "maille.batch/1"
    assert document["written"] is False
    assert [(file["file"], file["action"]) for file in document["files"]] == [
        ("malataverne/communes/26170-allan.yaml", "new")
    ]
    wrong = json.loads(run("import", "none.xlsx", "malataverne", "--json").stdout)
    assert [found["code"] for found in wrong["findings"]] == ["I401"]
    assert wrong["files"] == []


def test_enrolment_writes_the_address(estate: Path, run: Run) -> None:
    (estate.parent / "macs.csv").write_text(f"{INSEE}-0001;ac:cc:8e:26:01:01\n")
    assert run("enrol", "macs.csv", "malataverne").returncode == 1
    assert run("enrol", "macs.csv", "malataverne", "--replace", "--dry-run").returncode == 3
    done = run("enrol", "macs.csv", "malataverne", "--replace")
    assert done.returncode == 0
    assert "allocation" not in done.stderr
    assert "maille build malataverne --out out/malataverne" in done.stderr
    assert 'mac: "ac:cc:8e:26:01:01"' in commune_file(estate).read_text()


def test_commune_is_added_in_one_line(estate: Path, run: Run) -> None:
    position = ("--position", "44.4837,4.7467", "--cameras", "2", "--since", "2026-06-01")
    done = run("add", "malataverne", "26170", "Allan sur Rhône", *position)
    assert done.returncode == 0
    assert commune_file(estate, "26170").name == "26170-allan-sur-rhone.yaml"
    assert "maille allocation settle malataverne" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["26170"], "a commune is its code and its name"),
        (["26170", "Allan", "sur", "Rhône"], "a commune is its code and its name"),
        (["1053", "Allan"], "write all five: 01053"),
        (["26170", " "], "' ' is no name of a commune"),
        (["26170", "Allan\nb"], "is no name of a commune"),
        (["53", "Allan"], "`53` is not an INSEE code"),
        (["26170", "Allan", "--position", "here"], "`here` is no position"),
        (["26170", "Allan", "--since", "31/03/2025"], "is no day"),
        (["26170", "Allan", "--cameras", "-1"], "--cameras"),
    ],
)
def test_wrong_words_are_told(estate: Path, run: Run, arguments: list[str], told: str) -> None:
    done = run("add", "malataverne", *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert not list(estate.glob("communes/26170*"))


@pytest.mark.parametrize("code", ["2A004", "2b033"])
def test_commune_of_corsica_is_added_with_its_cameras(estate: Path, run: Run, code: str) -> None:
    done = run("add", "malataverne", code, "Ajaccio", "--position", "44.48,4.74", "--cameras", "1")
    assert done.returncode == 0, done.stderr
    text = commune_file(estate, code.upper()).read_text()
    assert f"insee: {code.upper()}" in text
    assert f"{code.lower()}-0001: {{model: " in text


def test_codes_are_no_other_parts_codes() -> None:
    assert not BATCH_RULES.keys() & ALL_CODES.keys()


def test_slip_in_a_whole_column_is_a_few_lines_for_people_and_all_of_it_for_programs(
    estate: Path, run: Run
) -> None:
    rows = "".join(f"26169;ecole;26169-{row:04d};inconnu\n" for row in range(100, 400))
    (estate.parent / "lot.csv").write_text(f"Code INSEE;Armoire;Caméra;Modèle\n{rows}")
    told = run("import", "lot.csv", "malataverne").stdout
    assert told.count("inconnu") == 1
    document = json.loads(run("import", "lot.csv", "malataverne", "--json").stdout)
    assert sum("inconnu" in found["what"] for found in document["findings"]) == 300
