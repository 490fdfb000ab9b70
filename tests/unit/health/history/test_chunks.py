"""Samples come out of their chunks and rounds as they went in, to the last bit."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.health.history.chunks import decode, encode
from maille.health.history.model import Measure, Samples
from maille.health.history.rows import Row, layout_from, layout_of, layout_text, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maille.health.history.model import MeasureKind, Value

KINDS: st.SearchStrategy[MeasureKind] = st.sampled_from(("counter", "gauge"))
COUNTERS = st.none() | st.integers(0, 2**64 - 1)
GAUGES = st.none() | st.floats(allow_nan=False, allow_infinity=False)


def values_of(kinds: Sequence[MeasureKind]) -> st.SearchStrategy[tuple[Value, ...]]:
    return st.tuples(*(COUNTERS if kind == "counter" else GAUGES for kind in kinds))


def bits(value: Value) -> object:
    """Tell 0.0 from -0.0, and a float from an integer."""
    return struct.pack("<d", value) if isinstance(value, float) else value


@given(st.data())
def test_a_chunk_gives_back_times_and_values(data: st.DataObject) -> None:
    kinds = data.draw(st.lists(KINDS, max_size=5))
    rows = data.draw(st.lists(values_of(kinds), max_size=20))
    times = data.draw(
        st.lists(st.integers(-(2**62), 2**62), min_size=len(rows), max_size=len(rows))
    )
    back, columns = decode(kinds, encode(kinds, times, rows))
    assert back == tuple(times)
    assert len(columns) == len(kinds)
    for number, column in enumerate(columns):
        assert list(map(bits, column)) == [bits(row[number]) for row in rows]


def test_a_gauge_keeps_the_sign_of_its_zero() -> None:
    measures = (Measure("x", "gauge"),)
    (row,) = unpack(pack([Samples("c", measures, (-0.0,))]), {layout_of(measures): measures})
    assert bits(row.values[0]) == bits(-0.0)


@given(st.data())
def test_a_round_gives_back_what_was_measured(data: st.DataObject) -> None:
    samples = []
    for name in data.draw(st.lists(st.text(min_size=1), unique=True, max_size=4)):
        kinds = data.draw(st.lists(KINDS, max_size=12))
        measures = tuple(Measure(f"m{place}", kind, "W") for place, kind in enumerate(kinds))
        samples.append(Samples(name, measures, data.draw(values_of(kinds))))
    texts = {layout_of(one.measures): layout_text(one.measures) for one in samples}
    layouts = {number: layout_from(text) for number, text in texts.items()}
    back = unpack(pack(samples), layouts)
    expected = [Row(one.target, layout_of(one.measures), one.values) for one in samples]
    assert [row[:2] for row in back] == [row[:2] for row in expected]
    for row, wanted in zip(back, expected, strict=True):
        assert list(map(bits, row.values)) == list(map(bits, wanted.values))


def test_an_hour_of_a_port_that_does_as_ports_do_is_small() -> None:
    """120 polls of a counter at 4 Mbit/s and of a draw of some 6 W: 8 bytes each, uncompressed."""
    times = [1_700_000_000_000_000 + 30_000_000 * number + number % 7 for number in range(120)]
    rows = [(15_000_000 * number + number * 977 % 4096, 6.1) for number in range(120)]
    assert len(encode(("counter", "gauge"), times, rows)) < 120 * 8


@pytest.mark.parametrize(
    ("kind", "value"),
    [("counter", -1), ("counter", 2**64), ("counter", 1.5), ("gauge", float("nan"))],
)
def test_a_value_that_does_not_fit_is_refused_by_the_name_of_its_target(
    kind: MeasureKind, value: Value
) -> None:
    with pytest.raises(ValueError, match="28085-0001"):
        pack([Samples("28085-0001", (Measure("x", kind),), (value,))])


def test_a_chunk_with_other_columns_is_not_read() -> None:
    with pytest.raises(ValueError, match="version 1 with 1 columns"):
        decode(("gauge", "gauge"), encode(("gauge",), [1], [(1.0,)]))
