"""What is deployed changes by nothing but the command that names it."""

from __future__ import annotations

from datetime import date
from ipaddress import IPv4Address, IPv4Network
from typing import TYPE_CHECKING

import pytest
from tests.strategies import Sketch
from tests.unit.allocation.helpers import AS_OF, codes, deployed, settled

from maille.allocation.lock import Quarantined, State
from maille.allocation.release import release
from maille.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.allocation.lock import Lock


@pytest.fixture
def sketch() -> Sketch:
    """Give a commune with five cameras in two cabinets of one ring."""
    found = Sketch()
    found.commune("28001")
    found.cabinet("28001", "mairie", cameras=3)
    found.cabinet("28001", "gare", cameras=2)
    return found


def cabinet(sketch: Sketch, key: str = "mairie") -> dict[str, dict[str, dict[str, object]]]:
    found: dict[str, dict[str, dict[str, object]]] = sketch.communes["28001"]["cabinets"][key]
    return found


def remove_camera(sketch: Sketch) -> None:
    del cabinet(sketch)["cameras"]["28001-0001"]


def remove_cabinet(sketch: Sketch) -> None:
    del sketch.communes["28001"]["cabinets"]["gare"]


def leave(sketch: Sketch) -> None:
    sketch.communes["28001"]["member"]["until"] = "2025-01-31"


def vanish(sketch: Sketch) -> None:
    del sketch.communes["28001"]


def move_camera(sketch: Sketch) -> None:
    camera = cabinet(sketch)["cameras"].pop("28001-0001")
    cabinet(sketch, "gare")["cameras"]["28001-0001"] = camera


def move_ring(sketch: Sketch) -> None:
    sketch.communes["28001"]["cabinets"]["gare"]["ring"] = "sud"


def pin_another(sketch: Sketch) -> None:
    cabinet(sketch)["cameras"]["28001-0001"]["pins"] = {"position": 6}


def weaken_ports(sketch: Sketch) -> None:
    sketch.camera("28001", "mairie", key="28001-0001", model="ptz")


def drop_recorder(sketch: Sketch) -> None:
    del sketch.centre["recorders"]["rec-1"]


def drop_link(sketch: Sketch) -> None:
    del sketch.network["links"]["core-hub"]


CONTRADICTIONS: list[tuple[Callable[[Sketch], None], set[str]]] = [
    (remove_camera, {"A010"}),
    (remove_cabinet, {"A010"}),
    (leave, {"A011"}),
    (vanish, {"A011"}),
    (move_camera, {"A012"}),
    (move_ring, {"A012"}),
    (pin_another, {"A012"}),
    (weaken_ports, {"A012"}),
    (drop_recorder, {"A012"}),
    (drop_link, {"A010"}),
]


@pytest.mark.parametrize(("change", "expected"), CONTRADICTIONS)
def test_contradiction_is_told_and_changes_nothing(
    sketch: Sketch, change: Callable[[Sketch], None], expected: set[str]
) -> None:
    before = deployed(sketch)
    change(sketch)
    found = settled(sketch, before)
    assert {code for code, _ in codes(found)} == expected
    assert not [made for made in found.changes if made.before.get("state") == State.DEPLOYED.value]


@pytest.mark.parametrize(("change", "_codes"), CONTRADICTIONS)
def test_command_that_the_finding_names_mends_it(
    sketch: Sketch, change: Callable[[Sketch], None], _codes: set[str]
) -> None:
    lock = deployed(sketch)
    change(sketch)
    while found := settled(sketch, lock).findings:
        words = found[0].how.replace(",", "").split()
        option, word = words[3], words[4]
        assert words[:3] == ["maille", "allocation", "settle"]
        options = {option.removeprefix("--"): (word,)}
        after = settled(sketch, lock, **options)
        assert len(after.findings) < len(found)
        lock = after.lock


def test_moved_camera_leaves_its_port_in_quarantine_and_keeps_its_address(sketch: Sketch) -> None:
    before = deployed(sketch)
    move_camera(sketch)
    after = settled(sketch, before, move=("28001-0001",)).lock.communes["28001"]
    old, new = before.communes["28001"].cameras["28001-0001"], after.cameras["28001-0001"]
    assert (new.cabinet, new.position, new.state) == ("gare", 3, State.PLANNED)
    assert new.address == old.address
    assert after.quarantine == (
        Quarantined(
            section="cameras",
            key="28001-0001",
            numbers={"cabinet": "mairie", "position": old.position},
            since=AS_OF,
        ),
    )


def test_quarantined_numbers_go_to_nobody_else(sketch: Sketch) -> None:
    lock = deployed(sketch)
    old = lock.communes["28001"].cameras["28001-0001"]
    remove_camera(sketch)
    lock = settled(sketch, lock, retire=("28001-0001",)).lock
    sketch.camera("28001", "mairie", key="newcomer")
    found = settled(sketch, lock).lock.communes["28001"].cameras["newcomer"]
    assert found.address != old.address
    assert found.position != old.position


def test_key_that_comes_back_gets_its_own_numbers(sketch: Sketch) -> None:
    lock = deployed(sketch)
    old = lock.communes["28001"].cameras["28001-0001"]
    camera = cabinet(sketch)["cameras"].pop("28001-0001")
    lock = settled(sketch, lock, retire=("28001-0001",)).lock
    cabinet(sketch)["cameras"]["28001-0001"] = camera
    after = settled(sketch, lock).lock.communes["28001"]
    assert after.cameras["28001-0001"] == old.model_copy(update={"state": State.PLANNED})
    assert not after.quarantine


def test_commune_that_comes_back_wakes_its_blocks(sketch: Sketch) -> None:
    lock = deployed(sketch)
    old = lock.communes["28001"]
    gone = sketch.communes.pop("28001")
    lock = settled(sketch, lock, retire=("28001",)).lock
    assert not lock.communes["28001"].cameras
    sketch.commune("28002")
    sketch.cabinet("28002", "mairie", cameras=3)
    lock = settled(sketch, lock).lock
    newcomer = lock.communes["28002"].blocks["video-1"].prefix
    assert not newcomer.overlaps(old.blocks["video-1"].prefix)
    sketch.communes["28001"] = gone
    again = settled(sketch, lock)
    assert not again.findings
    back = again.lock.communes["28001"]
    assert {key: entry.prefix for key, entry in back.blocks.items()} == {
        key: entry.prefix for key, entry in old.blocks.items()
    }
    assert {key: entry.address for key, entry in back.cameras.items()} == {
        key: entry.address for key, entry in old.cameras.items()
    }
    assert not back.quarantine


def test_released_numbers_are_given_again(sketch: Sketch) -> None:
    lock = deployed(sketch)
    old = lock.communes["28001"].cameras["28001-0001"]
    remove_camera(sketch)
    lock = settled(sketch, lock, retire=("28001-0001",)).lock
    spared = release(lock, ["28001-0001"], before=AS_OF)
    assert not spared.entries
    lock = release(lock, before=date(2025, 6, 2)).lock
    sketch.camera("28001", "mairie", key="newcomer")
    found = settled(sketch, lock).lock.communes["28001"].cameras["newcomer"]
    assert (found.address, found.position) == (old.address, old.position)


def test_release_of_nothing_releases_nothing(sketch: Sketch) -> None:
    lock = deployed(sketch)
    remove_camera(sketch)
    lock = settled(sketch, lock, retire=("28001-0001",)).lock
    assert not release(lock).entries
    assert release(lock, ["28001-9999"]).idle == ("28001-9999",)


def test_planned_things_go_without_a_trace(sketch: Sketch) -> None:
    lock = settled(sketch).lock
    remove_cabinet(sketch)
    found = settled(sketch, lock)
    assert not found.findings
    assert not found.lock.communes["28001"].quarantine


def test_camera_that_moves_to_another_commune_never_has_two_sets_of_numbers(
    sketch: Sketch,
) -> None:
    sketch.commune("28002")
    sketch.cabinet("28002", "mairie")
    lock = deployed(sketch)
    camera = cabinet(sketch)["cameras"].pop("28001-0001")
    sketch.communes["28002"]["cabinets"]["mairie"]["cameras"]["28001-0001"] = camera
    found = settled(sketch, lock)
    assert codes(found) == [("A012", "28001-0001")]
    assert "28001-0001" not in found.lock.communes["28002"].cameras
    moved = settled(sketch, lock, move=("28001-0001",))
    assert not moved.findings
    assert "28001-0001" not in moved.lock.communes["28001"].cameras
    assert moved.lock.communes["28002"].cameras["28001-0001"].subvolume == "essai-28002"


def test_cabinet_moves_with_all_that_hangs_on_it(sketch: Sketch) -> None:
    lock = deployed(sketch)
    move_ring(sketch)
    assert {subject for _, subject in codes(settled(sketch, lock))} == {
        "28001-gare",
        "28001-0004",
        "28001-0005",
    }
    after = settled(sketch, lock, move=("28001-gare",))
    assert not after.findings
    commune = after.lock.communes["28001"]
    assert commune.switches["gare"].hostname == "28001-gare"
    assert commune.switches["gare"].management in commune.segments["sud/management"].prefix
    assert commune.cameras["28001-0001"] == lock.communes["28001"].cameras["28001-0001"]


def grown(sketch: Sketch) -> Lock:
    """Deploy a segment of five cameras, then let it grow to six."""
    lock = deployed(sketch)
    sketch.camera("28001", "mairie")
    return lock


def test_segment_that_outgrows_its_headroom_is_a_warning(sketch: Sketch) -> None:
    found = settled(sketch, grown(sketch))
    assert codes(found) == [("A013", "28001/nord/cameras")]
    assert found.findings[0].severity is Severity.WARNING
    cameras = found.lock.communes["28001"].cameras
    assert cameras["28001-0006"].address == IPv4Address("10.0.0.9")


def test_full_segment_names_the_command_that_resizes_it(sketch: Sketch) -> None:
    lock = deployed(sketch)
    sketch.cabinet("28001", "stade", switch="edge-24", cameras=7)
    found = settled(sketch, lock)
    full = [finding for finding in found.findings if finding.code == "A030"]
    assert [finding.subject for finding in full] == ["28001-0012"]
    assert "settle --resize 28001/nord/cameras" in full[0].how


def test_resized_segment_widens_in_place_where_it_can(sketch: Sketch) -> None:
    sketch.communes["28001"]["pins"] = {"blocks": ["10.0.4.0/25"]}
    lock = grown(sketch)
    found = settled(sketch, lock, resize=("28001/nord/cameras",))
    assert not found.findings
    after = found.lock.communes["28001"]
    assert after.segments["nord/cameras"].prefix == IPv4Network("10.0.4.0/27")
    assert {key: after.cameras[key] for key in lock.communes["28001"].cameras} == (
        lock.communes["28001"].cameras
    )
    assert not after.quarantine


def test_resized_segment_without_room_beside_it_moves_with_its_cameras(sketch: Sketch) -> None:
    lock = grown(sketch)
    found = settled(sketch, lock, resize=("28001/nord/cameras",))
    assert not found.findings
    after = found.lock.communes["28001"]
    prefix = after.segments["nord/cameras"].prefix
    assert prefix.prefixlen == 27
    assert all(entry.address in prefix for entry in after.cameras.values())
    assert (
        after.segments["nord/cameras"].vlan == lock.communes["28001"].segments["nord/cameras"].vlan
    )
    kept = {str(value) for entry in after.quarantine for value in entry.numbers.values()}
    assert {"10.0.0.0/28", "10.0.0.4", "10.0.0.8"} <= kept


def test_fewer_hosts_keep_their_addresses_until_they_are_resized(sketch: Sketch) -> None:
    lock = deployed(sketch)
    sketch.centre["hosts"]["ntp"]["count"] = 1
    found = settled(sketch, lock)
    assert codes(found) == [("A010", "core-1/ntp.2"), ("A013", "ntp")]
    assert found.lock.shared.hosts["ntp"].count == 2
    after = settled(sketch, lock, resize=("ntp",), retire=("core-1/ntp.2",)).lock.shared
    assert after.hosts["ntp"].count == 1
    assert ("hosts", "10.2.0.22") in {
        (entry.section, str(entry.numbers.get("address"))) for entry in after.quarantine
    }


def test_switch_that_becomes_routed_is_told_and_moves_on_command(sketch: Sketch) -> None:
    lock = deployed(sketch)
    sketch.network["sites"]["centre"]["switches"]["office"]["role"] = "aggregation"
    assert codes(settled(sketch, lock)) == [("A012", "office")]
    after = settled(sketch, lock, move=("office",))
    assert not after.findings
    assert {entry.key for entry in after.lock.shared.quarantine} == {"office"}


def test_command_without_an_effect_is_told(sketch: Sketch) -> None:
    found = settled(sketch, deployed(sketch), move=("28001-0001", "all"), retire=("nonsense",))
    assert codes(found) == [("A050", "28001-0001"), ("A050", "nonsense")]
    assert not found.changes


def test_cabinet_that_loses_its_parent_is_told_once_and_keeps_everything(sketch: Sketch) -> None:
    sketch.commune("28002")
    sketch.cabinet("28002", "halle", parent="28001-gare", cameras=2)
    lock = deployed(sketch)
    leave(sketch)
    found = settled(sketch, lock, retire=("all",))
    assert codes(found) == [("A032", "28002-halle")]
    assert found.lock.communes["28002"] == lock.communes["28002"]
    assert "28001-gare/28002-halle" in found.lock.shared.sockets
