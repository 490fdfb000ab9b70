"""A pin is honoured, or a finding names everybody who wants the number."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network
from typing import Any

import pytest
from tests.strategies import Sketch
from tests.unit.allocation.helpers import codes, deployed, numbers, settled

from maille.allocation.lock import RoutedNumbers


@pytest.fixture
def sketch() -> Sketch:
    found = Sketch()
    found.commune("28001")
    found.cabinet("28001", "mairie", cameras=2)
    return found


def pin_camera(sketch: Sketch, camera: str, **pins: Any) -> None:  # noqa: ANN401 — any number
    cabinets = sketch.communes["28001"]["cabinets"]
    cabinets["mairie"]["cameras"][camera]["pins"] = pins


def test_everything_can_be_pinned(sketch: Sketch) -> None:
    sketch.communes["28001"]["pins"] = {
        "blocks": ["10.0.2.0/25", "10.1.1.0/26"],
        "segments": {
            "nord/cameras": {"vlan": 777, "prefix": "10.0.2.64/26"},
            "nord/management": {"prefix": "10.1.1.0/27"},
        },
    }
    pin_camera(sketch, "28001-0001", position=5, address="10.0.2.100")
    cabinet = sketch.communes["28001"]["cabinets"]["mairie"]
    cabinet["pins"] = {"management": "10.1.1.20"}
    cabinet["attachment_points"] = {"marche": {"place": "Mast", "pins": {"position": 1}}}
    sketch.centre["segments"]["recorders"]["pins"] = {"vlan": 250, "prefix": "10.2.0.128/26"}
    sketch.centre["hosts"]["rec-2"]["address"] = "10.2.0.150"
    sketch.centre["firewall"]["legs"]["VIDEO"]["address"] = "10.2.0.190"
    loopbacks = {"loopback_video": "10.3.1.20", "loopback_mgmt": "10.3.1.21"}
    sketch.network["sites"]["hub"]["switches"]["agg-1"]["pins"] = loopbacks
    found = settled(sketch)
    assert not found.findings
    commune, shared = found.lock.communes["28001"], found.lock.shared
    assert {str(block.prefix) for block in commune.blocks.values()} == {
        "10.0.2.0/25",
        "10.1.1.0/26",
    }
    segment = commune.segments["nord/cameras"]
    assert (segment.vlan, segment.prefix) == (777, IPv4Network("10.0.2.64/26"))
    camera = commune.cameras["28001-0001"]
    assert (camera.position, camera.address) == (5, IPv4Address("10.0.2.100"))
    assert commune.switches["mairie"].management == IPv4Address("10.1.1.20")
    assert commune.points["mairie/marche"].position == 1
    assert shared.segments["recorders"].vlan == 250
    assert shared.hosts["rec-2"].address == IPv4Address("10.2.0.150")
    assert shared.firewall["VIDEO"].address == IPv4Address("10.2.0.190")
    aggregation = shared.switches["agg-1"]
    assert isinstance(aggregation, RoutedNumbers)
    assert aggregation.loopback_mgmt == IPv4Address("10.3.1.21")


def test_pinned_segment_brings_its_own_block(sketch: Sketch) -> None:
    pins = {"segments": {"nord/cameras": {"prefix": "10.0.5.0/26"}}}
    sketch.communes["28001"]["pins"] = pins
    found = numbers(sketch, "28001")
    assert found.blocks["video-1"].prefix == IPv4Network("10.0.5.0/26")


def test_planned_number_makes_way_for_a_pin(sketch: Sketch) -> None:
    before = settled(sketch).lock
    pin_camera(sketch, "28001-0002", position=1, address="10.0.0.4")
    found = settled(sketch, before)
    assert not found.findings
    cameras = found.lock.communes["28001"].cameras
    assert (cameras["28001-0002"].position, str(cameras["28001-0002"].address)) == (1, "10.0.0.4")
    assert (cameras["28001-0001"].position, str(cameras["28001-0001"].address)) == (2, "10.0.0.5")


def test_two_pins_on_one_number_name_both_places(sketch: Sketch) -> None:
    pin_camera(sketch, "28001-0001", address="10.0.0.9")
    pin_camera(sketch, "28001-0002", address="10.0.0.9")
    found = settled(sketch)
    assert codes(found) == [("A020", "28001-0002")]
    told = found.findings[0]
    cameras = "communes.28001.cabinets.mairie.cameras"
    assert told.place.path == f"{cameras}.28001-0002.pins.address"
    assert told.what == (
        "10.0.0.9 is pinned for camera 28001-0002, but belongs to camera 28001-0001"
        f" ({cameras}.28001-0001.pins.address)"
    )


def test_pin_on_a_deployed_number_names_the_lock_of_its_owner(sketch: Sketch) -> None:
    lock = deployed(sketch)
    sketch.camera("28001", "mairie", pins={"address": "10.0.0.4"})
    found = settled(sketch, lock)
    assert codes(found) == [("A020", "28001-0003")]
    assert "camera 28001-0001 (allocations/28001.lock.yaml)" in found.findings[0].what
    assert found.lock.communes["28001"].cameras["28001-0001"].address == IPv4Address("10.0.0.4")


def test_pin_on_a_quarantined_number_asks_for_its_release(sketch: Sketch) -> None:
    lock = deployed(sketch)
    del sketch.communes["28001"]["cabinets"]["mairie"]["cameras"]["28001-0001"]
    lock = settled(sketch, lock, retire=("all",)).lock
    pin_camera(sketch, "28001-0002", position=1)
    found = settled(sketch, lock)
    assert codes(found) == [("A020", "28001-0002")]
    assert "release 28001-0001" in found.findings[0].how


@pytest.mark.parametrize(
    ("pins", "reason"),
    [
        ({"address": "10.0.0.1"}, "gateways'"),
        ({"address": "10.9.9.9"}, "its segment 28001/nord/cameras is 10.0.0.0/28"),
        ({"position": 9}, "its model has 8 access ports"),
    ],
)
def test_impossible_pin_of_a_camera_says_why(
    sketch: Sketch, pins: dict[str, Any], reason: str
) -> None:
    pin_camera(sketch, "28001-0001", **pins)
    found = settled(sketch)
    assert codes(found) == [("A021", "28001-0001")]
    assert reason in found.findings[0].what


def test_port_too_weak_for_its_pin_says_so(sketch: Sketch) -> None:
    sketch.camera("28001", "mairie", key="28001-0001", model="ptz", pins={"position": 1})
    found = settled(sketch)
    assert "the port's PoE is too weak" in found.findings[0].what


@pytest.mark.parametrize(
    ("pins", "reason"),
    [
        ({"blocks": ["172.16.0.0/24"]}, "lies in no prefix of pools.prefixes.video"),
        ({"segments": {"nord/cameras": {"vlan": 1}}}, "VLAN 1 is reserved"),
        ({"segments": {"nord/cameras": {"vlan": 999}}}, "VLAN 999 is reserved"),
    ],
)
def test_impossible_pin_of_a_commune_says_why(
    sketch: Sketch, pins: dict[str, Any], reason: str
) -> None:
    sketch.communes["28001"]["pins"] = pins
    told = [finding for finding in settled(sketch).findings if finding.code == "A021"]
    assert [reason in finding.what for finding in told] == [True]


def test_block_pinned_twice_is_told(sketch: Sketch) -> None:
    sketch.communes["28001"]["pins"] = {"blocks": ["10.0.4.0/24"]}
    sketch.commune("28002", pins={"blocks": ["10.0.4.128/25"]})
    found = settled(sketch)
    assert [code for code, _ in codes(found)] == ["A020"]
    assert "communes.28001.pins.blocks.0" in found.findings[0].what


def test_pin_that_waits_for_a_command_keeps_its_block(sketch: Sketch) -> None:
    lock = deployed(sketch)
    pins = {"segments": {"nord/cameras": {"prefix": "10.0.5.0/27"}}}
    sketch.communes["28001"]["pins"] = pins
    for _ in range(3):
        found = settled(sketch, lock)
        assert codes(found) == [("A012", "28001/nord/cameras")]
        assert found.lock.communes["28001"].blocks["video-2"].prefix == IPv4Network("10.0.5.0/27")
        lock = found.lock
    moved = settled(sketch, lock, move=("28001/nord/cameras",))
    assert not moved.findings
    segment = moved.lock.communes["28001"].segments["nord/cameras"]
    assert segment.prefix == IPv4Network("10.0.5.0/27")
