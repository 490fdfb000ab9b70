"""What an estate gets when it is settled for the first time, and when it grows."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

import pytest
from tests.strategies import Sketch
from tests.unit.allocation.helpers import numbers, settled

from maille.allocation.lock import AccessNumbers, RoutedNumbers


@pytest.fixture
def sketch() -> Sketch:
    found = Sketch()
    found.commune("28001")
    return found


def test_only_members_get_numbers(sketch: Sketch) -> None:
    left = {"since": "2020-01-01", "until": "2025-05-31", "convention": "convention"}
    last_day = {"since": "2020-01-01", "until": "2025-06-01", "convention": "convention"}
    joins = {"since": "2027-01-01", "convention": "convention"}
    sketch.commune("28002", member=left)
    sketch.commune("28003", member=last_day)
    sketch.commune("28004", member=joins)
    sketch.commune("28005", member=None)
    for insee in sketch.communes:
        sketch.cabinet(insee, "mairie", cameras=1)
    assert set(settled(sketch).lock.communes) == {"28001", "28003", "28004"}


@pytest.mark.parametrize(
    ("cameras", "length"),
    [(1, 28), (5, 28), (6, 27), (13, 27), (14, 26), (29, 26), (30, 25)],
)
def test_segment_holds_twice_its_cameras_behind_three_gateways(
    sketch: Sketch, cameras: int, length: int
) -> None:
    sketch.cabinet("28001", "mairie", switch="edge-24", cameras=min(cameras, 24))
    if cameras > 24:
        sketch.cabinet("28001", "gare", switch="edge-24", cameras=cameras - 24)
    found = numbers(sketch, "28001").segments["nord/cameras"]
    assert found.prefix.prefixlen == length


def test_hosts_begin_behind_the_gateways(sketch: Sketch) -> None:
    sketch.cabinet("28001", "mairie", cameras=2)
    found = numbers(sketch, "28001")
    first = found.segments["nord/cameras"].prefix.network_address
    assert [entry.address - 0 for entry in found.cameras.values()] == [first + 4, first + 5]
    management = found.segments["nord/management"].prefix.network_address
    assert found.switches["mairie"].management == management + 4


def test_segments_share_one_summarisable_block(sketch: Sketch) -> None:
    sketch.cabinet("28001", "mairie", switch="edge-24", cameras=10)
    sketch.cabinet("28001", "ecole", ppms={"site": "school", "pupils": 9}, cameras=2)
    sketch.cabinet("28001", "gare", ring="sud", cameras=2)
    found = numbers(sketch, "28001")
    assert {key: entry.prefix.prefixlen for key, entry in found.segments.items()} == {
        "nord/cameras": 27,
        "nord/management": 28,
        "nord/ppms": 28,
        "sud/cameras": 28,
        "sud/management": 28,
    }
    assert found.blocks["video-1"].prefix == IPv4Network("10.0.0.0/26")
    assert found.blocks["management-1"].prefix == IPv4Network("10.1.0.0/27")
    assert set(found.blocks) == {"video-1", "management-1"}


def test_new_segment_uses_the_room_of_the_block_first(sketch: Sketch) -> None:
    sketch.cabinet("28001", "mairie", switch="edge-24", cameras=10)
    sketch.cabinet("28001", "ecole", ppms={"site": "school", "pupils": 9}, cameras=2)
    before = settled(sketch).lock
    sketch.cabinet("28001", "gare", ring="sud", cameras=2)
    sketch.cabinet("28001", "stade", ring="ouest", cameras=2)
    after = settled(sketch, before).lock.communes["28001"]
    assert after.segments["ouest/cameras"].prefix == IPv4Network("10.0.0.48/28")
    assert after.segments["sud/cameras"].prefix == IPv4Network("10.0.0.64/28")
    assert after.blocks["video-2"].prefix == IPv4Network("10.0.0.64/28")


def test_ids_of_one_function_are_consecutive(sketch: Sketch) -> None:
    for insee in ("28001", "28002", "28003"):
        sketch.commune(insee)
        sketch.cabinet(insee, "mairie", cameras=1)
    lock = settled(sketch).lock
    of = {
        function: [entry.segments[f"nord/{function}"].vlan for entry in lock.communes.values()]
        for function in ("cameras", "management")
    }
    assert of == {"cameras": [100, 101, 102], "management": [103, 104, 105]}


def test_ids_are_unique_within_a_pair_and_reused_between_pairs(sketch: Sketch) -> None:
    sketch.cabinet("28001", "mairie", ring="nord", cameras=1)
    sketch.cabinet("28001", "gare", ring="ouest", cameras=1)
    sketch.cabinet("28001", "stade", ring="sud", cameras=1)
    found = numbers(sketch, "28001").segments
    assert found["nord/cameras"].vlan != found["ouest/cameras"].vlan
    assert found["nord/cameras"].vlan == found["sud/cameras"].vlan == 100


def test_pairs_with_a_switch_in_common_share_their_ids(sketch: Sketch) -> None:
    sketch.network["pairs"]["hub"]["secondary"] = "core-1"
    sketch.cabinet("28001", "mairie", ring="nord", cameras=1)
    sketch.cabinet("28001", "stade", ring="sud", cameras=1)
    ids = [entry.vlan for entry in numbers(sketch, "28001").segments.values()]
    assert len(set(ids)) == 4


def test_reserved_ids_are_never_given(sketch: Sketch) -> None:
    sketch.settings["pools"]["vlans"] |= {"access": "996-1007", "transit": "1006-1006"}
    for insee in ("28001", "28002", "28003"):
        sketch.commune(insee)
        sketch.cabinet(insee, "mairie", cameras=1)
    lock = settled(sketch).lock
    ids = {entry.vlan for c in lock.communes.values() for entry in c.segments.values()}
    assert ids == {996, 997, 1000, 1001, 1007}


def test_spur_belongs_to_the_ring_of_its_ancestor(sketch: Sketch) -> None:
    sketch.commune("28002")
    sketch.cabinet("28001", "mairie", ring="sud", cameras=1)
    sketch.cabinet("28002", "gare", parent="28001-mairie", cameras=1)
    sketch.cabinet("28002", "stade", parent="28002-gare", cameras=1)
    sketch.cabinet("28002", "halle", parent="agg-1", cameras=1)
    sketch.cabinet("28002", "salle", parent="office", cameras=1)
    assert set(numbers(sketch, "28002").segments) == {
        "sud/cameras",
        "sud/management",
        "agg-1/cameras",
        "agg-1/management",
        "office/cameras",
        "office/management",
    }


def test_cabinet_that_hangs_nowhere_is_told_and_the_rest_is_settled(sketch: Sketch) -> None:
    sketch.cabinet("28001", "mairie", cameras=1)
    sketch.cabinet("28001", "gare", parent="28001-stade")
    sketch.cabinet("28001", "stade", parent="28001-gare")
    found = settled(sketch)
    assert [(finding.code, finding.subject) for finding in found.findings] == [
        ("A032", "28001-gare"),
        ("A032", "28001-stade"),
    ]
    assert set(found.lock.communes["28001"].switches) == {"mairie"}


def test_camera_gets_the_weakest_port_that_feeds_it(sketch: Sketch) -> None:
    sketch.cabinet("28001", "mairie")
    for model in ("fixed", "ptz", "dome", "ptz"):
        sketch.camera("28001", "mairie", model=model)
    positions = {key: entry.position for key, entry in numbers(sketch, "28001").cameras.items()}
    assert positions == {"28001-0001": 2, "28001-0002": 7, "28001-0003": 1, "28001-0004": 8}


def test_weak_camera_takes_a_strong_port_when_no_other_is_left(sketch: Sketch) -> None:
    sketch.cabinet("28001", "mairie", cameras=7)
    assert numbers(sketch, "28001").cameras["28001-0007"].position == 7


def test_switch_without_a_port_left_is_told(sketch: Sketch) -> None:
    sketch.cabinet("28001", "mairie")
    for _ in range(3):
        sketch.camera("28001", "mairie", model="ptz")
    found = settled(sketch)
    assert [finding.subject for finding in found.findings] == ["28001-0003"]
    assert "switch 28001-mairie has no free access port with PoE bt-60" in found.findings[0].what
    assert set(found.lock.communes["28001"].cameras) == {"28001-0001", "28001-0002"}


def test_another_switch_model_renumbers_nothing(sketch: Sketch) -> None:
    cabinet = sketch.cabinet("28001", "mairie", cameras=6)
    before = settled(sketch).lock
    for model in ("edge-8-other", "edge-24"):
        cabinet["switch"] = model
        assert not settled(sketch, before).changes


def test_attachment_points_have_ports_and_addresses_of_their_own(sketch: Sketch) -> None:
    point = {"place": "Mast", "poe": "at"}
    sketch.cabinet("28001", "mairie", cameras=1, attachment_points={"marche": point})
    found = numbers(sketch, "28001")
    assert found.points["mairie/marche"].position == 1
    assert found.cameras["28001-0001"].position == 2
    assert found.points["mairie/marche"].segment == "nord/cameras"


def test_shares_go_to_the_recorder_with_the_fewest_cameras(sketch: Sketch) -> None:
    for insee, cameras in (("28001", 5), ("28002", 2), ("28003", 1), ("28004", 1)):
        sketch.commune(insee)
        sketch.cabinet(insee, "mairie", cameras=cameras)
    lock = settled(sketch).lock
    recorders = [entry.storage[f"essai-{insee}"].recorder for insee, entry in lock.communes.items()]
    assert recorders == ["rec-1", "rec-2", "rec-2", "rec-2"]


def test_pinned_recorder_wins(sketch: Sketch) -> None:
    sketch.commune("28001", recorder="rec-2")
    assert numbers(sketch, "28001").storage["essai-28001"].recorder == "rec-2"


def test_centre_without_recorders_is_told(sketch: Sketch) -> None:
    sketch.centre["recorders"] = {}
    assert [finding.code for finding in settled(sketch).findings] == ["A033"]


def test_centre_gets_segments_legs_hosts_and_switches(sketch: Sketch) -> None:
    shared = settled(sketch).lock.shared
    assert {key: (entry.vlan, str(entry.prefix)) for key, entry in shared.segments.items()} == {
        "recorders": (200, "10.2.0.0/28"),
        "services": (201, "10.2.0.16/28"),
    }
    assert shared.firewall["VIDEO"].address == IPv4Address("10.2.0.4")
    assert shared.hosts["rec-1"].address == IPv4Address("10.2.0.5")
    assert (shared.hosts["ntp"].address, shared.hosts["ntp"].count) == (
        IPv4Address("10.2.0.21"),
        2,
    )
    office = shared.switches["office"]
    assert isinstance(office, AccessNumbers)
    assert office.management == IPv4Address("10.2.0.23")
    core = shared.switches["core-1"]
    assert isinstance(core, RoutedNumbers)
    assert core.loopback_video not in {core.loopback_mgmt, IPv4Address("10.3.1.0")}
    assert shared.transit["core-hub"].video == IPv4Network("10.3.0.0/31") or (
        shared.transit["core-hub"].mgmt == IPv4Network("10.3.0.0/31")
    )


def test_sockets_suit_what_is_plugged_in(sketch: Sketch) -> None:
    sketch.cabinet("28001", "mairie", ring="sud")
    sketch.cabinet("28001", "gare", parent="28001-mairie")
    sockets = settled(sketch).lock.shared.sockets
    shown = {key: f"{entry.kind} {entry.position}" for key, entry in sockets.items()}
    assert shown["core-1/sud/a"] == "uplink 1", "1 Gbit/s: the first of the slow ports"
    assert shown["core-2/sud/b"] == "uplink 1"
    assert shown["core-1/core-hub.0"] == "uplink 13", "10 Gbit/s: behind the twelve slow ones"
    assert shown["core-1/core-hub.1"] == "uplink 14"
    assert shown["28001-mairie/28001-gare"] == "uplink 3", "uplinks 1 and 2 are the ring's"
    assert shown["core-1/rec-1.1"].startswith("access")
    assert {"core-1/firewall-VIDEO", "core-2/firewall-VIDEO", "core-1/ntp.2"} <= shown.keys()


def test_ring_of_a_lone_switch_has_two_sockets(sketch: Sketch) -> None:
    sketch.network["pairs"]["core"]["secondary"] = "core-1"
    sockets = settled(sketch).lock.shared.sockets
    assert sockets["core-1/sud/a"].position != sockets["core-1/sud/b"].position


def test_radio_spur_takes_an_access_port_where_no_uplink_is_left(sketch: Sketch) -> None:
    sketch.cabinet("28001", "mairie", switch="edge-24", cameras=1)
    sketch.cabinet("28001", "gare", parent="28001-mairie")
    lock = settled(sketch).lock
    socket = lock.shared.sockets["28001-mairie/28001-gare"]
    assert (socket.kind, socket.position) == ("access", 1)
    assert lock.communes["28001"].cameras["28001-0001"].position == 2


def test_more_planned_hosts_move_on_where_a_neighbour_is_in_the_way(sketch: Sketch) -> None:
    before = settled(sketch).lock
    sketch.centre["hosts"]["ntp"]["count"] = 4
    after = settled(sketch, before).lock.shared
    assert (after.hosts["ntp"].address, after.hosts["ntp"].count) == (IPv4Address("10.2.0.24"), 4)
    assert after.switches == before.shared.switches


def test_more_hosts_extend_their_run_where_the_next_addresses_are_free(sketch: Sketch) -> None:
    sketch.centre["hosts"]["ntp"]["segment"] = "recorders"
    before = settled(sketch).lock
    sketch.centre["hosts"]["rec-2"]["count"] = 3
    after = settled(sketch, before).lock.shared.hosts
    assert (after["rec-2"].address, after["rec-2"].count) == (
        before.shared.hosts["rec-2"].address,
        3,
    )


def test_planned_segment_that_outgrows_its_size_is_widened_in_place(sketch: Sketch) -> None:
    sketch.cabinet("28001", "mairie", switch="edge-24", cameras=5)
    sketch.commune("28001")["pins"] = {"blocks": ["10.0.4.0/25"]}
    before = settled(sketch).lock
    sketch.camera("28001", "mairie")
    after = settled(sketch, before).lock.communes["28001"]
    old = before.communes["28001"]
    assert after.segments["nord/cameras"].prefix == IPv4Network("10.0.4.0/27")
    assert {key: after.cameras[key] for key in old.cameras} == old.cameras


def test_planned_camera_of_a_moved_segment_keeps_its_port(sketch: Sketch) -> None:
    cabinet = sketch.cabinet("28001", "mairie", cameras=3)
    sketch.camera("28001", "mairie", key="28001-0002")
    before = settled(sketch).lock
    del cabinet["cameras"]["28001-0001"]
    cabinet["ring"] = "sud"
    after = settled(sketch, before).lock.communes["28001"]
    old = before.communes["28001"].cameras
    assert {key: entry.position for key, entry in after.cameras.items()} == {
        key: old[key].position for key in ("28001-0002", "28001-0003")
    }
    assert {entry.segment for entry in after.cameras.values()} == {"sud/cameras"}


def test_exhausted_pool_is_told_with_what_to_do(sketch: Sketch) -> None:
    sketch.settings["pools"]["prefixes"]["video"] = ["10.0.0.0/27"]
    for insee in ("28001", "28002", "28003"):
        sketch.commune(insee)
        sketch.cabinet(insee, "mairie", cameras=1)
    findings = settled(sketch).findings
    assert {finding.code for finding in findings} == {"A030"}
    told = next(finding for finding in findings if finding.subject == "28003/nord/cameras")
    assert "pools.prefixes.video has no room for a /28" in told.what
    assert "at the end of pools.prefixes.video" in told.how


def test_fragmented_pool_gives_several_small_blocks(sketch: Sketch) -> None:
    sketch.settings["pools"]["prefixes"]["video"] = ["10.0.0.0/28", "10.0.9.0/28"]
    sketch.cabinet("28001", "mairie", cameras=1)
    sketch.cabinet("28001", "gare", ring="sud", cameras=1)
    found = numbers(sketch, "28001")
    assert {str(block.prefix) for key, block in found.blocks.items() if "video" in key} == {
        "10.0.0.0/28",
        "10.0.9.0/28",
    }
