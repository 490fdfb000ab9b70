"""`maille plan` against git revisions and folders, as a user runs it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.estates import INVENTORY, commit, copy, git, maille, replace

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

MALATAVERNE = INVENTORY / "malataverne"
COMMUNE = "communes/26169-malataverne.yaml"
OLD_MAC, NEW_MAC = "ac:cc:8e:26:00:05", "ac:cc:8e:99:99:99"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Give a repository that holds an estate in a folder of its own."""
    copy(MALATAVERNE, tmp_path / "repository" / "inventory")
    commit(tmp_path / "repository", "the village")
    return tmp_path / "repository"


@pytest.fixture
def estate(repository: Path) -> Path:
    return repository / "inventory" / "malataverne"


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """Give a folder for temporary files, to see what is left of them."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def refused(answer: subprocess.CompletedProcess[str]) -> str:
    """Give the one block that a wrong use is answered with."""
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("error: ")
    assert "Traceback" not in answer.stderr
    return answer.stderr


def test_nothing_changes_since_the_last_commit(estate: Path) -> None:
    answer = maille("plan", estate)

    assert (answer.returncode, answer.stdout) == (0, "nothing changes\n")


def test_what_is_not_committed_yet_is_a_change(estate: Path) -> None:
    replace(estate / COMMUNE, OLD_MAC, NEW_MAC)

    answer = maille("plan", estate, "--diffs")

    assert answer.returncode == 3
    assert f"mac: {OLD_MAC} → {NEW_MAC}" in answer.stdout
    assert "\n  +4 -4  26169-entree-nord\n" in answer.stdout
    assert "+ip source binding ACCC.8E99.9999 " in answer.stdout


@pytest.mark.parametrize("revision", ["main", "HEAD~1", "v1", "main@{0}~1"])
def test_a_revision_is_named_as_git_names_it(repository: Path, estate: Path, revision: str) -> None:
    git(repository, "tag", "-a", "v1", "-m", "first")
    git(repository, "checkout", "-b", "work")
    replace(estate / COMMUNE, OLD_MAC, NEW_MAC)
    commit(repository, "another camera")
    if "@" in revision:
        git(repository, "checkout", "main")
        git(repository, "merge", "--ff-only", "work")

    answer = maille("plan", estate, "--against", revision)

    assert answer.returncode == 3
    assert OLD_MAC in answer.stdout


def test_the_catalogue_is_the_one_of_the_revision(repository: Path, estate: Path) -> None:
    model = repository / "inventory" / "catalogue" / "switches.yaml"
    text = model.read_text(encoding="utf-8")
    model.write_text(text.replace('secret_type: "9"', 'secret_type: "8"'), encoding="utf-8")

    answer = maille("plan", estate, "--diffs")

    assert answer.returncode == 3
    assert "-enable secret 9 <secret:env:" in answer.stdout
    assert "+enable secret 8 <secret:env:" in answer.stdout


def test_against_a_folder(estate: Path, tmp_path: Path) -> None:
    other = copy(MALATAVERNE, tmp_path / "other")
    assert maille("plan", estate, "--against", other).returncode == 0
    replace(other / COMMUNE, OLD_MAC, NEW_MAC)

    answer = maille("plan", estate, "--against", other)

    assert answer.returncode == 3
    assert f"mac: {NEW_MAC} → {OLD_MAC}" in answer.stdout


def test_an_estate_that_is_the_repository_itself(tmp_path: Path) -> None:
    estate = copy(MALATAVERNE, tmp_path)
    commit(estate, "the village alone, its catalogue beside it")

    assert maille("plan", estate).returncode == 0
    (tmp_path / "catalogue").rename(estate / "catalogue")
    commit(estate, "the catalogue inside")
    assert maille("plan", estate).returncode == 0
    assert maille("plan", estate, "--against", "HEAD~1").returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ["--against", "--output=stolen"],
        ["--against=--output=stolen"],
        ["--against=--upload-pack=touch stolen"],
        ["--against", "-h"],
        ["--against", "nowhere"],
        ["--against", "main^{tree}"],
        ["--against", "main:inventory"],
        ["--against", "main..main"],
        ["--against", ""],
        ["--against", "$(touch stolen)"],
        ["--against", "main\nmain"],
    ],
    ids=lambda words: words[-1],
)
def test_what_is_no_revision_is_refused(estate: Path, tmp_path: Path, words: list[str]) -> None:
    answer = maille("plan", estate, *words, cwd=tmp_path)

    assert "is neither a folder with an estate nor a revision" in refused(answer)
    assert not [*tmp_path.rglob("stolen*")]


def test_a_shallow_clone_says_why_it_lacks_a_revision(
    repository: Path, estate: Path, tmp_path: Path
) -> None:
    replace(estate / COMMUNE, OLD_MAC, NEW_MAC)
    commit(repository, "another camera")
    git(tmp_path, "clone", "--depth", "1", f"file://{repository}", "clone")
    there = tmp_path / "clone" / "inventory" / "malataverne"

    assert maille("plan", there).returncode == 0
    assert "`git fetch --unshallow`" in refused(maille("plan", there, "--against", "HEAD~1"))


def test_an_estate_outside_git_needs_a_folder(tmp_path: Path) -> None:
    estate = copy(MALATAVERNE, tmp_path)
    outside = {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}

    said = refused(maille("plan", estate, "--against", "main", env=outside))

    assert "is in no git repository" in said
    assert "--against ../before/chartres" in said


def test_a_machine_without_git_is_told_so(estate: Path, tmp_path: Path) -> None:
    assert "git is not installed" in refused(maille("plan", estate, env={"PATH": str(tmp_path)}))


def test_a_revision_without_the_estate_is_told(repository: Path, estate: Path) -> None:
    estate.rename(estate.with_name("village"))
    commit(repository, "a better name")

    said = refused(maille("plan", estate.with_name("village"), "--against", "HEAD~1"))

    assert "there is no estate inventory/village at HEAD~1" in said


def test_errors_of_the_revision_name_it(repository: Path, estate: Path, scratch: Path) -> None:
    replace(estate / COMMUNE, "switch: ie-3300-8p2s", "switch: ie-33")
    commit(repository, "a slip")
    replace(estate / COMMUNE, "switch: ie-33\n", "switch: ie-3300-8p2s\n")

    answer = maille("plan", estate, env={"TMPDIR": str(scratch)})

    assert answer.returncode == 2
    assert f"HEAD:inventory/malataverne/{COMMUNE}:52:13" in answer.stderr
    assert str(scratch) not in answer.stderr


def test_links_out_of_the_estate_are_not_followed(
    repository: Path, estate: Path, scratch: Path
) -> None:
    (estate / "communes" / "26170-elsewhere.yaml").symlink_to("/etc/passwd")
    commit(repository, "a link")
    (estate / "communes" / "26170-elsewhere.yaml").unlink()

    said = refused(maille("plan", estate, env={"TMPDIR": str(scratch)}))

    assert "26170-elsewhere.yaml" in said
    assert "root:" not in said


def test_nothing_is_left_behind(estate: Path, scratch: Path) -> None:
    assert maille("plan", estate, env={"TMPDIR": str(scratch)}).returncode == 0
    assert not [*scratch.iterdir()]
    assert not maille("plan", estate, "--against", "no", env={"TMPDIR": str(scratch)}).stdout
    assert not [*scratch.iterdir()]


def test_a_commune_is_named_by_code_or_name(estate: Path) -> None:
    replace(estate / COMMUNE, OLD_MAC, NEW_MAC)

    by_code = maille("plan", estate, "--commune", "26169", "--json")
    by_name = maille("plan", estate, "--commune", "malataverne", "--json")

    assert by_code.returncode == by_name.returncode == 3
    assert json.loads(by_code.stdout) == json.loads(by_name.stdout)
    assert "did you mean `Malataverne`?" in refused(
        maille("plan", estate, "--commune", "Malatavern")
    )
