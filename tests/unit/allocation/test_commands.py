"""`maille allocation`, run as a user runs it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest

ROOT = Path(__file__).parents[3]
MAILLE = str(Path(sys.executable).with_name("maille"))
DAY = ("--as-of", "2025-06-01")
ANEW = ("--renumber", "all")
"""Without a lock: its cameras are in service, so that numbers are given on demand only."""
COMMUNE = "communes/26169-malataverne.yaml"


class Run(Protocol):
    """Runs a command of the group on the estate."""

    def __call__(self, command: str, *words: str) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    """Give a copy of a sample estate without its lock."""
    for name in ("malataverne", "catalogue"):
        shutil.copytree(ROOT / "inventory" / name, tmp_path / name)
    shutil.rmtree(tmp_path / "malataverne" / "allocations", ignore_errors=True)
    return tmp_path / "malataverne"


@pytest.fixture
def run(estate: Path) -> Run:
    """Run a command of the group on the estate."""

    def call(command: str, *words: str) -> subprocess.CompletedProcess[str]:
        day = () if command == "release" else DAY
        return subprocess.run(
            [MAILLE, "allocation", command, str(estate), *words, *day],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return call


def edit(estate: Path, old: str, new: str) -> None:
    path = estate / COMMUNE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def remove_camera(estate: Path, camera: str, following: str) -> None:
    """Cut a camera out of the commune's file."""
    path = estate / COMMUNE
    text = path.read_text(encoding="utf-8")
    start, end = text.index(f"      {camera}:"), text.index(f"      {following}:")
    path.write_text(text[:start] + text[end:], encoding="utf-8")


def test_dry_run_shows_and_writes_nothing(estate: Path, run: Run) -> None:
    shown = run("settle", *ANEW, "--dry-run")
    assert shown.returncode == 3
    assert "changes (nothing is written)" in shown.stdout
    assert not (estate / "allocations").exists()


def test_life_of_a_lock(estate: Path, run: Run) -> None:
    assert run("verify").returncode == 1, "there is none yet"
    assert run("settle", *ANEW).returncode == 0
    assert run("verify").returncode == 0
    assert run("settle").stdout.strip() == "nothing to change"
    assert run("deploy", "--in-service").returncode == 0
    remove_camera(estate, "26169-0002", "26169-0003")
    told = run("settle")
    assert told.returncode == 1
    lock = estate / "allocations" / "26169.lock.yaml"
    assert f"{lock}:" in told.stdout, "the finding names the line"
    assert "--retire 26169-0002" in told.stdout
    assert run("settle", "--retire", "26169-0002").returncode == 0
    assert "quarantine:" in lock.read_text(encoding="utf-8")
    assert run("release", "26169-0002").returncode == 0
    assert "quarantine:" not in lock.read_text(encoding="utf-8")
    assert run("verify").returncode == 0


def test_answers_for_programs_are_one_document(run: Run) -> None:
    changes = json.loads(run("settle", *ANEW, "--json").stdout)
    assert {change["kind"] for change in changes["changes"]} == {"added"}
    camera = next(change for change in changes["changes"] if change["id"] == "26169-0001")
    assert (camera["file"], camera["after"]["state"]) == (
        "allocations/26169.lock.yaml",
        "planned",
    )
    assert changes["counts"]["errors"] == 0
    assert len(changes["written"]) == 2
    pools = json.loads(run("list", "--json").stdout)
    assert {pool["pool"] for pool in pools} >= {"vlans.access", "prefixes.video"}
    assert json.loads(run("verify", "--json").stdout)["findings"] == []


def test_typing_error_in_the_inventory_takes_no_numbers_away(estate: Path, run: Run) -> None:
    assert run("settle", *ANEW).returncode == 0
    before = (estate / "allocations" / "26169.lock.yaml").read_bytes()
    edit(estate, "ring: village", "ring: vilage")
    told = run("settle")
    assert told.returncode == 2
    assert "did you mean" in told.stderr
    assert (estate / "allocations" / "26169.lock.yaml").read_bytes() == before


def test_unfinished_merge_is_told_with_its_line(estate: Path, run: Run) -> None:
    run("settle", *ANEW)
    lock = estate / "allocations" / "26169.lock.yaml"
    lock.write_text("<<<<<<< HEAD\n" + lock.read_text(encoding="utf-8"), encoding="utf-8")
    for command in ("settle", "list", "verify"):
        told = run(command)
        assert told.returncode == 1
        assert f"{lock}:1:1" in told.stdout + told.stderr
        assert "a merge was not finished here" in told.stdout + told.stderr


@pytest.mark.parametrize(
    ("command", "words", "told"),
    [
        ("release", (), "nothing says what to release"),
        ("release", ("26169-0001",), "nothing of 26169-0001 is in quarantine"),
        ("release", ("--before", "2025-02-30"), "is no day"),
        ("deploy", (), "nothing says what is deployed"),
        ("deploy", ("--commune", "26999"), "commune 26999 is not in the inventory"),
        ("settle", ("--renumber", "26999"), "the lock file of commune 26999 is not missing"),
    ],
)
def test_wrong_use_is_told(run: Run, command: str, words: tuple[str, ...], told: str) -> None:
    run("settle", *ANEW)
    done = run(command, *words)
    assert done.returncode in {1, 2}
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("word", "what"),
    [
        ("26169", "commune 26169 has no lock file, but 12 cameras in service"),
        ("shared", "what communes share has no lock file, but 15 hosts in service"),
    ],
)
def test_a_lost_file_is_restored_and_not_given_anew(
    estate: Path, run: Run, word: str, what: str
) -> None:
    run("settle", *ANEW)
    run("deploy", "--all")
    files = {path: path.read_bytes() for path in (estate / "allocations").iterdir()}
    lost = estate / "allocations" / f"{word}.lock.yaml"
    lost.unlink()
    restore = f"git checkout HEAD -- allocations/{word}.lock.yaml"
    for words in ((), ("--dry-run",), ("--move", "all"), ("--retire", "all")):
        told = run("settle", *words)
        assert told.returncode == 1
        assert what in told.stderr
        assert restore in told.stderr
    left = {path: path.read_bytes() for path in (estate / "allocations").iterdir()}
    assert left == {path: content for path, content in files.items() if path != lost}
    found = json.loads(run("verify", "--json").stdout)["findings"]
    about_it = [finding for finding in found if finding["code"] == "A001"]
    assert [(each["what"], restore in each["how"]) for each in about_it] == [(what, True)]
    lost.write_bytes(files[lost])
    assert run("verify").returncode == 0


def test_several_lost_files_are_given_anew_where_that_is_said(estate: Path, run: Run) -> None:
    told = run("settle")
    assert "(and 1 more file is missing)" in told.stderr
    assert run("settle", "--renumber", "26169").returncode == 1, "shared is left"
    assert not (estate / "allocations").exists()
    assert run("settle", "--renumber", "26169", "--renumber", "shared").returncode == 0
    assert run("settle").stdout.strip() == "nothing to change"


def test_check_says_how_to_restore_a_lost_file(estate: Path, run: Run) -> None:
    run("settle", *ANEW)
    (estate / "allocations" / "26169.lock.yaml").unlink()
    checked = subprocess.run(
        [MAILLE, "check", str(estate), *DAY, "--json"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    found = [each for each in json.loads(checked.stdout)["findings"] if each["code"][0] == "A"]
    assert checked.returncode == 1
    assert [each["code"] for each in found] == ["A001"]
    assert "git checkout HEAD" in found[0]["how"]


def test_a_renamed_cabinet_is_asked_about_before_anything_is_written(
    estate: Path, run: Run
) -> None:
    run("settle", *ANEW)
    run("deploy", "--all")
    lock = estate / "allocations" / "26169.lock.yaml"
    before = lock.read_bytes()
    edit(estate, "  place-mairie:", "  place-de-la-mairie:")
    told = run("settle")
    assert told.returncode == 1
    assert "formerly: 26169/place-mairie" in told.stdout
    assert "1 error" in told.stdout
    assert "nothing is written" in told.stderr
    assert lock.read_bytes() == before
    edit(estate, "  place-de-la-mairie:", "  place-de-la-mairie:\n    formerly: 26169/place-mairie")
    assert run("settle").returncode == 0
    assert run("verify").returncode == 0
