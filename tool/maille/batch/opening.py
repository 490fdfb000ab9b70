"""Tell what a file is by what it holds, and refuse what can't be a batch, before parsing."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from maille.batch.codes import finding
from maille.batch.table import read_table
from maille.batch.workbook import read_workbook
from maille.errors import Place

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Callable

    from maille.batch.grid import Grid
    from maille.errors import Finding

MAX_BYTES = 16 * 1024 * 1024
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
"""A workbook of 20,000 cameras unpacks to about 15 MiB."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORKBOOKS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_MARKUP = re.compile(rb"(\xef\xbb\xbf)?\s*<[!?a-zA-Z]")
"""Programs export HTML and XML under the name .xls: a spreadsheet opens them all the same."""
_SAVE_AS = "open it in a spreadsheet program and save it as “Excel workbook (.xlsx)”"
_OTHERS = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"SQLite format 3", "a database"),
)
_DOCTYPE = (b"<!DOCTYPE", b"<!ENTITY")


class Refused(Exception):  # noqa: N818 - a finding is on its way, no error of the program
    """The file is no workbook and no table."""

    def __init__(self, what: str, how: str) -> None:
        """Keep what is wrong and how to mend it."""
        super().__init__(what)
        self.what = what
        self.how = how


def read_grids(
    path: pathlib.Path, *, shown_as: str, wanted: Callable[[str], bool]
) -> tuple[list[Grid], list[Finding]]:
    """Read the sheets of a workbook that are `wanted` by their title, or a table.

    A refused file gives no grid and one finding; the others come with what is to be said of
    the whole file. Memory is bounded by a few times `MAX_UNPACKED_BYTES`.
    """
    try:
        data = _content(path)
        if data.startswith(_ZIP):
            check_archive(data)
            return read_workbook(data, shown_as=shown_as, wanted=wanted)
        _refuse_others(data)
    except Refused as refused:
        return [], [finding("I401", refused.what, refused.how, Place(shown_as))]
    return read_table(data, shown_as=shown_as)


def _content(path: pathlib.Path) -> bytes:
    if path.name.startswith("~$"):
        how = f"name the workbook itself: {path.name.removeprefix('~$')}"
        raise Refused("this is what Excel keeps beside a workbook that is open", how)
    if not path.exists():
        raise Refused("the file does not exist", "correct its name")
    if not path.is_file():
        raise Refused("this is not a file", "name a workbook (.xlsx) or a table (.csv)")
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Refused(
            f"the file is larger than {MAX_BYTES // 2**20} MiB",
            "delete pictures and empty formatted rows, or split the batch",
        )
    if not data.strip():
        raise Refused("the file is empty", "was it saved?")
    return data


def _refuse_others(data: bytes) -> None:
    """Refuse what is neither a workbook nor text."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise Refused("the workbook is protected by a password", "save it without a password")
        old = any(name in data for name in _OLD_WORKBOOKS)
        kind = "a workbook of an old Excel (.xls)" if old else "a document of an old Office"
        raise Refused(f"this is {kind}", _SAVE_AS)
    if _MARKUP.match(data):
        raise Refused("this is a web page or an XML document, whatever its name", _SAVE_AS)
    for signature, kind in _OTHERS:
        if data.startswith(signature):
            raise Refused(f"this is {kind}, not a workbook", _SAVE_AS)


def check_archive(data: bytes) -> None:
    """Refuse an archive that is no workbook, or that would unpack to more than is sane."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive)
    except Refused:
        raise
    except Exception as error:  # each way of packing has errors of its own
        raise damaged() from error


def damaged() -> Refused:
    """Say that a workbook is broken inside."""
    return Refused("the workbook is damaged", "open it in a spreadsheet program and save it again")


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = {member.filename for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise Refused("the workbook is protected by a password", "save it without a password")
    size = sum(member.file_size for member in members)
    if size > MAX_UNPACKED_BYTES:
        raise Refused(
            f"the workbook unpacks to {size // 2**20} MiB, at most"
            f" {MAX_UNPACKED_BYTES // 2**20} are read",
            "delete empty formatted rows and other sheets, or split the batch",
        )
    _check_kind(archive, names)
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as part:
                if any(mark in part.read(1024) for mark in _DOCTYPE):
                    raise damaged()


def _check_kind(archive: zipfile.ZipFile, names: set[str]) -> None:
    if "mimetype" in names and b"opendocument" in archive.read("mimetype"):
        raise Refused("this is an OpenDocument file (.ods)", _SAVE_AS)
    if "xl/workbook.bin" in names:
        raise Refused("this is a binary workbook (.xlsb)", _SAVE_AS)
    if not any(name.startswith("xl/") for name in names):
        kind = "a Word document" if "word/document.xml" in names else "a ZIP archive"
        raise Refused(f"this is {kind}, not a workbook", _SAVE_AS)
