"""When a missing file of the lock is one that was lost."""

from __future__ import annotations

from typing import Any

import pytest
from tests.strategies import Sketch
from tests.unit.allocation.helpers import AS_OF, settled

from maille.allocation.lock import Lock, SharedLock
from maille.allocation.lost import lost_files
from maille.allocation.verify import verify


@pytest.fixture
def sketch() -> Sketch:
    """An estate of two communes; nothing is in service."""
    found = Sketch()
    for insee in ("28001", "28002"):
        found.commune(insee)
        found.cabinet(insee, "mairie", cameras=2)
    return found


def without(lock: Lock, insee: str) -> Lock:
    left = {key: file for key, file in lock.communes.items() if key != insee}
    return lock.model_copy(update={"communes": left})


def cabinet(sketch: Sketch) -> dict[str, Any]:
    found: dict[str, Any] = sketch.communes["28001"]["cabinets"]["mairie"]
    return found


def test_what_is_only_planned_was_not_lost(sketch: Sketch) -> None:
    cabinet(sketch)["in_service"] = "2025-06-02"
    assert lost_files(sketch.estate(), Lock(), AS_OF) == {}


def test_a_commune_whose_cameras_run_has_lost_its_file(sketch: Sketch) -> None:
    lock = without(settled(sketch).lock, "28001")
    next(iter(cabinet(sketch)["cameras"].values()))["in_service"] = "2025-06-01"
    assert lost_files(sketch.estate(), lock, AS_OF) == {"28001": "1 camera"}
    found = verify(sketch.estate(), lock, AS_OF)
    assert [(finding.code, finding.subject) for finding in found] == [("A001", "28001")]


def test_a_cabinet_runs_before_its_cameras_do(sketch: Sketch) -> None:
    lock = without(settled(sketch).lock, "28001")
    cabinet(sketch)["in_service"] = "2025-06-01"
    assert lost_files(sketch.estate(), lock, AS_OF) == {"28001": "1 cabinet"}


def test_what_is_shared_runs_as_soon_as_anything_does(sketch: Sketch) -> None:
    lock = settled(sketch).lock.model_copy(update={"shared": SharedLock()})
    assert lost_files(sketch.estate(), lock, AS_OF) == {}
    cabinet(sketch)["in_service"] = "2025-06-01"
    assert lost_files(sketch.estate(), lock, AS_OF) == {"": "1 cabinet"}
    sketch.network["sites"]["centre"]["switches"]["office"]["in_service"] = True
    assert lost_files(sketch.estate(), lock, AS_OF) == {"": "1 switch"}


def test_a_merged_commune_has_the_files_of_those_before_it(sketch: Sketch) -> None:
    lock = settled(sketch).lock
    cabinet(sketch)["in_service"] = "2025-06-01"
    sketch.communes["28003"] = sketch.communes.pop("28001") | {
        "insee": "28003",
        "formerly": ["28001"],
    }
    assert lost_files(sketch.estate(), lock, AS_OF) == {}


def test_who_has_left_has_nothing_to_lose(sketch: Sketch) -> None:
    cabinet(sketch)["in_service"] = "2025-01-01"
    sketch.communes["28001"]["member"]["until"] = "2025-05-31"
    assert lost_files(sketch.estate(), settled(sketch).lock, AS_OF) == {}
