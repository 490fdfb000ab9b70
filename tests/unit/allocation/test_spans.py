"""Stretches of addresses, beside a plain set of addresses."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maille.allocation.spans import Spans, Stretch, power_of_two, prefix_of, size_of, stretch
from maille.allocation.subject import Subject

SPACE = 64


def owner(name: str) -> tuple[Subject, str]:
    return Subject("28001", "segments", name), "prefix"


stretches = st.integers(0, 5).flatmap(
    lambda bits: st.integers(0, (SPACE >> bits) - 1).map(
        lambda index: (index << bits, ((index + 1) << bits) - 1)
    )
)


@given(
    added=st.lists(st.tuples(stretches, st.sampled_from("abc")), max_size=12),
    asked=stretches,
    bits=st.integers(0, 5),
)
def test_spans_answer_as_a_plain_table_does(
    added: list[tuple[Stretch, str]], asked: Stretch, bits: int
) -> None:
    spans, table = Spans(), dict.fromkeys(range(SPACE), "")
    for taken, name in added:
        spans.add(taken, owner(name))
        for address in range(taken[0], taken[1] + 1):
            table[address] = table[address] or name
    there = {table[address] for address in range(asked[0], asked[1] + 1)} - {""}
    found = spans.clash(asked)
    assert (found[0].key in there) if found else not there
    for name in "abc":
        others = there - {name}
        found = spans.clash(asked, owner(name))
        assert (found[0].key in others) if found else not others
    size = 1 << bits
    free = next(
        (
            (first, first + size - 1)
            for first in range(0, SPACE, size)
            if not any(table[address] for address in range(first, first + size))
        ),
        None,
    )
    assert spans.first_free(size, (0, SPACE - 1)) == free


@given(first=st.integers(0, 2**32 - 1), length=st.integers(0, 32))
def test_prefix_and_stretch_are_one(first: int, length: int) -> None:
    size = 1 << (32 - length)
    found = (first // size * size, first // size * size + size - 1)
    assert stretch(prefix_of(found)) == found
    assert size_of(found) == size


@given(count=st.integers(1, 10_000))
def test_power_of_two_is_the_next_one(count: int) -> None:
    found = power_of_two(count)
    assert found >= count > found // 2
    assert found & (found - 1) == 0
