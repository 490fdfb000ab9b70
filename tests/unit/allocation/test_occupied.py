"""A segment goes after what is in it: whoever runs keeps the network that it runs in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.strategies import Sketch
from tests.unit.allocation.helpers import AS_OF, codes, deployed, settled

from maille.allocation.deploy import Deployment, deploy
from maille.allocation.lock import State
from maille.allocation.verify import verify

if TYPE_CHECKING:
    from maille.allocation.lock import Lock

SEGMENT = "28001/nord/cameras"


@pytest.fixture
def sketch() -> Sketch:
    """Give a school whose cameras were deployed before anybody said that it is one."""
    found = Sketch()
    found.commune("28001")
    found.cabinet("28001", "ecole", cameras=2)
    return found


@pytest.fixture
def lock(sketch: Sketch) -> Lock:
    found = deployed(sketch)
    sketch.communes["28001"]["cabinets"]["ecole"]["ppms"] = {"site": "school", "pupils": 90}
    return found


def found_in(sketch: Sketch, lock: Lock) -> set[str]:
    return {finding.code for finding in verify(sketch.estate(), lock, AS_OF)}


@pytest.mark.parametrize("word", [SEGMENT, "28001", "all"])
def test_a_segment_with_cameras_in_it_is_not_retired(sketch: Sketch, lock: Lock, word: str) -> None:
    after = settled(sketch, lock, retire=(word,))
    assert after.lock.communes["28001"].segments.keys() >= {"nord/cameras", "nord/ppms"}
    assert codes(after) == [
        ("A012", "28001-0001"),
        ("A012", "28001-0002"),
        ("A010", SEGMENT),
    ]
    assert "still in it" in after.findings[-1].how
    assert "A003" not in found_in(sketch, after.lock)
    what = Deployment(communes=frozenset({"28001"}))
    again = deploy(sketch.estate(), after.lock, what, as_of=AS_OF)
    assert again.communes["28001"].segments["nord/ppms"].state is State.PLANNED


def test_it_may_go_when_the_last_camera_has_moved(sketch: Sketch, lock: Lock) -> None:
    first = settled(sketch, lock, move=("28001-0001",))
    assert codes(first) == [("A012", "28001-0002"), ("A010", SEGMENT)]
    last = settled(sketch, first.lock, move=("28001-0002",))
    assert codes(last) == [("A010", SEGMENT)]
    assert not settled(sketch, last.lock, retire=(SEGMENT,)).findings


def test_cameras_move_and_their_segment_goes_in_one_command(sketch: Sketch, lock: Lock) -> None:
    after = settled(sketch, lock, move=("all",), retire=("all",))
    assert not after.findings
    numbers = after.lock.communes["28001"]
    assert "nord/cameras" not in numbers.segments
    assert ("segments", "nord/cameras") in {(each.section, each.key) for each in numbers.quarantine}
    assert not verify(sketch.estate(), after.lock, AS_OF)


def test_a_camera_that_finds_no_other_address_keeps_its_segment(sketch: Sketch, lock: Lock) -> None:
    """The pool has no room for the segment that it is to move to."""
    sketch.settings["pools"]["prefixes"]["video"] = [
        str(block.prefix) for key, block in lock.communes["28001"].blocks.items() if "video" in key
    ]
    after = settled(sketch, lock, move=("all",), retire=("all",))
    assert "nord/cameras" in after.lock.communes["28001"].segments
    assert "A003" not in found_in(sketch, after.lock)


def test_a_block_stays_around_what_is_in_it(sketch: Sketch, lock: Lock) -> None:
    sketch.communes["28001"]["member"]["until"] = "2025-05-31"
    after = settled(sketch, lock, retire=("28001/video-1",))
    assert "video-1" in after.lock.communes["28001"].blocks
    assert found_in(sketch, after.lock) == {"A011"}
    gone = settled(sketch, lock, retire=("28001",)).lock.communes["28001"]
    assert (gone.blocks, gone.segments, gone.cameras) == ({}, {}, {})


def test_who_left_tells_all_that_remains(sketch: Sketch, lock: Lock) -> None:
    sketch.communes["28001"]["member"]["until"] = "2025-05-31"
    (finding,) = settled(sketch, lock).findings
    file = lock.communes["28001"]
    count = len(file.blocks) + len(file.segments) + len(file.switches)
    count += len(file.cameras) + len(file.storage)
    assert f"{count} deployed entries" in finding.what


def test_a_segment_of_the_centre_with_hosts_in_it_is_not_retired(sketch: Sketch) -> None:
    lock = deployed(sketch)
    gone = sketch.centre["segments"].pop("recorders")
    sketch.centre["segments"]["storage"] = gone
    legs = sketch.centre["firewall"]["legs"].values()
    for entry in (*sketch.centre["hosts"].values(), *legs):
        if entry["segment"] == "recorders":
            entry["segment"] = "storage"
    after = settled(sketch, lock, retire=("centre/recorders",))
    assert "recorders" in after.lock.shared.segments
    assert "A003" not in found_in(sketch, after.lock)
    both = settled(sketch, lock, move=("all",), retire=("all",))
    assert "recorders" not in both.lock.shared.segments
    assert not verify(sketch.estate(), both.lock, AS_OF)
