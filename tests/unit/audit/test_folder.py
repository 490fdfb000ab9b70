"""Folders of running configurations, whatever somebody has put into them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from maille.audit import folder as reading
from maille.audit.folder import MAX_FILE_BYTES, read_folder
from maille.audit.texts import RunningText, Unusable
from maille.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = "hostname epars\nend\n"


def told(folder: Path) -> dict[str, str]:
    """Give what is said of each file, empty for those that can be judged."""
    found = {}
    for each in read_folder(folder):
        name = each.file.removeprefix(f"{folder}/")
        found[name] = each.what if isinstance(each, Unusable) else ""
    return found


def test_files_are_read_by_name(tmp_path: Path) -> None:
    for name in ("b.cfg", "a", "c.txt"):
        (tmp_path / name).write_text(CONFIG, "utf-8")

    found = list(read_folder(tmp_path))

    assert [each.file for each in found] == [str(tmp_path / n) for n in ("a", "b.cfg", "c.txt")]
    assert all(isinstance(each, RunningText) for each in found)


def test_everything_else_is_told_and_nothing_waits(tmp_path: Path) -> None:
    (tmp_path / "epars").write_text(CONFIG, "utf-8")
    (tmp_path / "archive").mkdir()
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "link").symlink_to("epars")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "zeros").symlink_to("/dev/zero")
    (tmp_path / "outside").symlink_to("/etc/passwd")
    (tmp_path / "large").write_bytes(b"x" * (MAX_FILE_BYTES + 1))
    (tmp_path / ".git").mkdir()
    (tmp_path / ".hidden").write_text("hidden", "utf-8")

    assert told(tmp_path) == {
        "archive": "this is a folder, and only files are read",
        "epars": "",
        "fifo": "this is no ordinary file",
        "large": "the file has more than 2 MiB",
        "link": "the file is a link",
        "loop": "the file is a link",
        "outside": "the file is a link",
        "zeros": "the file is a link",
    }


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    (tmp_path / "epars").write_bytes(CONFIG.encode() + b"!" * (MAX_FILE_BYTES - len(CONFIG)))

    assert "characters, more than any device stores" in told(tmp_path)["epars"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "epars").write_text(CONFIG, "utf-8")
    (tmp_path / "epars").chmod(0)

    assert told(tmp_path) == {"epars": "the file cannot be read: Permission denied"}


def test_there_must_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text(CONFIG, "utf-8")

    for name, fault in (("none", "no such folder"), ("file", "it is a file")):
        with pytest.raises(UsageError, match=fault):
            list(read_folder(tmp_path / name))


def test_too_much_is_no_folder_of_configurations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        (tmp_path / name).write_text(CONFIG * 10, "utf-8")
    monkeypatch.setattr(reading, "MAX_FOLDER_BYTES", 400)
    with pytest.raises(UsageError, match="holds more than"):
        list(read_folder(tmp_path))
    monkeypatch.setattr(reading, "MAX_FILES", 2)
    with pytest.raises(UsageError, match="holds 3 files"):
        list(read_folder(tmp_path))
