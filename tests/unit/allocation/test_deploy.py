"""What is marked as deployed, and what goes with it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.strategies import Sketch
from tests.unit.allocation.helpers import AS_OF, settled
from tests.unit.allocation.histories import entries_of

from maille.allocation.deploy import Deployment, deploy
from maille.allocation.lock import Lock, State
from maille.errors import AllocationError


@pytest.fixture
def sketch() -> Sketch:
    """Give two communes; a camera at the end of a spur, one on the ring, one of a wave."""
    found = Sketch()
    found.commune("28001", zone="urban")
    found.cabinet("28001", "mairie", cameras=1)
    found.cabinet("28001", "gare", parent="28001-mairie")
    found.camera("28001", "gare", key="far")
    found.commune("28002", wave="later")
    found.cabinet("28002", "mairie", ring="sud", cameras=1)
    found.waves = {
        "first": {"title": "First", "due": "2025-01-01", "zones": ["urban"]},
        "later": {"title": "Later", "due": "2026-01-01"},
    }
    return found


def marked(sketch: Sketch, **what: Any) -> set[str]:  # noqa: ANN401 — a field of Deployment
    """Deploy, and give what is deployed then: file, section and key."""
    lock = deploy(sketch.estate(), settled(sketch).lock, Deployment(**what), as_of=AS_OF)
    assert not settled(sketch, lock).changes
    return {
        f"{name} {section} {key}"
        for name, section, key, entry in entries_of(lock)
        if entry.state is State.DEPLOYED
    }


def test_camera_takes_all_it_depends_on_along(sketch: Sketch) -> None:
    assert marked(sketch, cameras=frozenset(["far"])) == {
        "28001 blocks management-1",
        "28001 blocks video-1",
        "28001 cameras far",
        "28001 segments nord/cameras",
        "28001 segments nord/management",
        "28001 storage essai-28001",
        "28001 switches gare",
        "shared sockets 28001-mairie/28001-gare",
        "shared sockets agg-1/nord/a",
        "shared sockets agg-2/nord/b",
        "shared switches agg-1",
        "shared switches agg-2",
    }


def cameras(found: set[str]) -> set[str]:
    return {line.split()[-1] for line in found if " cameras " in line}


def test_commune_is_all_of_its_cameras(sketch: Sketch) -> None:
    assert cameras(marked(sketch, communes=frozenset(["28001"]))) == {"28001-0001", "far"}


def test_wave_is_found_by_camera_commune_and_zone(sketch: Sketch) -> None:
    sketch.camera("28001", "mairie", key="28001-0001", wave="later")
    assert cameras(marked(sketch, waves=frozenset(["first"]))) == {"far"}
    assert cameras(marked(sketch, waves=frozenset(["later"]))) == {"28001-0001", "28002-0001"}


def test_in_service_follows_the_dates_of_the_inventory(sketch: Sketch) -> None:
    sketch.camera("28001", "mairie", key="28001-0001", in_service="2025-06-01")
    sketch.camera("28002", "mairie", key="28002-0001", in_service="2025-06-02")
    cabinet = sketch.communes["28002"]["cabinets"]["mairie"]
    cabinet["in_service"] = "2025-01-01"
    cabinet["attachment_points"]["marche"] = {"place": "Mast"}
    sketch.centre["hosts"]["ntp"]["in_service"] = "2024-01-01"
    sketch.network["sites"]["centre"]["switches"]["office"]["in_service"] = True
    sketch.network["links"]["core-hub"]["in_service"] = True
    found = marked(sketch, in_service=True)
    assert cameras(found) == {"28001-0001"}
    assert {
        "28002 points mairie/marche",
        "28002 switches mairie",
        "shared hosts ntp",
        "shared segments services",
        "shared sockets core-1/ntp.2",
        "shared sockets agg-1/core-hub.1",
        "shared switches office",
        "shared transit core-hub",
        "shared firewall MGMT",
    } <= found
    assert not {"shared hosts rec-1", "shared sockets core-1/rec-1.1"} & found


def test_everything_is_every_entry(sketch: Sketch) -> None:
    everything = list(entries_of(settled(sketch).lock))
    assert len(marked(sketch, everything=True)) == len(everything)


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (Deployment(communes=frozenset(["28999"])), "commune 28999 is not in the inventory"),
        (Deployment(waves=frozenset(["x"])), "wave x is not in the inventory"),
        (Deployment(cameras=frozenset(["x"])), "camera x has no numbers in the lock"),
    ],
)
def test_unknown_names_are_refused(sketch: Sketch, what: Deployment, told: str) -> None:
    with pytest.raises(AllocationError, match=told):
        deploy(sketch.estate(), Lock(), what, as_of=AS_OF)
