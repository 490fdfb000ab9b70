"""Folders as people have them: other files, other encodings, nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maille.adopt.communes import read_table
from maille.adopt.texts import configuration_files, read_text
from maille.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def test_only_texts_are_taken_and_in_order(tmp_path: Path) -> None:
    for name in ("b.cfg", "a.TXT", "c.conf", "photo.png", ".hidden.cfg"):
        (tmp_path / name).write_text("x")
    assert [file.name for file in configuration_files(tmp_path)] == ["a.TXT", "b.cfg", "c.conf"]


@pytest.mark.parametrize("name", ["missing", "file", "empty"])
def test_a_folder_without_configurations_is_a_wrong_usage(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        configuration_files(tmp_path / name)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"hostname caf\xc3\xa9", []),
        (b"\xef\xbb\xbfhostname a", []),
        ("hostname é".encode("utf-16"), []),
        (b"hostname caf\xe9", ["I503"]),
        (b"\x89PNG\r\n\0\0", ["I501"]),
        (b"x" * (5 * 2**20), ["I501"]),
    ],
)
def test_encodings_and_binaries(tmp_path: Path, content: bytes, told: list[str]) -> None:
    file = tmp_path / "sw.cfg"
    file.write_bytes(content)
    text = read_text(file)
    assert [finding.code for finding in text.findings] == told
    assert (text.text is None) is (told == ["I501"])
    assert "\ufeff" not in (text.text or "")


def test_a_folder_named_like_a_file_and_a_broken_link(tmp_path: Path) -> None:
    (tmp_path / "a.cfg").mkdir()
    (tmp_path / "b.cfg").symlink_to(tmp_path / "nowhere")
    codes = [read_text(file).findings[0].code for file in configuration_files(tmp_path)]
    assert codes == ["I501", "I501"]


def test_table_of_communes() -> None:
    table = read_table(
        "hostname,code,nom,lat,lon\nSW-A*,1004,Ambérieu,45.95,5.34\n,01234,Bourg,,\n".encode(), "t"
    )
    assert table.by_pattern("sw-a12") == "01004"
    assert table.by_pattern("sw-b") == ""
    assert table.town("01004").name == "Ambérieu"
    assert table.town("01004").position == (45.95, 5.34)
    assert table.town("01234").name == "Bourg"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "t:1: the headings"),
        ("a;b\n1;2\n", "t:1: the headings"),
        ("pattern;insee\nsw;99999\n", "t:2: `99999` is no INSEE code"),
        ("pattern;insee;lat;lon\nsw;28085;north;1\n", "t:2: north 1 is no place"),
        ("pattern;insee;lat;lon\nsw;28085;148;1\n", "t:2: 148 1 is no place"),
    ],
)
def test_a_wrong_table_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(UsageError) as error:
        read_table(text.encode(), "t")
    assert error.value.what.startswith(told)
