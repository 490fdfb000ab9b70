"""Tables of text are read as spreadsheets in France and elsewhere write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.batch.table import read_table

ROWS = [("Code INSEE", "Commune"), ("28085", "Chartres; la ville, é")]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_encoding_and_separator_are_found_out(separator: str, encoding: str, line_end: str) -> None:
    lines = [separator.join(f'"{cell}"' for cell in row) for row in ROWS]
    data = (line_end.join(lines) + line_end).encode(encoding)
    grids, findings = read_table(data, shown_as="lot.csv")
    assert [row.cells for row in grids[0].rows] == ROWS
    assert [found.code for found in findings] == (["I416"] if encoding == "cp1252" else [])


def test_separator_may_be_named_in_the_first_line() -> None:
    grids, _ = read_table(b"sep=,\r\na;b,c\r\n", shown_as="lot.csv")
    assert [(row.number, row.cells) for row in grids[0].rows] == [(2, ("a;b", "c"))]


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    grids, _ = read_table(b'a;b\n"two\nlines";c\n\n;\nd;e\n', shown_as="lot.csv")
    assert [row.number for row in grids[0].rows] == [1, 2, 5]
    assert grids[0].place(5, 1).cell == "B5"


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_a_finding(data: bytes) -> None:
    grids, findings = read_table(data, shown_as="lot.csv")
    assert grids or any(found.fails for found in findings)
