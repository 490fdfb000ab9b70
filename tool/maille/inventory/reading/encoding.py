"""Tell text from what is not: binary files, other encodings, byte order marks."""

from __future__ import annotations

import codecs

from maille.inventory.reading.fault import Fault

_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive, as workbooks (.xlsx, .ods) are"),
    (b"\xd0\xcf\x11\xe0", "a document of an old Office program (.xls, .doc)"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database (SQLite)"),
)

# UTF-32 first: its little-endian mark begins with the mark of UTF-16.
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)

# `surrogateescape` turns a bad byte 0xNN into U+DCNN: one character, so columns stay right.
_BAD_BYTES = range(0xDC80, 0xDD00)
_AS_WINDOWS_1252 = {
    code: bytes([code - 0xDC00]).decode("cp1252", errors="replace") for code in _BAD_BYTES
}


def lenient(data: bytes) -> str:
    """Decode for showing: a byte that is not UTF-8 appears as Windows-1252 would have it."""
    return (
        data.removeprefix(codecs.BOM_UTF8)
        .decode(errors="surrogateescape")
        .translate(_AS_WINDOWS_1252)
    )


def foreign(data: bytes) -> Fault | None:
    """Say what `data` is if it isn't UTF-8 text at all; None if it may be."""
    for mark, name in _WIDE_MARKS:
        if data.startswith(mark):
            return _wide(name)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            how = "put the YAML file here; a workbook is read by `maille commune import`"
            return Fault("I005", 0, 0, f"this is {kind}, not text", how)
    if b"\0" in data:
        return _with_nul(data)
    return None


def _wide(name: str) -> Fault:
    """Refuse an encoding of two or four bytes a character."""
    what = f"the file is encoded as {name}, only UTF-8 is read"
    return Fault("I006", 0, 0, what, 'save it again, choosing the encoding "UTF-8"')


def _with_nul(data: bytes) -> Fault:
    """Tell UTF-16 without a mark, a torn file and other binary content apart."""
    sample = data[:4096]
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    half = len(sample) // 2
    if half and max(zeros) > 0.7 * half and min(zeros) < 0.1 * half:
        return _wide("UTF-16")
    offset = data.index(b"\0")
    line = data.count(b"\n", 0, offset) + 1
    column = len(lenient(data[data.rfind(b"\n", 0, offset) + 1 : offset])) + 1
    if not data[offset:].strip(b"\0"):
        what = f"the file ends in {len(data) - offset} zero bytes: it was cut off while written"
        return Fault("I005", line, column, what, "take the last good version from git")
    count = data.count(0)
    what = f"the file holds {count} zero byte{'s' if count > 1 else ''}: this is not text"
    return Fault("I005", line, column, what, "take the last good version from git")


def not_utf8(data: bytes, error: UnicodeDecodeError) -> Fault:
    """Name the first byte that is not UTF-8, and guess the encoding if it is French text."""
    before = data[: error.start].decode()
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    others = len(data.decode(errors="surrogateescape")) - len(data.decode(errors="ignore")) - 1
    more = f", and {others} more like it" if others else ""
    byte = data[error.start]
    if error.reason == "unexpected end of data":
        what = "the file ends in the middle of a character: it was cut off while written"
        return Fault("I006", line, column, what, "take the last good version from git")
    looks_like = _AS_WINDOWS_1252[0xDC00 + byte]
    if looks_like.isalpha() or looks_like in "«»°’“”–—€":
        what = f"`{looks_like}` is written in Latin-1 (Windows-1252), not in UTF-8{more}"
        how = "save the file as UTF-8, or: iconv -f WINDOWS-1252 -t UTF-8"
        return Fault("I006", line, column, what, how)
    what = f"the byte 0x{byte:02X} is not UTF-8{more}"
    return Fault("I006", line, column, what, "save the file as UTF-8")
