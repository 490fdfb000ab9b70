"""A folder is written as a whole or not at all, and never over somebody's work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maille.errors import UsageError
from maille.folders import MARKER, File, claim, replace_folder, update_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def names(folder: Path) -> list[str]:
    return sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file())


def test_a_new_folder_holds_what_was_given(tmp_path: Path) -> None:
    out = tmp_path / "a" / "out"
    assert replace_folder(out, [File("x/y.txt", "é\n"), File("z", b"\0")]) == 2
    assert names(out) == [MARKER, "x/y.txt", "z"]
    assert (out / "x" / "y.txt").read_text(encoding="utf-8") == "é\n"


def test_what_is_no_longer_given_goes(tmp_path: Path) -> None:
    out = tmp_path / "out"
    replace_folder(out, [File("old", "1")])
    replace_folder(out, [File("new", "2")])
    assert names(out) == [MARKER, "new"]
    assert names(tmp_path) == [f"out/{MARKER}", "out/new"]


def test_what_fails_on_the_way_leaves_the_old_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    replace_folder(out, [File("old", "1")])

    def failing() -> Iterator[File]:
        yield File("new", "2")
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        replace_folder(out, failing())
    assert names(tmp_path) == [f"out/{MARKER}", "out/old"]


def test_somebodys_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "work.txt").write_text("mine")
    for write in (replace_folder, update_folder):
        with pytest.raises(UsageError, match="did not write"):
            write(tmp_path, [File("x", "1")])
    assert names(tmp_path) == ["work.txt"]


def test_a_file_or_a_link_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for name in ("file", "link"):
        with pytest.raises(UsageError, match="is no folder"):
            replace_folder(tmp_path / name, [File("x", "1")])


def test_a_place_below_a_file_or_without_rights_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError, match="file is no folder"):
        claim(tmp_path / "file" / "out" / "chartres")
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    with pytest.raises(UsageError, match="nothing may be written"):
        claim(tmp_path / "out")


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    replace_folder(out, [File("x", "1")])
    assert names(out) == [MARKER, "x"]


def test_an_update_leaves_what_it_does_not_name(tmp_path: Path) -> None:
    out = tmp_path / "out"
    replace_folder(out, [File("a", "1"), File("b", "1")])
    assert update_folder(out, [File("b", "2"), File("c/d", "3")]) == 2
    assert names(out) == [MARKER, "a", "b", "c/d"]
    assert (out / "b").read_text() == "2"


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", ""])
def test_no_name_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="does not stay"):
        replace_folder(tmp_path / "out", [File(name, "1")])
    assert names(tmp_path) == []


@pytest.mark.parametrize("write", [replace_folder, update_folder])
def test_a_refusal_names_what_was_to_be_written(
    write: Callable[[Path, list[File]], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(prefix: str, dir: Path) -> str:  # noqa: A002 — the name that tempfile gives it
        raise PermissionError(13, "Permission denied", str(dir / prefix))

    monkeypatch.setattr("tempfile.mkdtemp", refused)
    monkeypatch.setattr("tempfile.mkstemp", refused)
    with pytest.raises(PermissionError) as error:
        write(tmp_path / "out", [File("x", "1")])
    assert error.value.filename in {str(tmp_path / "out"), str(tmp_path / "out" / "x")}
