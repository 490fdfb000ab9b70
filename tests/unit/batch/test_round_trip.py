"""What is written as a batch and imported is what it was, and importing it again is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.unit.batch.batches import INVENTORY, commune_file, estate_in, prepared, tree_of
from tests.unit.batch.communes import communes

from maille.batch.drafts import save
from maille.batch.flat import table
from maille.batch.language import Language
from maille.batch.lists import lists_of
from maille.batch.template import workbook
from maille.inventory.load import load
from maille.report import render_text

if TYPE_CHECKING:
    from pathlib import Path

    from maille.inventory.schema.commune import Commune

ESTATE = load(INVENTORY / "malataverne").whole()
LISTS = lists_of(ESTATE)


def import_(estate: Path, batch: Path, *, update: bool = False) -> set[str]:
    """Import a batch in which all is right; give what became of the files."""
    found = prepared(estate, batch, update=update)
    assert found.passes, render_text(found.findings)
    save(found.drafts)
    return {draft.action for draft in found.drafts}


def come_back(estate: Path, batch: Path, expected: list[Commune]) -> None:
    assert "new" in import_(estate, batch)
    loaded = load(estate).whole()
    assert [loaded.communes[commune.insee] for commune in expected] == expected
    before = tree_of(estate)
    assert import_(estate, batch) == {"same"}
    assert import_(estate, batch, update=True) == {"same"}
    assert tree_of(estate) == before


@settings(max_examples=examples(20), deadline=None)
@given(expected=communes(), language=st.sampled_from(Language))
def test_communes_come_back_from_a_workbook(
    tmp_path_factory: pytest.TempPathFactory, expected: list[Commune], language: Language
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    batch = folder / "lot.xlsx"
    batch.write_bytes(workbook("", LISTS, language, expected))
    come_back(estate_in(folder), batch, expected)


@settings(max_examples=examples(20), deadline=None)
@given(expected=communes(points=False), language=st.sampled_from(Language))
def test_communes_come_back_from_a_table(
    tmp_path_factory: pytest.TempPathFactory, expected: list[Commune], language: Language
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    batch = folder / "lot.csv"
    batch.write_bytes(table(LISTS, language, expected))
    come_back(estate_in(folder), batch, expected)


@settings(max_examples=examples(15), deadline=None)
@given(first=communes(), second=communes())
def test_update_gives_what_the_batch_says_and_keeps_all_comments(
    tmp_path_factory: pytest.TempPathFactory, first: list[Commune], second: list[Commune]
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    estate = estate_in(folder)
    batch = folder / "lot.xlsx"
    batch.write_bytes(workbook("", LISTS, Language.FR, first))
    import_(estate, batch)
    comments = {commune.insee: _comment(commune_file(estate, commune.insee)) for commune in first}
    batch.write_bytes(workbook("", LISTS, Language.FR, second))
    found = prepared(estate, batch, update=True)
    assume(found.passes)  # a label of the second batch may still be on a camera of the first
    save(found.drafts)
    for insee, count in comments.items():
        text = commune_file(estate, insee).read_text(encoding="utf-8")
        assert text.count("# hand-written") == count
    assert import_(estate, batch, update=True) == {"same"}


def _comment(file: Path) -> int:
    """Put a comment behind every line that holds anything; give how many there are."""
    text = file.read_text(encoding="utf-8")
    lines = [f"{line}  # hand-written\n" if line else "\n" for line in text.splitlines()]
    file.write_text("".join(lines), encoding="utf-8")
    return sum(line != "\n" for line in lines)


@pytest.mark.parametrize("name", ["malataverne", "chalon", "chartres", "cecos"])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_export_of_a_sample_estate_changes_nothing(tmp_path: Path, name: str, suffix: str) -> None:
    estate = estate_in(tmp_path, name)
    loaded = load(estate).whole()
    chosen = list(loaded.communes.values())
    batch = tmp_path / f"lot{suffix}"
    lists = lists_of(loaded)
    if suffix == ".csv":
        batch.write_bytes(table(lists, Language.FR, chosen))
    else:
        batch.write_bytes(workbook("", lists, Language.FR, chosen))
    before = tree_of(estate)
    assert import_(estate, batch, update=True) == {"same"}
    assert tree_of(estate) == before
