"""What is polled of an estate, and what is expected of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maille.blueprint.snmp import Algorithms
from maille.check.run import check
from maille.health.profiles.library import shipped
from maille.health.targets.build import targets

if TYPE_CHECKING:
    from maille.health.targets.model import Target

INVENTORY = Path(__file__).parents[3] / "inventory"


@pytest.fixture(scope="module")
def found() -> dict[str, Target]:
    blueprint = check(INVENTORY / "malataverne", date(2026, 11, 22)).sound()
    return {target.id: target for target in targets(blueprint, shipped())}


def test_every_target_with_snmp_has_a_profile_and_algorithms(found: dict[str, Target]) -> None:
    assert {target.kind for target in found.values()} == {
        "switch",
        "camera",
        "recorder",
        "ceph",
        "host",
    }
    assert all((target.profile is None) == (target.algorithms is None) for target in found.values())


def test_a_camera_is_expected_on_its_port_with_its_address_power_and_rate(
    found: dict[str, Target],
) -> None:
    port = next(
        port for target in found.values() for port in target.ports if port.subject == "26169-0001"
    )
    assert port.mac == "ac:cc:8e:26:00:01"
    assert port.feeds
    assert port.vlan
    assert port.bitrate_mbps
    assert port.bitrate_mbps > 1


def test_both_ends_of_a_link_expect_each_other(found: dict[str, Target]) -> None:
    ends = {
        (target.id, port.name): (port.neighbour.switch, port.neighbour.port)
        for target in found.values()
        for port in target.ports
        if port.neighbour
    }
    assert ends
    assert all(ends[far] == near for near, far in ends.items())


def test_weaker_algorithms_go_to_models_that_have_no_better(found: dict[str, Target]) -> None:
    assert found["26169-0001"].algorithms == Algorithms("sha1", "aes128")
    assert found["enregistreur-1"].algorithms == Algorithms("sha256", "aes128")


def test_switches_answer_in_management_and_cameras_among_the_video(
    found: dict[str, Target],
) -> None:
    graphs = {(target.kind, target.graph) for target in found.values()}
    assert {("switch", "management"), ("camera", "video"), ("recorder", "video")} <= graphs


def test_desks_and_the_firewall_are_not_polled(found: dict[str, Target]) -> None:
    assert not {"poste-1", "mur", "firewall-VIDEO"} & set(found)
