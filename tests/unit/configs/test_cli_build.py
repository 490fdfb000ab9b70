"""`maille build` as a user runs it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.estates import built
from tests.unit.configs.conftest import FOLDER, GOLDEN

from maille.layout.build import layout_of
from maille.layout.model import Layout

MAILLE = str(Path(sys.executable).with_name("maille"))


def maille(
    *words: str | Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [MAILLE, "build", *map(str, words), "--as-of", "2026-11-22"]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


def names(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build") / "out"
    done = maille(FOLDER, "--out", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_build_holds_texts_reports_and_exports(out: Path) -> None:
    assert names(out) >= {
        "configs/28085-epars.cfg",
        "bootstrap/core-1.cfg",
        "hardening.md",
        "hardening.json",
        "beside-the-text.md",
        "sizing.json",
        "storage/layout.json",
        "exports/flow-matrix.xlsx",
        "exports/flow-matrix.csv",
        "exports/cameras.json",
        "exports/radius/authorize",
        "exports/dns/csi.example.zone",
    }
    golden = GOLDEN / "configs" / "complete" / "28085-epars.cfg"
    assert (out / "configs" / "28085-epars.cfg").read_bytes() == golden.read_bytes()


def test_the_layout_that_a_program_takes_is_the_one_that_storage_up_makes(out: Path) -> None:
    written = Layout.model_validate_json((out / "storage" / "layout.json").read_text())
    assert written == layout_of(built(FOLDER).blueprint)


def test_what_no_text_can_say_stands_beside_it(out: Path) -> None:
    section = (out / "beside-the-text.md").read_text().split("## ")[9]
    assert section.startswith("28085-epars")
    assert "    ip dhcp snooping database flash:snoop.db" in section
    assert "    rep " in section
    assert "show snmp user" in section


def test_it_prints_the_matrix_in_short_and_what_it_wrote(tmp_path: Path) -> None:
    done = maille(FOLDER, "--out", tmp_path / "out")
    matrix, _, rest = done.stdout.partition("\n17 switches, ")
    assert "H101" in matrix
    assert "recording" in rest
    assert max(map(len, matrix.splitlines())) <= 100
    assert str(tmp_path / "out" / "hardening.md") in done.stderr


def test_quiet_says_nothing_of_what_went_well(tmp_path: Path) -> None:
    done = maille(FOLDER, "--out", tmp_path / "out", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "out" / "hardening.md").is_file()


def test_without_graphviz_it_says_so_first_or_leaves_the_book_out(tmp_path: Path) -> None:
    out = tmp_path / "out"
    env = {"PATH": str(tmp_path)}
    refused = maille(FOLDER, "--out", out, env=env)
    assert refused.returncode == 1
    assert "error: Graphviz is not installed" in refused.stderr
    assert "--no-book" in refused.stderr
    assert not out.exists()
    done = maille(FOLDER, "--out", out, "--no-book", env=env)
    assert done.returncode == 0, done.stderr
    assert (out / "netbox").is_dir()
    assert not (out / "book").exists()


def test_json_is_one_document(tmp_path: Path) -> None:
    done = maille(FOLDER, "--out", tmp_path / "out", "--json")
    document = json.loads(done.stdout)
    assert document["failures"] == []
    (first, *_) = document["hardening"]
    assert first["id"] == "H101"
    assert first["sources"]
    assert first["models"]["ie-3300-8p2s"]["status"] == "mechanism"
    assert first["models"]["ie-3300-8p2s"]["shown_by"]
    assert document["sizing"]["fits"] is True
    assert len(document["switches"]) == 17


def test_a_second_build_gives_the_same_bytes(out: Path, tmp_path: Path) -> None:
    maille(FOLDER, "--out", tmp_path / "out")
    assert names(tmp_path / "out") == names(out)
    for name in names(out):
        assert (tmp_path / "out" / name).read_bytes() == (out / name).read_bytes(), name


@pytest.mark.parametrize("word", ["28110", "Ailleurs"])
def test_only_writes_the_texts_of_a_commune(word: str, tmp_path: Path) -> None:
    done = maille(FOLDER, "--out", tmp_path / "out", "--only", word)
    assert done.returncode == 0, done.stderr
    written = {name for name in names(tmp_path / "out") if not name.startswith(".")}
    cabinets = ("mairie", "ecole", "stade", "halle", "buvette", "moulin")
    switches = [f"28110-{cabinet}" for cabinet in cabinets]
    assert written == {f"{kind}/{s}.cfg" for s in switches for kind in ("configs", "bootstrap")}


def test_only_leaves_the_rest_of_a_build(out: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(out, folder)
    (folder / "configs" / "agg-1.cfg").write_text("old")
    (folder / "configs" / "agg-2.cfg").write_text("old")
    maille(FOLDER, "--out", folder, "--only", "agg-1")
    assert names(folder) == names(out)
    assert (folder / "configs" / "agg-1.cfg").read_text() != "old"
    assert (folder / "configs" / "agg-2.cfg").read_text() == "old"


def test_an_unknown_switch_is_told_with_the_nearest(tmp_path: Path) -> None:
    done = maille(FOLDER, "--out", tmp_path / "out", "--only", "28085-epar")
    assert done.returncode == 2
    assert "did you mean `28085-epars`?" in done.stderr
    assert not (tmp_path / "out").exists()


def test_somebodys_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "work.txt").write_text("mine")
    done = maille(FOLDER, "--out", tmp_path)
    assert done.returncode == 2
    assert "did not write" in done.stderr
    assert names(tmp_path) == {"work.txt"}


def test_a_wrong_inventory_writes_nothing(tmp_path: Path) -> None:
    estates = tmp_path / "estates"
    shutil.copytree(FOLDER.parent, estates)
    file = estates / "complete" / "communes" / "28085-ici.yaml"
    file.write_text(file.read_text().replace("model: p1465-le", "model: p1465-lf", 1))
    done = maille(estates / "complete", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "p1465-le" in done.stderr + done.stdout
    assert not (tmp_path / "out").exists()


def test_a_control_that_fails_ends_with_1(tmp_path: Path) -> None:
    estates = tmp_path / "estates"
    shutil.copytree(FOLDER.parent, estates)
    file = estates / "complete" / "communes" / "28085-ici.yaml"
    text = file.read_text().replace("GigabitEthernet1/3", "GigabitEthernet1/6")
    file.write_text(text.replace(" load-interval 30", " power inline consumption 4000"))
    done = maille(estates / "complete", "--out", tmp_path / "out", "--quiet")
    assert done.returncode == 1
    assert "H127 fails on 28085-epars: interface GigabitEthernet1/6: holds" in done.stdout
