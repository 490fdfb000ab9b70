"""Every fault of `maille twin fault`, provoked on real agents and seen from outside."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests import snmp_messages
from tests.agents import SECRETS, USER, Manager
from tests.clusters import new_folder
from tests.estates import INVENTORY, MAILLE, built
from tests.snmp_messages import Engine, integer, oid, read

from maille.twin.agents import breaking
from maille.twin.agents.faults import Fault
from maille.twin.agents.lifecycle import start, status, stop
from maille.twin.agents.record import holds_agents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.twin.agents.record import Record

_SYS_UPTIME, _SYS_NAME = "1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.1.5.0"
_ENGINE_ID, _ENGINE_BOOTS = "1.3.6.1.6.3.10.2.1.1.0", "1.3.6.1.6.3.10.2.1.2.0"
_IF_OPER, _IF_IN_ERRORS, _IF_LAST_CHANGE = (f"1.3.6.1.2.1.2.2.1.{n}" for n in (8, 14, 9))
_IF_PHYS_ADDRESS = "1.3.6.1.2.1.2.2.1.6"
_IN_OCTETS = "1.3.6.1.2.1.31.1.1.1.6"
_POE_ADMIN, _POE_STATUS = (f"1.3.6.1.2.1.105.1.1.1.{n}" for n in (3, 6))
_LLDP_SYS_NAME = "1.0.8802.1.1.2.1.4.1.1.9"
_FDB_PORT = "1.3.6.1.2.1.17.4.3.1.2"
_COLD_START, _LINK_DOWN = ((1, 3, 6, 1, 6, 3, 1, 1, 5, n) for n in (1, 3))
_UP, _DOWN = "1", "2"
_DISABLED, _SEARCHING, _DELIVERING = "1", "2", "3"

_NORTH, _SCHOOL, _SQUARE = "26169-entree-nord", "26169-ecole", "26169-place-mairie"
_CAMERA, _PORT = "26169-0005", "Gi1/3"
_BEHIND_NORTH = {"26169-0005", "26169-0006", "26169-0007", "26169-0008"}


@pytest.fixture
def manager(breakable_agents: Record) -> Iterator[Manager]:
    yield Manager(breakable_agents)
    breaking.clear(breakable_agents)


def _fault(record: Record, *words: str, code: int = 0) -> str:
    done = subprocess.run(
        [MAILLE, "twin", "fault", *words, "--folder", str(record.folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if code == 0 else done.stderr


def _index(record: Record, device: str, short: str) -> int:
    ports = record.plant.devices[device].ports
    return next(port.index for port in ports if port.short == short)


def _silent(manager: Manager) -> set[str]:
    """Give the devices that do not answer: asked for those that may, and one that must."""
    asked = {*_BEHIND_NORTH, _NORTH, _SCHOOL, _SQUARE, "26169-0009", "mairie-1", "ceph.1"}
    return {name for name in asked if not manager.answers(name)}


def test_silence_takes_one_agent_and_nothing_else(manager: Manager) -> None:
    _fault(manager.record, "silence", _CAMERA)

    assert _silent(manager) == {_CAMERA}
    index = _index(manager.record, _NORTH, _PORT)
    assert manager.get(_NORTH, f"{_IF_OPER}.{index}") == [_UP]

    _fault(manager.record, "repair", _CAMERA)
    assert _silent(manager) == set()


def test_lost_management_leaves_what_is_behind(manager: Manager) -> None:
    _fault(manager.record, "management-lost", _NORTH)

    assert _silent(manager) == {_NORTH}


def test_a_slow_agent_is_slow_in_everything_it_is_asked(manager: Manager) -> None:
    _fault(manager.record, "slow", _NORTH, "1.2")

    for asked in (_SYS_NAME, f"{_IF_OPER}.{_index(manager.record, _NORTH, _PORT)}"):
        began_s = time.monotonic()
        manager.get(_NORTH, asked)
        assert time.monotonic() - began_s >= 1.2

    _fault(manager.record, "repair", _NORTH)
    assert manager.answers(_NORTH)


def test_a_reboot_counts_and_begins_anew(manager: Manager) -> None:
    index = _index(manager.record, _NORTH, _PORT)

    def read() -> tuple[int, float, int]:
        boots, uptime, octets = manager.get(
            _NORTH, _ENGINE_BOOTS, _SYS_UPTIME, f"{_IN_OCTETS}.{index}"
        )
        return int(boots), _seconds(uptime), int(octets)

    before = read()
    while before[1] < 5:
        time.sleep(0.2)
        before = read()
    _fault(manager.record, "reboot", _NORTH)
    after = read()

    assert after[0] == before[0] + 1
    assert after[1] < before[1]
    assert after[2] / after[1] == pytest.approx(before[2] / before[1], rel=0.1)


def _seconds(uptime: str) -> float:
    days, hours, minutes, seconds = (float(part) for part in uptime.split(":"))
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def test_a_camera_whose_cable_breaks_falls_silent_and_its_port_says_why(manager: Manager) -> None:
    _fault(manager.record, "port-down", _NORTH, _PORT)

    index = _index(manager.record, _NORTH, _PORT)
    assert _silent(manager) == {_CAMERA}
    assert manager.get(_NORTH, f"{_IF_OPER}.{index}") == [_DOWN]
    assert manager.get(_NORTH, f"{_POE_STATUS}.1.3") == [_SEARCHING]
    assert manager.get(_NORTH, f"{_IF_LAST_CHANGE}.{index}") != ["0:0:00:00.00"]
    frozen = manager.get(_NORTH, f"{_IN_OCTETS}.{index}")
    assert manager.get(_NORTH, f"{_IN_OCTETS}.{index}") == frozen


def test_a_camera_without_power_starts_anew_when_it_has_it_again(manager: Manager) -> None:
    (boots,) = manager.get(_CAMERA, _ENGINE_BOOTS)

    _fault(manager.record, "poe-off", _NORTH, _PORT)
    assert _silent(manager) == {_CAMERA}
    assert manager.get(_NORTH, f"{_POE_STATUS}.1.3", f"{_POE_ADMIN}.1.3") == [_DISABLED, "2"]

    _fault(manager.record, "repair", _NORTH, _PORT)
    assert manager.get(_NORTH, f"{_POE_STATUS}.1.3") == [_DELIVERING]
    assert manager.get(_CAMERA, _ENGINE_BOOTS) == [str(int(boots) + 1)]


def test_a_cut_link_of_a_ring_is_seen_at_both_ends_and_silences_nobody(manager: Manager) -> None:
    _fault(manager.record, "link-cut", "village/1")

    assert _silent(manager) == set()
    for switch, port in ((_SQUARE, "Gi0/12"), (_NORTH, "Gi1/1")):
        index = _index(manager.record, switch, port)
        assert manager.get(switch, f"{_IF_OPER}.{index}") == [_DOWN]
        assert len(manager.walk(switch, _LLDP_SYS_NAME)) == 1


def test_traffic_takes_the_other_way_round_the_ring(manager: Manager) -> None:
    index = _index(manager.record, _SCHOOL, "Gi0/12")
    _fault(manager.record, "link-cut", "village/3")

    frozen = manager.get(_SCHOOL, f"{_IN_OCTETS}.{index}")
    assert manager.get(_SCHOOL, f"{_IN_OCTETS}.{index}") == frozen
    towards = _index(manager.record, "mairie-1", "Ethernet27")
    (before,) = manager.get("mairie-1", f"{_IN_OCTETS}.{towards}")
    (after,) = manager.get("mairie-1", f"{_IN_OCTETS}.{towards}")
    assert int(after) > int(before)


def test_a_dead_switch_takes_what_it_feeds_and_no_other(manager: Manager) -> None:
    said = json.loads(_fault(manager.record, "switch-dead", _NORTH, "--json"))

    assert set(said["silent"]) == {_NORTH, *_BEHIND_NORTH}
    assert _silent(manager) == {_NORTH, *_BEHIND_NORTH}
    index = _index(manager.record, _SQUARE, "Gi0/12")
    assert manager.get(_SQUARE, f"{_IF_OPER}.{index}") == [_DOWN]


def test_two_cuts_take_what_is_between_them(manager: Manager) -> None:
    _fault(manager.record, "link-cut", "village/0")
    _fault(manager.record, "link-cut", "village/2")

    assert _silent(manager) == {_SQUARE, _NORTH, *_BEHIND_NORTH}

    _fault(manager.record, "repair", "village/0")
    assert _silent(manager) == set()


def test_a_replaced_device_has_another_engine_in_its_first_boot(manager: Manager) -> None:
    before = manager.get(_CAMERA, _ENGINE_ID)
    _fault(manager.record, "reboot", _CAMERA)

    _fault(manager.record, "device-replaced", _CAMERA)
    engine, boots, name = manager.get(_CAMERA, _ENGINE_ID, _ENGINE_BOOTS, _SYS_NAME)
    assert [engine] != before
    assert (boots, name) == ("1", _CAMERA)

    _fault(manager.record, "repair", _CAMERA)
    engine, boots = manager.get(_CAMERA, _ENGINE_ID, _ENGINE_BOOTS)
    assert [engine] == before
    assert int(boots) > 2


def test_wrong_credentials_are_refused_by_the_agent_itself(manager: Manager) -> None:
    _fault(manager.record, "wrong-credentials", _CAMERA)
    assert "Authentication failure" in manager.said(_CAMERA)

    _fault(manager.record, "repair", _CAMERA)
    assert manager.get(_CAMERA, _SYS_NAME) == [_CAMERA]


def test_a_strange_camera_is_told_by_its_address(manager: Manager) -> None:
    vlan = next(p.vlan for p in manager.record.plant.devices[_NORTH].ports if p.short == _PORT)
    before = manager.walk(_NORTH, _FDB_PORT, f"vlan-{vlan}")

    _fault(manager.record, "wrong-mac", _CAMERA)

    after = manager.walk(_NORTH, _FDB_PORT, f"vlan-{vlan}")
    (gone,) = before.keys() - after.keys()
    (come,) = after.keys() - before.keys()
    assert before[gone] == after[come]
    shown = manager.get(_CAMERA, f"{_IF_PHYS_ADDRESS}.2")[0].replace(" ", ":").split(":")
    assert [int(byte, 16) for byte in shown if byte] == [int(byte) for byte in come.split(".")]


def test_a_camera_without_video_answers_and_sends_some_kilobits(manager: Manager) -> None:
    index = _index(manager.record, _NORTH, _PORT)

    def bytes_s() -> float:
        (before,), began_s = manager.get(_NORTH, f"{_IN_OCTETS}.{index}"), time.monotonic()
        time.sleep(1)
        (after,) = manager.get(_NORTH, f"{_IN_OCTETS}.{index}")
        return (int(after) - int(before)) / (time.monotonic() - began_s)

    _fault(manager.record, "no-video", _CAMERA)

    assert manager.answers(_CAMERA)
    assert 0 < bytes_s() < 10_000


def test_damaged_frames_are_counted(manager: Manager) -> None:
    index = _index(manager.record, _NORTH, "Gi1/1")
    (before,) = manager.get(_NORTH, f"{_IF_IN_ERRORS}.{index}")
    _fault(manager.record, "port-errors", _NORTH, "Gi1/1")
    time.sleep(1)

    assert int(manager.get(_NORTH, f"{_IF_IN_ERRORS}.{index}")[0]) > int(before)


def test_faults_are_listed_and_cleared(manager: Manager) -> None:
    _fault(manager.record, "silence", _CAMERA)
    _fault(manager.record, "port-down", _NORTH, "GigabitEthernet1/4")

    listed = json.loads(_fault(manager.record, "list", "--json"))
    assert listed["broken"] == [
        {"kind": "silence", "subject": _CAMERA},
        {"kind": "port-down", "subject": _NORTH, "port": "GigabitEthernet1/4"},
    ]
    assert listed["silent"] == [_CAMERA, "26169-0006"]

    _fault(manager.record, "clear")
    assert json.loads(_fault(manager.record, "list", "--json")) == {"broken": [], "silent": []}
    assert _silent(manager) == set()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("silence", "26169-00005"), "did you mean `26169-0005`"),
        (("switch-dead", _CAMERA), "no switch `26169-0005`"),
        (("no-video", _NORTH), "no camera"),
        (("link-cut", "village/9"), "no link `village/9`"),
        (("port-down", _NORTH, "Gi1/33"), "did you mean `Gi1/3`?"),
        (("poe-off", _NORTH, "Gi1/1"), "feeds nobody"),
        (("silence", "poste-1"), "has no agent"),
        (("repair", _SCHOOL), "nothing is broken"),
    ],
)
def test_what_is_not_there_is_named_with_what_is_alike(
    manager: Manager, words: tuple[str, ...], expected: str
) -> None:
    assert expected in _fault(manager.record, *words, code=2)


@pytest.fixture
def own_folder(testrun_uid: str) -> Iterator[Path]:
    folder = new_folder(testrun_uid)
    yield folder
    stop(folder, erase=True)


def _up(folder: Path, **more: str) -> subprocess.Popen[str]:
    estate = str(INVENTORY / "malataverne")
    return subprocess.Popen(
        [MAILLE, "twin", "up", estate, "--only", "agents", "--folder", str(folder)],
        env={**os.environ, **SECRETS, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _processes_of(folder: Path) -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if os.fsencode(folder) in line and b"pytest" not in line:
                found.append(line.decode())
    return found


def test_what_comes_up_goes_on_and_goes_down_without_a_trace(own_folder: Path) -> None:
    own_folder.rmdir()
    up = _up(own_folder)
    _, said = up.communicate(timeout=120)
    assert up.returncode == 0, said
    found = status(own_folder)
    assert (len(found.running), found.down) == (len(found.record.daemons), ())

    again = _up(own_folder)
    assert again.communicate(timeout=120)
    assert {one.pid for one in status(own_folder).running} == {one.pid for one in found.running}

    done = subprocess.run(
        [MAILLE, "twin", "down", "--folder", str(own_folder), "--erase"], check=False
    )
    assert done.returncode == 0
    assert not _processes_of(own_folder)
    assert not own_folder.exists()


def test_what_a_killed_command_leaves_can_be_taken_down(own_folder: Path) -> None:
    up = _up(own_folder)
    while up.poll() is None and len(_processes_of(own_folder)) < 12:
        time.sleep(0.01)
    up.send_signal(signal.SIGKILL)
    up.communicate()

    stop(own_folder)

    assert not _processes_of(own_folder)
    assert holds_agents(own_folder)


def test_a_missing_secret_is_named_and_nothing_is_started(own_folder: Path) -> None:
    up = _up(own_folder, MALATAVERNE_SNMP_AUTH="")
    _, said = up.communicate(timeout=120)

    assert up.returncode == 1
    assert "env:MALATAVERNE_SNMP_AUTH" in said
    assert not holds_agents(own_folder)


@pytest.fixture
def receiver() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        found.bind(("127.0.0.1", 0))
        found.settimeout(60)
        yield found


def _trap_of(receiver: socket.socket, record: Record, device: str) -> list[bytes]:
    """Wait for a device's next trap; give its values behind sysUpTime as they came."""
    there = record.plant.devices[device]
    assert there.snmp
    engine = Engine(bytes.fromhex(there.snmp.engine_id))
    while True:
        message, (host, _) = receiver.recvfrom(65535)
        if host == there.host:
            pdu = read(message, snmp_messages.User(*USER), engine).pdu
            assert pdu
            return [value for _, value in pdu.bindings[1:]]


def test_starts_and_ports_that_go_down_are_told(own_folder: Path, receiver: socket.socket) -> None:
    own_folder.rmdir()
    port = receiver.getsockname()[1]
    blueprint = built(INVENTORY / "malataverne").blueprint
    record = start(own_folder, blueprint, USER, f"127.0.0.1:{port}")
    assert _trap_of(receiver, record, _NORTH)[0] == oid(_COLD_START)

    breaking.add(record, Fault("port-down", _NORTH, _PORT))

    index = _index(record, _NORTH, _PORT)
    assert _trap_of(receiver, record, _NORTH)[:4] == [
        oid(_LINK_DOWN),
        *(integer(number) for number in (index, 1, 2)),
    ]
