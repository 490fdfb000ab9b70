"""Read a table of text (CSV): its encoding and its separator are found out."""

from __future__ import annotations

import codecs
import csv
import io
import re

from maille.batch.codes import finding
from maille.batch.grid import MAX_COLUMNS, MAX_ROWS, Grid, Row, trimmed
from maille.errors import Finding, Place

SEPARATORS = ";\t,"
"""Where two part a line alike the first one is meant: French spreadsheets write semicolons."""

_SAVE_AS = "save it as “CSV UTF-8”, or as an Excel workbook (.xlsx)"
_SAMPLE_CHARACTERS = 4000
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_WORD = re.compile(r"\w*[^\W\x00-\x7f]\w*")


def read_table(data: bytes, *, shown_as: str) -> tuple[list[Grid], list[Finding]]:
    """Read the rows of a table; what is wrong with it as a whole becomes a finding."""
    place = Place(shown_as)
    text, notes = _decoded(data, place)
    if text is None:
        return [], notes
    named = _SEP_LINE.match(text)
    separator = named.group(1) if named else _separator(text)
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            kept = trimmed(tuple(cells[:MAX_COLUMNS]))
            if kept and not (named and number == 1):
                rows.append(Row(number, kept))
            if len(rows) > MAX_ROWS:
                how = "split the batch into several files"
                what = f"the table has more than {MAX_ROWS:,} rows"
                return [], [*notes, finding("I401", what, how, place)]
    except csv.Error as error:
        return [], [*notes, _unreadable(error, reader.line_num, place)]
    return [Grid(shown_as, "", tuple(rows))], notes


def _decoded(data: bytes, place: Place) -> tuple[str | None, list[Finding]]:
    """Give the text, and a note where its encoding had to be guessed."""
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return _wide(data, encoding, place)
    if b"\0" in data:
        return None, [_no_text(place)]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None, [_no_text(place)]
    seen = _WORD.search(text)
    example = f": does `{seen.group()}` look right?" if seen else ""
    what = "the table is not UTF-8 and was read as Windows-1252"
    how = f"save it as “CSV UTF-8” to be sure{example}"
    return text, [finding("I416", what, how, place)]


def _wide(data: bytes, encoding: str, place: Place) -> tuple[str | None, list[Finding]]:
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        return None, [_no_text(place)]


def _no_text(place: Place) -> Finding:
    return finding("I401", "this is neither a workbook nor text", _SAVE_AS, place)


def _separator(text: str) -> str:
    """Give the separator that parts the first lines into the most fields."""
    top = [line for line in text[:_SAMPLE_CHARACTERS].splitlines() if line.strip()]
    return max(SEPARATORS, key=lambda one: sum(len(_fields(line, one)) for line in top))


def _fields(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], delimiter=separator), [])


def _unreadable(error: csv.Error, line: int, place: Place) -> Finding:
    what = f"the table can't be read at line {line}: {error}"
    how = 'is a quotation mark (") not closed, or not doubled inside a value?'
    return finding("I401", what, how, place)
