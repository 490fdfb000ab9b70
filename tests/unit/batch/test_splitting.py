"""A cabinet that is new on a ring parts the cable it is put into, and no other."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.batch.batches import Book, estate_in, prepared

from maille.batch.drafts import save
from maille.batch.existing import Existing
from maille.batch.sheets import CABINETS
from maille.batch.splitting import NewMember, split_at
from maille.errors import Place
from maille.inventory.load import load

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parents[2] / "golden" / "batch"
HERE = Place("lot.xlsx", cell="Armoires!I2")


def member(at_km: float, ring: str = "village", switch: str = "26170-mairie") -> NewMember:
    return NewMember(switch, "Allan (Mairie)", ring, at_km, HERE)


@pytest.fixture
def estate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return estate_in(Path())


def test_cable_is_parted_in_both_files_and_nothing_else_changes(
    estate: Path, assert_golden: Callable[[str, Path], None]
) -> None:
    drafts, findings = split_at(Existing.of(load(estate)), [member(2.5), member(0.25)])
    assert [found.code for found in findings] == ["I418", "I418"]
    assert {found.place for found in findings} == {HERE}
    assert_golden("".join(draft.diff() for draft in drafts), GOLDEN / "parted.diff")


def test_import_parts_the_cable_and_says_so_at_the_cell(estate: Path) -> None:
    book = Book.complete(estate).set(CABINETS, 2, "At km", 2.5)
    found = prepared(estate, book.save(Path("lot.xlsx")))
    assert found.passes
    assert [(one.code, one.place.cell) for one in found.findings] == [("I418", "Armoires!I2")]
    save(found.drafts)
    network = load(estate).whole().network
    assert [section.cable for section in network.rings["village"].route].count("traverse-b") == 1
    again = prepared(estate, Path("lot.xlsx"))
    assert {draft.action for draft in again.drafts} == {"same"}


@pytest.mark.parametrize("at_km", [0.0, 0.125, 1.625, 1.6254, 3.5, 3.875, 99.0])
def test_where_two_cables_meet_nothing_is_parted(estate: Path, at_km: float) -> None:
    assert split_at(Existing.of(load(estate)), [member(at_km)]) == ([], [])


def test_ring_that_there_is_not_is_left_to_the_other_findings(estate: Path) -> None:
    assert split_at(Existing.of(load(estate)), [member(2.5, ring="vilage")]) == ([], [])


def test_cable_that_carries_something_else_is_left_to_a_person(estate: Path) -> None:
    links = estate / "network" / "links.yaml"
    text = links.read_text(encoding="utf-8")
    strand = "- {length_km: 0.001, optic: dac-10g}"
    links.write_text(text.replace(strand, strand.replace("{", "{cables: [traverse], "), 1))
    drafts, findings = split_at(Existing.of(load(estate)), [member(2.5)])
    assert drafts == []
    assert [(found.code, found.what) for found in findings] == [
        ("I419", "both ways of `26170-mairie` run through cable `traverse`")
    ]
    assert "link `mairie-paire`" in findings[0].how


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 3.875), min_size=1, max_size=5))
def test_length_of_the_ring_and_of_its_cables_stays(
    tmp_path_factory: pytest.TempPathFactory, places: list[float]
) -> None:
    estate = estate_in(tmp_path_factory.mktemp("ring"))
    before = load(estate).whole().network
    drafts, _ = split_at(Existing.of(load(estate)), [member(round(at, 3)) for at in places])
    save(drafts)
    after = load(estate).whole().network
    assert after.rings["village"].length_km == pytest.approx(before.rings["village"].length_km)
    total = sum(cable.length_km for cable in before.cables.values())
    assert sum(cable.length_km for cable in after.cables.values()) == pytest.approx(total)
    ends = list(accumulate(section.km for section in after.rings["village"].route))
    for at in places:
        assert min(abs(end - at) for end in [0.0, *ends]) <= 0.0021
