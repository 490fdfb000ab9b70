"""Files that are not where they ought to be, and folders that nobody may look into."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from maille.inventory.load import load

SAMPLES = Path(__file__).parents[3] / "inventory"


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLES / "catalogue", tmp_path / "catalogue")
    shutil.copytree(SAMPLES / "malataverne", tmp_path / "malataverne")
    return tmp_path / "malataverne"


def test_a_folder_that_may_not_be_read_is_not_empty(
    estate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(estate / "communes")  # what a forbidden folder looks like from outside
    (estate / "communes").mkdir()
    allowed = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: path.name != "communes" and allowed(path, mode)
    )
    loaded = load(estate)
    assert [(finding.code, finding.place.file) for finding in loaded.findings] == [
        ("I003", str(estate / "communes"))
    ]
    assert loaded.refused == {("communes",)}


@pytest.mark.parametrize("name", ["26168-malataverne.yaml", "malataverne.yaml"])
def test_a_file_with_another_code_is_told_its_name(estate: Path, name: str) -> None:
    (estate / "communes" / "26169-malataverne.yaml").rename(estate / "communes" / name)
    (finding,) = load(estate).findings
    assert finding.code == "I202"
    assert finding.how == "correct `insee`, or call the file 26169-malataverne.yaml"


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("nomad.yaml", "did you mean `nomads.yaml`?"),
        ("centre.yml", "call it centre.yaml"),
        ("network/site.yaml", "did you mean `network/sites.yaml`?"),
        ("commune/26169-x.yaml", "its folder has another name: did you mean `communes`?"),
        (
            "communes/nord/26170-x.yaml",
            "call it communes/26170-x.yaml: only files there are read",
        ),
        ("budget.yaml", "give it the name of a file of an estate, or move it away"),
    ],
)
def test_a_file_that_nobody_reads_is_told(estate: Path, name: str, remedy: str) -> None:
    (estate / name).parent.mkdir(exist_ok=True)
    (estate / name).write_text("nomads: {}\n")
    (found,) = load(estate).findings
    assert (found.code, found.place.file, found.how) == ("I204", str(estate / name), remedy)


def test_hidden_files_links_in_circles_and_the_lock_are_nobodys_mistake(estate: Path) -> None:
    (estate / ".nomads.yaml").write_text("")
    (estate / "network" / "loop").symlink_to(estate)
    (estate / "allocations" / "old.yaml").write_text("")
    assert load(estate).findings == ()
