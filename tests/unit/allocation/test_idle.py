"""Settling twice is settling once, also where pools are full."""

from __future__ import annotations

from tests.strategies import Sketch
from tests.unit.allocation.helpers import codes, deployed, settled


def cabinet_of(cameras: int, switch: str = "edge-8") -> Sketch:
    sketch = Sketch()
    sketch.commune("28001")
    sketch.cabinet("28001", "mairie", switch=switch, cameras=cameras)
    return sketch


def test_a_block_that_is_given_up_makes_room_in_the_same_run() -> None:
    """The segment has outgrown the only block there is room for, half of what it needs."""
    sketch = cabinet_of(8, "edge-24")
    sketch.settings["pools"]["prefixes"]["video"] = ["10.0.0.0/26"]
    before = settled(sketch).lock
    for _ in range(8):
        sketch.camera("28001", "mairie")
    found = settled(sketch, before)
    assert not found.findings
    assert len(found.lock.communes["28001"].cameras) == 16
    assert not settled(sketch, found.lock).changes


def test_a_port_that_an_impossible_pin_gave_up_goes_to_who_waits() -> None:
    sketch = cabinet_of(8)
    before = settled(sketch).lock
    sketch.camera("28001", "mairie", key="28001-0000")
    cameras = sketch.communes["28001"]["cabinets"]["mairie"]["cameras"]
    cameras["28001-0001"]["pins"] = {"address": "10.9.9.9"}
    found = settled(sketch, before)
    assert ("A021", "28001-0001") in codes(found)
    assert "28001-0000" in found.lock.communes["28001"].cameras
    assert not settled(sketch, found.lock).changes


def test_a_command_that_could_not_be_obeyed_says_what_is_lacking() -> None:
    """Two full cabinets whose cameras change places: old ports rest, so none is free."""
    sketch = cabinet_of(8)
    sketch.cabinet("28001", "gare", cameras=8)
    lock = deployed(sketch)
    cabinets = sketch.communes["28001"]["cabinets"]
    mairie, gare = (cabinets[key]["cameras"] for key in ("mairie", "gare"))
    one, other = min(mairie), min(gare)
    mairie[other], gare[one] = gare.pop(other), mairie.pop(one)
    found = settled(sketch, lock, move=("all",))
    assert set(codes(found)) == {(code, key) for code in ("A012", "A030") for key in (one, other)}
    assert not found.changes
