"""A slip all down a column is told in a few lines, and nothing else is left out."""

from __future__ import annotations

from collections import Counter

from maille.batch.codes import finding
from maille.batch.folding import folded
from maille.errors import Finding, Place


def at(cell: str, what: str = "`Armoire` is empty") -> Finding:
    return finding("I408", what, "fill it", Place("lot.xlsx", cell=cell))


def test_one_text_in_one_column_is_told_at_its_first_cell() -> None:
    told = folded([at(f"Caméras!C{row}") for row in (12, 9, 100, 11)])
    assert [(one.place.cell, one.what) for one in told] == [
        ("Caméras!C9", "`Armoire` is empty; 3 more cells down to C100 are wrong in this way")
    ]


def test_few_cells_other_columns_sheets_and_texts_are_told_one_by_one() -> None:
    few = [at(f"Caméras!C{row}") for row in (2, 3, 4)]
    others = [at("Caméras!D2"), at("Armoires!C2"), at("C2"), at("Caméras!C5", "`x` unknown")]
    whole = [at(""), at(""), at(""), at("")]
    everything = [*few, *others, *whole]
    assert Counter(folded(everything)) == Counter(everything)


def test_texts_of_their_own_are_told_as_far_as_anybody_reads() -> None:
    told = folded([at(f"E{row}", f"`{row}` unknown") for row in range(2, 5002)])
    assert [one.what for one in told[:19]] == [f"`{row}` unknown" for row in range(2, 21)]
    assert [one.what for one in told[19:]] == [
        "`21` unknown; 4,980 more cells down to E5001 are wrong in this way"
    ]
