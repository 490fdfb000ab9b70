"""What is written in YAML is read back as it was."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from maille.batch.yaml_text import fields
from maille.inventory.reading.text import hidden
from maille.inventory.source import parse_document
from maille.inventory.yaml_text import flow, scalar

TEXTS = st.text(min_size=1, max_size=30).filter(
    lambda text: not hidden(text) and "\t" not in text and "\n" not in text and "\r" not in text
)
SCALARS = st.one_of(
    TEXTS,
    st.sampled_from(["yes", "No", "~", "null", "01053", "1e3", "2025-03-31", "-", "...", "a: b"]),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.floats(-1e6, 1e6).map(lambda number: round(number, 9)),
)


def read(text: str) -> Any:  # noqa: ANN401 - plain Python
    document = parse_document(text.encode(), shown_as="x.yaml")
    assert not [finding for finding in document.findings if finding.fails], text
    return document.tree


@given(SCALARS)
def test_scalar_is_read_back_in_a_block_and_on_a_line(value: object) -> None:
    assert read(f"a: {scalar(value)}\nb: {{c: {scalar(value)}, d: 1}}\n") == {
        "a": value,
        "b": {"c": value, "d": 1},
    }


@given(st.dictionaries(TEXTS, st.lists(SCALARS, max_size=3), max_size=3))
def test_fields_are_read_back(tree: dict[str, Any]) -> None:
    assert read(f"a: {flow(tree)}\n") == {"a": tree}


@given(st.dictionaries(TEXTS, SCALARS, min_size=1, max_size=3))
def test_cabinets_are_read_back(cameras: dict[str, Any]) -> None:
    tree = {"cabinets": {"one": {"place": "x", "cameras": cameras}, "two": {"cameras": {}}}}
    assert read("\n".join(fields(tree)) + "\n") == tree


def test_a_line_break_or_a_hidden_sign_does_not_end_the_text() -> None:
    for text in ("0\n;", "a\u2028b", "\x1b[31mred"):
        assert "\n" not in scalar(text)
        assert parse_document(f"a: {scalar(text)}\n".encode(), shown_as="x").tree == {"a": text}


def test_ids_and_dates_stand_without_quotes_and_what_looks_like_a_number_within() -> None:
    values = ["28085-0001", "2025-03-31", "Place des Épars", "28085", "1:30", "ac:cc:8e:00:00:01"]
    assert [scalar(value) for value in values] == [
        "28085-0001",
        "2025-03-31",
        "Place des Épars",
        '"28085"',
        '"1:30"',
        '"ac:cc:8e:00:00:01"',
    ]
