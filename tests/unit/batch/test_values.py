"""What a spreadsheet makes of values is undone, where it can be undone for certain."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.batch.columns import Column, Kind
from maille.batch.grid import is_blank
from maille.batch.language import Words
from maille.batch.lists import Lists
from maille.batch.values import Misread, value_of

NOTHING = Words("", "")
LISTS = Lists(
    {
        "ring": {"chartres-sud": "Chartres, quartiers sud", "beauce-est": "Beauce, est"},
        "cable": {"sud-01": "Sud 1", "sud-02": "Sud 2"},
        "model": {"one": "AXIS P1465-LE", "two": "AXIS P1465-LE"},
    }
)


def read(kind: Kind, raw: object, among: str = "") -> object:
    column = Column((), kind, NOTHING, NOTHING, NOTHING, among=among)
    return value_of(raw, column, LISTS)  # type: ignore[arg-type] # whatever a cell may hold


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Kind.INSEE, "28085", "28085"),
        (Kind.INSEE, 28085, "28085"),
        (Kind.INSEE, 28085.0, "28085"),
        (Kind.INSEE, 1001, "01001"),
        (Kind.INSEE, "1001", "01001"),
        (Kind.INSEE, " 2a004 ", "2A004"),
        (Kind.TEXT, "  Place\u00a0de  la Mairie\n", "Place de la Mairie"),
        (Kind.TEXT, "E\u0301pernon", "Épernon"),
        (Kind.TEXT, "B8A4\u200b4F", "B8A44F"),
        (Kind.TEXT, 12345, "12345"),
        (Kind.TEXT, 12345.0, "12345"),
        (Kind.TEXT, 12.5, "12.5"),
        (Kind.TEXTS, "north windows; garden;", ["north windows", "garden"]),
        (Kind.TEXTS, "north windows\ngarden", ["north windows", "garden"]),
        (Kind.WHOLE, 30.0, 30),
        (Kind.WHOLE, "38 954", 38954),
        (Kind.WHOLE, "38\u202f954", 38954),
        (Kind.NUMBER, "48,4449", 48.4449),
        (Kind.NUMBER, "-1.5", -1.5),
        (Kind.NUMBER, 0.1 + 0.2, 0.3),
        (Kind.NUMBER, 3.0, 3),
        (Kind.DAY, datetime(2026, 1, 15), "2026-01-15"),  # noqa: DTZ001
        (Kind.DAY, date(2026, 1, 15), "2026-01-15"),
        (Kind.DAY, "2026-01-15", "2026-01-15"),
        (Kind.DAY, "15/01/2026", "2026-01-15"),
        (Kind.DAY, "1.2.2026", "2026-02-01"),
        (Kind.DAY, "15-01-2026", "2026-01-15"),
        (Kind.FLAG, "Oui", True),
        (Kind.FLAG, "no", False),
        (Kind.FLAG, True, True),
        (Kind.FLAG, 0, False),
        (Kind.MAC, "B8A4.4F15.4001", "b8:a4:4f:15:40:01"),
        (Kind.MAC, "b8-a4-4f-15-40-01", "b8:a4:4f:15:40:01"),
        (Kind.MAC, 286023412345, "28:60:23:41:23:45"),
    ],
)
def test_value_is_understood(kind: Kind, raw: object, value: object) -> None:
    found = read(kind, raw)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (Kind.INSEE, "280850"),
        (Kind.INSEE, "99001"),
        (Kind.ID, "Place des Épars"),
        (Kind.ID, "\u0662\u0663"),
        (Kind.NUMBER, "48 4449"),
        (Kind.NUMBER, "1e400"),
        (Kind.NUMBER, "1 2345"),
        (Kind.NUMBER, True),
        (Kind.WHOLE, 30.5),
        (Kind.DAY, "31/04/2026"),
        (Kind.DAY, "26-01-15"),
        (Kind.DAY, "15-01/2026"),
        (Kind.DAY, 46037),
        (Kind.FLAG, "peut-être"),
        (Kind.TEXT, "bell\x07"),
        (Kind.TEXT, "Ã‰pernon"),
        (Kind.TEXT, 1.5e22),
        (Kind.MAC, 1122334455),
        (Kind.MAC, float("inf")),
        (Kind.MAC, "ff:ff:ff:ff:ff:ff"),
    ],
)
def test_what_is_not_certain_is_refused(kind: Kind, raw: object) -> None:
    with pytest.raises(Misread) as refused:
        read(kind, raw)
    assert refused.value.what
    assert refused.value.how


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("chartres-sud", "chartres-sud"),
        ("Chartres-Sud ", "chartres-sud"),
        ("chartres quartiers sud", "chartres-sud"),
    ],
)
def test_name_is_found_by_id_or_title(text: str, name: str) -> None:
    assert read(Kind.NAME, text, "ring") == name


def test_title_of_two_models_is_none_of_them() -> None:
    with pytest.raises(Misread, match="unknown"):
        read(Kind.NAME, "AXIS P1465-LE", "model")


def test_part_of_a_title_leads_to_its_id() -> None:
    with pytest.raises(Misread) as refused:
        read(Kind.NAME, "quartiers sud", "ring")
    assert refused.value.how == "did you mean `chartres-sud`?"


def test_names_of_a_list_are_each_found() -> None:
    assert read(Kind.NAMES, "SUD-01; sud-02", "cable") == ["sud-01", "sud-02"]


RAW = st.one_of(
    st.text(max_size=40),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
)


@given(kind=st.sampled_from([kind for kind in Kind if kind is not Kind.REMARK]), raw=RAW)
def test_any_cell_is_read_or_refused_with_a_remedy(kind: Kind, raw: object) -> None:
    if is_blank(raw):  # type: ignore[arg-type] # whatever a cell may hold
        return
    try:
        read(kind, raw, "view" if kind is Kind.CHOICE else "ring")
    except Misread as refused:
        assert refused.what  # noqa: PT017 - it may be read as well
        assert refused.how  # noqa: PT017
