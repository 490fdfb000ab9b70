"""A deployed cabinet under another key: one question, and nothing moves before the answer."""

from __future__ import annotations

import pytest
from tests.strategies import Sketch
from tests.unit.allocation.helpers import AS_OF, codes, deployed, settled
from tests.unit.allocation.histories import promised_to, texts_of

from maille.allocation.verify import verify


@pytest.fixture
def sketch() -> Sketch:
    """Give a commune with two cabinets on a ring, and a third on a spur of the first."""
    found = Sketch()
    found.commune("28001")
    found.cabinet("28001", "mairie", cameras=3)
    found.cabinet("28001", "gare", cameras=2)
    found.cabinet("28001", "ecole", parent="28001-mairie", cameras=1)
    return found


def rename(sketch: Sketch, new: str = "eglise") -> None:
    """Give the cabinet `mairie` another key, in what names it too."""
    cabinets = sketch.communes["28001"]["cabinets"]
    cabinets[new] = cabinets.pop("mairie")
    cabinets["ecole"]["spur"]["parent"] = f"28001-{new}"


def test_a_renamed_cabinet_is_told_once_and_keeps_everything(sketch: Sketch) -> None:
    before = deployed(sketch)
    rename(sketch)
    found = settled(sketch, before)
    assert codes(found) == [("A014", "28001-eglise")]
    assert "`formerly: 28001/mairie`" in found.findings[0].how
    assert found.findings[0].place.path == "communes.28001.cabinets.eglise"
    assert (texts_of(found.lock), found.changes) == (texts_of(before), ())
    told = verify(sketch.estate(), before, AS_OF)
    assert [finding.code for finding in told] == ["A014"]


def test_formerly_answers_that_it_is_the_same(sketch: Sketch) -> None:
    before = deployed(sketch)
    rename(sketch)
    sketch.communes["28001"]["cabinets"]["eglise"]["formerly"] = "28001/mairie"
    found = settled(sketch, before)
    assert not found.findings
    assert promised_to(found.lock).keys() >= {("28001", "switches", "eglise")}


def test_retiring_answers_that_it_is_another(sketch: Sketch) -> None:
    before = deployed(sketch)
    rename(sketch)
    how = settled(sketch, before).findings[0].how
    assert how.endswith("--retire 28001-mairie --move 28001-eglise")
    after = settled(sketch, before, retire=("28001-mairie",), move=("28001-eglise",))
    assert "A014" not in {code for code, _ in codes(after)}
    gone = {(entry.section, entry.key) for entry in after.lock.communes["28001"].quarantine}
    assert ("switches", "mairie") in gone


def test_a_planned_cabinet_has_any_key(sketch: Sketch) -> None:
    before = settled(sketch).lock
    rename(sketch)
    assert not settled(sketch, before).findings


def test_cameras_that_parted_do_not_make_one_cabinet_another(sketch: Sketch) -> None:
    before = deployed(sketch)
    rename(sketch)
    cabinets = sketch.communes["28001"]["cabinets"]
    camera = next(iter(cabinets["eglise"]["cameras"]))
    cabinets["gare"]["cameras"][camera] = cabinets["eglise"]["cameras"].pop(camera)
    assert "A014" not in {code for code, _ in codes(settled(sketch, before))}


def test_a_cabinet_that_took_over_two_is_neither_of_them(sketch: Sketch) -> None:
    before = deployed(sketch)
    rename(sketch)
    cabinets = sketch.communes["28001"]["cabinets"]
    cabinets["eglise"]["cameras"] |= cabinets.pop("gare")["cameras"]
    assert "A014" not in {code for code, _ in codes(settled(sketch, before))}


def test_cameras_that_moved_in_elsewhere_rename_nothing(sketch: Sketch) -> None:
    """The cabinet that they come from is still there."""
    before = deployed(sketch)
    cabinets = sketch.communes["28001"]["cabinets"]
    sketch.cabinet("28001", "eglise")
    cabinets["eglise"]["cameras"], cabinets["mairie"]["cameras"] = cabinets["mairie"]["cameras"], {}
    assert "A014" not in {code for code, _ in codes(settled(sketch, before))}


def test_two_cabinets_renamed_at_once_are_two_questions(sketch: Sketch) -> None:
    before = deployed(sketch)
    rename(sketch)
    cabinets = sketch.communes["28001"]["cabinets"]
    cabinets["marche"] = cabinets.pop("gare")
    found = settled(sketch, before)
    assert codes(found) == [("A014", "28001-eglise"), ("A014", "28001-marche")]
    assert not found.changes
