"""Communes that merge and cabinets that are renamed keep their numbers."""

from __future__ import annotations

import pytest
from tests.strategies import Sketch
from tests.unit.allocation.helpers import codes, deployed, settled
from tests.unit.allocation.histories import promises

from maille.allocation.lock import Lock


@pytest.fixture
def sketch() -> Sketch:
    """Give two communes with cabinets of the same name on the same ring, and a spur."""
    found = Sketch()
    for insee in ("28001", "28002"):
        found.commune(insee)
        found.cabinet(insee, "mairie", cameras=2)
        found.cabinet(insee, "ecole", cameras=1, attachment_points={"cour": {"place": "Mast"}})
    found.cabinet("28002", "stade", parent="28002-ecole", cameras=1)
    return found


def merge(sketch: Sketch) -> None:
    """Let 28002 become part of 28001."""
    gone = sketch.communes.pop("28002")["cabinets"]
    target = sketch.communes["28001"]
    target["formerly"] = ["28002"]
    for key, cabinet in gone.items():
        formerly = {"formerly": f"28002/{key}"} if key in target["cabinets"] else {}
        name = f"{key}-2" if formerly else key
        target["cabinets"][name] = cabinet | formerly
    target["cabinets"]["stade"]["spur"]["parent"] = "28001-ecole-2"


def test_merger_keeps_every_number_and_every_label(sketch: Sketch) -> None:
    before = deployed(sketch)
    merge(sketch)
    found = settled(sketch, before)
    assert not found.findings
    assert "28002" not in found.lock.communes
    assert promises(found.lock) == promises(before)
    after, old = found.lock.communes["28001"], before.communes["28002"]
    assert after.switches["mairie-2"] == old.switches["mairie"]
    assert after.switches["mairie-2"].hostname == "28002-mairie"
    assert after.points["ecole-2/cour"].address == old.points["ecole/cour"].address
    assert after.segments["nord/cameras@28002"] == old.segments["nord/cameras"]
    assert after.cameras["28002-0001"].segment == "nord/cameras@28002"
    assert after.cameras["28002-0001"].cabinet == "mairie-2"
    assert after.blocks["video-2"] == old.blocks["video-1"]
    assert list(after.storage) == ["essai-28001", "essai-28002"]
    assert "28001-ecole-2/28001-stade" in found.lock.shared.sockets


def test_merger_is_settled_once(sketch: Sketch) -> None:
    before = deployed(sketch)
    merge(sketch)
    lock = settled(sketch, before).lock
    assert not settled(sketch, lock).changes


def test_new_camera_of_a_merged_commune_joins_the_commune_s_own_segment(sketch: Sketch) -> None:
    before = deployed(sketch)
    merge(sketch)
    sketch.camera("28001", "mairie-2", key="new")
    camera = settled(sketch, before).lock.communes["28001"].cameras["new"]
    assert (camera.segment, camera.subvolume) == ("nord/cameras", "essai-28001")


def test_merger_that_was_cut_short_is_finished(sketch: Sketch) -> None:
    """The new file was written, but the old one not yet removed."""
    before = deployed(sketch)
    merge(sketch)
    done = settled(sketch, before).lock
    half = Lock(
        shared=before.shared,
        communes=done.communes | {"28002": before.communes["28002"]},
    )
    assert settled(sketch, half).lock == done


def test_quarantine_of_a_merged_commune_comes_along(sketch: Sketch) -> None:
    lock = deployed(sketch)
    gone = sketch.communes["28002"]["cabinets"]["mairie"]["cameras"].pop("28002-0001")
    lock = settled(sketch, lock, retire=("all",)).lock
    old = next(entry.numbers for entry in lock.communes["28002"].quarantine)
    merge(sketch)
    lock = settled(sketch, lock).lock
    cabinets = sketch.communes["28001"]["cabinets"]
    cabinets["mairie-2"]["cameras"]["28002-0001"] = gone
    back = settled(sketch, lock).lock.communes["28001"]
    assert str(back.cameras["28002-0001"].address) != old["address"], "another segment is its own"
    assert back.cameras["28002-0001"].position == old["position"]


def test_former_commune_that_is_still_a_member_is_told(sketch: Sketch) -> None:
    before = deployed(sketch)
    sketch.communes["28001"]["formerly"] = ["28002"]
    found = settled(sketch, before)
    assert codes(found) == [("A040", "28002")]
    assert not found.changes


def test_renamed_cabinet_keeps_its_numbers(sketch: Sketch) -> None:
    before = deployed(sketch)
    cabinets = sketch.communes["28002"]["cabinets"]
    cabinets["groupe-scolaire"] = cabinets.pop("ecole") | {"formerly": "28002/ecole"}
    cabinets["stade"]["spur"]["parent"] = "28002-groupe-scolaire"
    found = settled(sketch, before)
    assert not found.findings
    assert promises(found.lock) == promises(before)
    after = found.lock.communes["28002"]
    assert after.switches["groupe-scolaire"].hostname == "28002-ecole"
    assert "groupe-scolaire/cour" in after.points


def test_new_cabinet_under_an_old_name_gets_another_host_name(sketch: Sketch) -> None:
    lock = deployed(sketch)
    cabinets = sketch.communes["28001"]["cabinets"]
    cabinets["place"] = cabinets.pop("mairie") | {"formerly": "28001/mairie"}
    lock = settled(sketch, lock).lock
    sketch.cabinet("28001", "mairie")
    after = settled(sketch, lock)
    assert not after.findings
    switches = after.lock.communes["28001"].switches
    assert switches["place"].hostname == "28001-mairie"
    assert switches["mairie"].hostname == "28001-mairie-2"
    assert not settled(sketch, after.lock).changes
