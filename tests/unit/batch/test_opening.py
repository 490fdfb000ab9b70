"""Files that are no batch are refused with a remedy, whatever they hold."""

from __future__ import annotations

import io
import os
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.examples import examples

from maille.batch.grid import MAX_ROWS
from maille.batch.opening import MAX_BYTES, read_grids

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from maille.batch.grid import Grid
    from maille.errors import Finding

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
XLS = OLE + "Workbook".encode("utf-16-le")


def read(path: Path) -> tuple[list[Grid], list[Finding]]:
    return read_grids(path, shown_as=path.name, wanted=lambda _title: True)


def archive(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


@cache
def workbook() -> bytes:
    book = Workbook()
    for title in ("Communes", "Caméras"):
        sheet = book.create_sheet(title)
        sheet.append(["Code INSEE", "Commune", None, 3.5])
        sheet.append([28085, "Chartres", "=1+1", True])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Give a workbook with one of its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as source, zipfile.ZipFile(stream, "w") as target:
        for member in source.namelist():
            content = source.read(member)
            target.writestr(member, change(content) if member == name else content)
    return stream.getvalue()


def with_doctype(content: bytes) -> bytes:
    return content.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the file is empty"),
        (XLS, "this is a workbook of an old Excel (.xls)"),
        (OLE, "this is a document of an old Office"),
        (b"\xef\xbb\xbf <html><table>", "this is a web page or an XML document, whatever its name"),
        (b'<?xml version="1.0"?>', "this is a web page or an XML document, whatever its name"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "the workbook is protected by a password"),
        (b"%PDF-1.7", "this is a PDF document, not a workbook"),
        (b"\x1f\x8b\x08\x00", "this is a compressed file (gzip), not a workbook"),
        (archive(a=b"1"), "this is a ZIP archive, not a workbook"),
        (archive(word__document=b""), "this is a ZIP archive, not a workbook"),
        (archive(xl__workbook=b""), "the workbook is damaged"),
        (workbook()[:-40], "the workbook is damaged"),
        (workbook()[:2000], "the workbook is damaged"),
        (with_part("xl/worksheets/sheet2.xml", with_doctype), "the workbook is damaged"),
        (with_part("xl/workbook.xml", lambda _: b"<workbook"), "the workbook is damaged"),
        (b"a;b\n\xff\xfe\x81\x8d", "this is neither a workbook nor text"),
        (b"x" * (MAX_BYTES + 1), "the file is larger than 16 MiB"),
    ],
)
def test_file_that_is_no_batch_is_told(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "lot.xlsx"
    path.write_bytes(content)
    grids, findings = read(path)
    assert grids == []
    assert [(found.code, found.what) for found in findings] == [("I401", what)]
    assert findings[0].how


def test_lock_file_of_excel_leads_to_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "~$lot.xlsx"
    path.write_bytes(b"\x05pierre" + b" " * 150)
    _, findings = read(path)
    assert [(found.code, found.how) for found in findings] == [
        ("I401", "name the workbook itself: lot.xlsx")
    ]


def test_formats_of_other_programs_are_named(tmp_path: Path) -> None:
    members = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "xl/workbook.bin": b"",
        "word/document.xml": b"",
    }
    told = []
    for name, content in members.items():
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as target:
            target.writestr(name, content)
        path = tmp_path / "lot.xlsx"
        path.write_bytes(stream.getvalue())
        told.append(read(path)[1][0].what)
    assert told == [
        "this is an OpenDocument file (.ods)",
        "this is a binary workbook (.xlsb)",
        "this is a Word document, not a workbook",
    ]


def test_archive_that_unpacks_without_end_is_never_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "lot.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target,
        target.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(200):
            part.write(b" " * 2**20)
    assert path.stat().st_size < 2**20
    _, findings = read(path)
    assert findings[0].what == "the workbook unpacks to 200 MiB, at most 64 are read"


def test_sheet_with_too_many_rows_is_cut_off(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Caméras")
    for _ in range(MAX_ROWS + 2):
        sheet.append(["28085"])
    book.save(tmp_path / "lot.xlsx")
    grids, _ = read(tmp_path / "lot.xlsx")
    assert [found.what for found in grids[0].findings] == ["the sheet has more than 20,000 rows"]


def test_formatted_rows_that_hold_nothing_do_not_count(tmp_path: Path) -> None:
    def stretched(content: bytes) -> bytes:
        rows = b"".join(b'<row r="%d" ht="20"/>' % number for number in range(3, 100_000))
        return content.replace(b"</sheetData>", rows + b"</sheetData>")

    path = tmp_path / "lot.xlsx"
    path.write_bytes(with_part("xl/worksheets/sheet2.xml", stretched))
    grids, findings = read(path)
    assert findings == []
    assert [len(grid.rows) for grid in grids if grid.sheet == "Communes"] == [2]


def test_extent_that_the_workbook_states_is_not_believed(tmp_path: Path) -> None:
    def shrunk(content: bytes) -> bytes:
        return content.replace(b'<dimension ref="A1:D2"', b'<dimension ref="A1:A1"')

    path = tmp_path / "lot.xlsx"
    path.write_bytes(with_part("xl/worksheets/sheet2.xml", shrunk))
    grids, _ = read(path)
    assert [row.cells for row in grids[1].rows][1] == (28085, "Chartres", None, True)


@pytest.mark.parametrize("kind", ["folder", "pipe", "missing"])
def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "lot.xlsx"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    _, findings = read(path)
    assert [found.code for found in findings] == ["I401"]


@settings(max_examples=examples(150), deadline=None)
@given(data=st.data())
def test_damaged_workbook_is_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(workbook())
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=20)):
        content[at] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / "lot.xlsx"
    path.write_bytes(bytes(content))
    _, findings = read(path)
    assert all(found.how for found in findings)


@settings(max_examples=examples(150), deadline=None)
@given(
    part=st.sampled_from(["xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml"]),
    data=st.data(),
)
def test_workbook_with_damaged_xml_is_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, part: str, data: st.DataObject
) -> None:
    def damage(content: bytes) -> bytes:
        at = data.draw(st.integers(0, len(content)))
        put = data.draw(st.sampled_from([b"<", b'"', b"r=", b"99999999999", b"-1", b"", b"&#0;"]))
        return content[:at] + put + content[at + data.draw(st.integers(0, 8)) :]

    path = tmp_path_factory.mktemp("damaged") / "lot.xlsx"
    path.write_bytes(with_part(part, damage))
    _, findings = read(path)
    assert all(found.how for found in findings)
