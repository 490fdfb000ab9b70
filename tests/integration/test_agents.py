"""What the agents of an estate answer is what its devices would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.agents import USER, Manager
from tests.estates import INVENTORY, built

from maille.twin.agents.makers import NET_SNMP, short_name

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint
    from maille.twin.agents.plant import Device, End
    from maille.twin.agents.record import Record

_SYS_OBJECT_ID, _SYS_UPTIME, _SYS_NAME = (f"1.3.6.1.2.1.1.{n}.0" for n in (2, 3, 5))
_HR_SYSTEM_UPTIME = "1.3.6.1.2.1.25.1.1.0"
_IF_DESCR, _IF_OPER, _IF_INDEX = (f"1.3.6.1.2.1.2.2.1.{n}" for n in (2, 8, 1))
_IF_NAME, _IN_OCTETS, _OUT_OCTETS, _IF_ALIAS = (f"1.3.6.1.2.1.31.1.1.1.{n}" for n in (1, 6, 10, 18))
_POE_STATUS = "1.3.6.1.2.1.105.1.1.1.6"
_CISCO_MILLIWATTS, _CISCO_ENTITY = (f"1.3.6.1.4.1.9.9.402.1.2.1.{n}" for n in (9, 11))
_ENTITY_ALIAS = "1.3.6.1.2.1.47.1.3.2.1.2"
_LLDP_LOCAL_PORT_ID = "1.0.8802.1.1.2.1.3.7.1.3"
_LLDP_PORT_ID, _LLDP_SYS_NAME = (f"1.0.8802.1.1.2.1.4.1.1.{n}" for n in (7, 9))
_BASE_IF_INDEX = "1.3.6.1.2.1.17.1.4.1.2"
_FDB_PORT = "1.3.6.1.2.1.17.4.3.1.2"
_Q_FDB_PORT = "1.3.6.1.2.1.17.7.1.2.2.1.2"
_UP, _DELIVERING = "1", "3"

_SWITCH, _ARISTA, _CAMERA, _HOST = "26169-entree-nord", "mairie-1", "26169-0005", "ceph.1"
_CAMERA_MBPS_TOLERANCE = 0.05


@pytest.fixture(scope="module")
def manager(agents: Record) -> Manager:
    return Manager(agents)


@pytest.fixture(scope="module")
def malataverne() -> Blueprint:
    return built(INVENTORY / "malataverne").blueprint


def _index(device: Device, name: str) -> int:
    return next(port.index for port in device.ports if port.name == name)


def test_every_device_answers_with_its_own_name_by_its_own_algorithms(manager: Manager) -> None:
    plant = manager.record.plant
    named = {name: manager.get(name, _SYS_NAME) for name in plant.agents}

    assert named == {name: [device.name] for name, device in plant.agents.items()}
    assert len({device.snmp for device in plant.agents.values()}) == len(plant.agents)
    assert {device.snmp.auth for device in plant.agents.values() if device.snmp} == {
        "sha1",
        "sha256",
        "sha512",
    }


def test_desks_have_no_agent(manager: Manager) -> None:
    assert not {"poste-1", "mur", "firewall-VIDEO"} & set(manager.record.plant.agents)


def test_a_model_says_its_own_object_id(manager: Manager) -> None:
    identified = [manager.get(name, _SYS_OBJECT_ID)[0] for name in (_SWITCH, _ARISTA, _CAMERA)]

    assert [name.lstrip(".") for name in identified] == [
        "1.3.6.1.4.1.9.1.2686",
        "1.3.6.1.4.1.30065.1.2546.720.2974.24.3282",
        NET_SNMP,
    ]


def test_a_switch_has_its_own_ports_and_none_of_this_machine(
    manager: Manager, malataverne: Blueprint
) -> None:
    switch = malataverne.switches[_SWITCH]

    assert set(manager.walk(_SWITCH, _IF_DESCR).values()) == {port.name for port in switch.ports}
    assert set(manager.walk(_SWITCH, _IF_NAME).values()) == {
        short_name(port.name, "cisco") for port in switch.ports
    }
    assert set(manager.walk(_ARISTA, _IF_NAME).values()) == {
        port.name for port in malataverne.switches[_ARISTA].ports
    }
    aliases = manager.walk(_SWITCH, _IF_ALIAS)
    place = f"{_index(manager.record.plant.devices[_SWITCH], 'GigabitEthernet1/3')}"
    assert aliases[place] == switch.port("GigabitEthernet1/3").description


def test_what_is_planned_is_up_and_what_is_spare_is_down(
    manager: Manager, malataverne: Blueprint
) -> None:
    device = manager.record.plant.devices[_SWITCH]
    oper = manager.walk(_SWITCH, _IF_OPER)
    up = {port.name for port in device.ports if oper[str(port.index)] == _UP}

    assert up == {
        port.name
        for port in malataverne.switches[_SWITCH].ports
        if port.camera or (port.link and malataverne.links[port.link].in_service)
    }


def test_counters_move_at_the_planned_rate(manager: Manager, malataverne: Blueprint) -> None:
    camera = malataverne.cameras[_CAMERA]
    assert camera.switch
    assert camera.port
    index = _index(manager.record.plant.devices[camera.switch], camera.port)
    asked = (_SYS_UPTIME, f"{_IN_OCTETS}.{index}")

    def read() -> tuple[float, int]:
        uptime, octets = manager.get(camera.switch or "", *asked)
        days, hours, minutes, seconds = (float(part) for part in uptime.split(":"))
        return ((days * 24 + hours) * 60 + minutes) * 60 + seconds, int(octets)

    (began_s, before), (ended_s, after) = read(), read()
    while ended_s - began_s < 2:
        ended_s, after = read()

    mbps = (after - before) * 8 / 1e6 / (ended_s - began_s)
    assert mbps == pytest.approx(camera.bitrate.mbps, rel=_CAMERA_MBPS_TOLERANCE)


def test_what_a_camera_sends_is_what_its_port_receives(manager: Manager) -> None:
    (sent,) = manager.get(_CAMERA, f"{_OUT_OCTETS}.2")

    assert int(sent) > 0


def test_power_is_found_by_its_own_index_and_not_by_that_of_the_interface(
    manager: Manager,
) -> None:
    device = manager.record.plant.devices[_SWITCH]
    status = manager.walk(_SWITCH, _POE_STATUS)
    entities = manager.walk(_SWITCH, _CISCO_ENTITY)
    interfaces = {
        entity.removesuffix(".0"): name.rsplit(".", 1)[1]
        for entity, name in manager.walk(_SWITCH, _ENTITY_ALIAS).items()
    }
    names = manager.walk(_SWITCH, _IF_NAME)
    fed = {
        names[interfaces[entities[index]]]
        for index, state in status.items()
        if state == _DELIVERING
    }

    assert fed == {"Gi1/3", "Gi1/4", "Gi1/5", "Gi1/6"}
    assert "1.3" in status
    assert f"1.{_index(device, 'GigabitEthernet1/3')}" != "1.3"
    drawn_mw = int(manager.get(_SWITCH, f"{_CISCO_MILLIWATTS}.1.3")[0])
    assert drawn_mw == round(manager.record.plant.devices[_CAMERA].draw_w * 1000)


def test_every_switch_sees_the_neighbours_of_the_cabling_plan(
    manager: Manager, malataverne: Blueprint
) -> None:
    plant = manager.record.plant
    for switch in malataverne.switches.values():
        local = manager.walk(switch.id, _LLDP_LOCAL_PORT_ID)
        remote = manager.walk(switch.id, _LLDP_PORT_ID)
        names = manager.walk(switch.id, _LLDP_SYS_NAME)
        seen = {(local[row.split(".")[1]], names[row], port) for row, port in remote.items()}

        assert seen == {
            (
                _short(plant.devices[switch.id], cable.near(switch.id)),
                plant.devices[cable.far(switch.id).device].name,
                _short(plant.devices[cable.far(switch.id).device], cable.far(switch.id)),
            )
            for cable in plant.cables_of[switch.id]
            if cable.link
        }
        assert len(seen) == sum(
            1 for port in switch.ports if port.link and malataverne.links[port.link].in_service
        )


def _short(device: Device, end: End) -> str:
    return next(port.short for port in device.ports if port.name == end.port)


def test_a_cameras_address_is_behind_its_port_in_the_context_of_its_vlan(
    manager: Manager, malataverne: Blueprint
) -> None:
    camera = malataverne.cameras[_CAMERA]
    assert camera.mac
    assert camera.segment
    context = f"vlan-{malataverne.segments[camera.segment].vlan}"
    row = ".".join(str(byte) for byte in bytes.fromhex(camera.mac.replace(":", "")))
    base = manager.walk(_SWITCH, _FDB_PORT, context)[row]
    index = manager.walk(_SWITCH, _BASE_IF_INDEX, context)[base]

    assert manager.walk(_SWITCH, _IF_NAME)[index] == "Gi1/3"
    assert manager.walk(_SWITCH, _FDB_PORT) == {}


def test_a_switch_of_arista_has_all_vlans_in_one_table(manager: Manager) -> None:
    rows = manager.walk(_ARISTA, _Q_FDB_PORT)

    hosts = [one for one in manager.record.plant.devices.values() if one.make == "host"]
    attached = [
        one
        for one in hosts
        for cable in manager.record.plant.cables_of[one.id]
        if cable.far(one.id).device == _ARISTA
    ]
    assert len(rows) == len(attached)


def test_a_device_tells_its_own_uptime_and_not_this_machines(manager: Manager) -> None:
    for name in (_HOST, _CAMERA, _ARISTA):
        own, system = manager.get(name, _HR_SYSTEM_UPTIME, _SYS_UPTIME)
        assert own[:7] == system[:7]


def test_no_passphrase_gets_onto_the_disk_and_nobody_else_reads_the_keys(agents: Record) -> None:
    secret = [*agents.folder.rglob("keys.json"), *agents.folder.rglob("snmpd.conf")]
    everything = [path for path in agents.folder.rglob("*") if path.is_file()]

    assert len(secret) >= 3 * len(agents.plant.agents)
    assert {path.stat().st_mode & 0o077 for path in secret} == {0}
    for phrase in (USER.auth, USER.privacy):
        assert not [path for path in everything if phrase.encode() in path.read_bytes()]


def test_the_book_says_where_each_answers_and_whose_secrets_they_are(agents: Record) -> None:
    book = agents.book.read_text()

    assert '"user": "maille"' not in book
    assert "env:MALATAVERNE_SNMP_AUTH" in book
    assert f'"{_CAMERA}": "{agents.plant.devices[_CAMERA].host}:1161"' in book


def test_all_of_chartres_answers(chartres_agents: Record) -> None:
    manager = Manager(chartres_agents)
    plant = chartres_agents.plant

    assert len(plant.agents) > 400
    for name in list(plant.agents)[::20]:
        assert manager.get(name, _SYS_NAME) == [plant.devices[name].name]
