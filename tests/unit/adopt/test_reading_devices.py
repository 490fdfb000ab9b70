"""What one configuration says, in whatever form it was fetched."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Interface
from typing import TYPE_CHECKING

import pytest
from tests.unit.adopt.estates import GOLDEN, catalogue

from maille.adopt.models import recognise
from maille.adopt.parsing.parse import parse

if TYPE_CHECKING:
    from maille.adopt.device import Device

REFERENCE = GOLDEN / "reference"


def device(text: str) -> Device:
    found = parse(text, "sw.cfg").device
    assert found is not None
    return found


def interface(*lines: str, before: str = "") -> Device:
    body = "\n".join(f" {line}" for line in lines)
    return device(f"{before}hostname sw\ninterface GigabitEthernet1/3\n{body}\nend\n")


def test_access_switch_of_the_reference() -> None:
    found = device((REFERENCE / "ie-3300.cfg").read_text())
    assert (found.hostname, found.platform) == ("ie-28085-001", "cisco_ios")
    assert found.gateway == IPv4Address("10.40.0.1")
    assert found.source_interface == "Vlan112"
    assert found.vlans[110].name == "VIDEO-28085-S"
    assert found.vlans[999].suspended
    camera = found.interfaces["GigabitEthernet1/3"]
    assert (camera.access_vlan, camera.method, camera.power_mw) == (110, "dot1x", 30000)
    ring = found.interfaces["GigabitEthernet1/1"]
    assert ring.mode == "trunk"
    assert ring.allowed == frozenset({110, 111, 112, 120, 121, 122})
    bound = {each.port: (each.mac, str(each.address)) for each in found.bindings if each.port}
    assert bound["GigabitEthernet1/5"] == ("ac:cc:8e:00:00:03", "10.28.0.13")
    assert len(bound) == 5


def test_gateway_of_the_reference() -> None:
    found = device((REFERENCE / "agg.cfg").read_text())
    assert found.platform == "arista_eos"
    svi = found.interfaces["Vlan110"]
    assert svi.address == IPv4Interface("10.28.0.2/26")
    assert (svi.vrf, svi.virtual, svi.priority) == ("VIDEO", (IPv4Address("10.28.0.1"),), 200)
    transit = found.interfaces["Ethernet21.10"]
    assert (transit.tag, transit.base, str(transit.address)) == (10, "Ethernet21", "10.255.0.1/31")
    assert found.bridge_priority == 4096
    assert {server.service for server in found.servers} >= {"ntp", "syslog", "radius", "poller"}


@pytest.mark.parametrize(
    ("lines", "virtual", "priority"),
    [
        (["standby 1 ip 10.0.0.1", "standby 1 priority 110"], "10.0.0.1", 110),
        (["vrrp 1 ip 10.0.0.1"], "10.0.0.1", 100),
        (["vrrp 7 ipv4 10.0.0.1", "vrrp 7 priority-level 200"], "10.0.0.1", 200),
        (
            ["vrrp 1 address-family ipv4", " priority 120", " address 10.0.0.1 primary"],
            "10.0.0.1",
            120,
        ),
        (["ip virtual-router address 10.0.0.1"], "10.0.0.1", 100),
    ],
)
def test_shared_addresses_in_every_form(lines: list[str], virtual: str, priority: int) -> None:
    found = interface("ip address 10.0.0.2 255.255.255.0", *lines)
    port = found.interfaces["GigabitEthernet1/3"]
    assert (port.virtual, port.priority) == ((IPv4Address(virtual),), priority)


@pytest.mark.parametrize(
    ("lines", "allowed"),
    [
        (["switchport trunk allowed vlan 10,20-22"], {10, 20, 21, 22}),
        (["switchport trunk allowed vlan 10", "switchport trunk allowed vlan add 20"], {10, 20}),
        (
            ["switchport trunk allowed vlan 10-12", "switchport trunk allowed vlan remove 11"],
            {10, 12},
        ),
        (["switchport trunk allowed vlan none"], set()),
    ],
)
def test_lists_of_vlans_on_several_lines(lines: list[str], allowed: set[int]) -> None:
    port = interface(*lines).interfaces["GigabitEthernet1/3"]
    assert port.allowed == frozenset(allowed)


def test_bindings_of_both_platforms() -> None:
    ios = device(
        "hostname a\nvlan 10\n"
        "ip source binding ACCC.8E00.0001 vlan 10 10.0.0.11 interface Gi1/3\nend\n"
    )
    eos = device(
        "hostname b\nvlan 10\n"
        "ip source binding 10.0.0.11 accc.8e00.0001 vlan 10 interface Ethernet3\nend\n"
    )
    assert (ios.bindings[0].port, eos.bindings[0].port) == ("GigabitEthernet1/3", "Ethernet3")
    assert ios.bindings[0].mac == eos.bindings[0].mac == "ac:cc:8e:00:00:01"


def test_neighbours_behind_the_configuration() -> None:
    found = device(
        """sw#show running-config
hostname sw
interface GigabitEthernet1/1
!
interface GigabitEthernet1/2
end
sw#show lldp neighbors detail
------------------------------------------------
Local Intf: Gi1/1
Chassis id: 0023.ea11.2233
Port id: Gi1/2
Port Description: GigabitEthernet1/2
System Name: autre.example.fr
sw#show cdp neighbors detail
-------------------------
Device ID: troisieme
Platform: cisco IE-3300-8P2S,  Capabilities: Switch IGMP
Interface: GigabitEthernet1/2,  Port ID (outgoing port): TenGigabitEthernet1/1/1
"""
    )
    assert [(c.port, c.far, c.far_port, c.source) for c in found.claims] == [
        ("GigabitEthernet1/1", "autre.example.fr", "GigabitEthernet1/2", "lldp"),
        ("GigabitEthernet1/2", "troisieme", "TenGigabitEthernet1/1/1", "cdp"),
    ]


def test_neighbours_of_eos() -> None:
    found = device(
        """hostname sw
interface Ethernet1
end
Interface Ethernet1 detected 1 LLDP neighbors:

  Neighbor 001c.7300.0001/"Ethernet2", age 8 seconds
    - Chassis ID type: MAC address (4)
      Chassis ID     : 001c.7300.0001
    - Port ID type: Interface name (5)
      Port ID     : "Ethernet2"
    - System Name: "core-2.example"
"""
    )
    (claim,) = found.claims
    assert (claim.port, claim.far, claim.far_port) == ("Ethernet1", "core-2.example", "Ethernet2")


def test_a_banner_is_no_configuration() -> None:
    found = device(
        "hostname sw\nbanner motd ^C\nhostname evil\ninterface Vlan5\n^C\ninterface Vlan7\nend\n"
    )
    assert found.hostname == "sw"
    assert list(found.interfaces) == ["Vlan7"]


def test_a_banner_that_never_ends_swallows_nothing() -> None:
    found = device("hostname sw\nbanner motd ^C\nhello\ninterface Vlan7\nend\n")
    assert list(found.interfaces) == ["Vlan7"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("just a note\n", "no `hostname`"),
        ("hostname sw\n", "no port and no VLAN"),
        ("", "no `hostname`"),
    ],
)
def test_what_is_no_configuration_is_told(text: str, what: str) -> None:
    parsed = parse(text, "notes.txt")
    assert parsed.device is None
    (finding,) = parsed.findings
    assert what in finding.what


def test_a_value_that_is_none_is_told_with_its_line() -> None:
    parsed = parse("hostname sw\nvlan 10-5000\ninterface Vlan4095\nend\n", "sw.cfg")
    assert parsed.device is None or not parsed.device.vlans
    parsed = parse("hostname sw\nvlan 10\nvlan 20-5000\nend\n", "sw.cfg")
    (finding,) = parsed.findings
    assert (finding.code, finding.place.line, finding.line_text) == ("I512", 3, "vlan 20-5000")


def test_a_text_without_its_end_is_told() -> None:
    parsed = parse("hostname sw\nvlan 10\n", "sw.cfg")
    assert [finding.code for finding in parsed.findings] == ["I503"]


@pytest.mark.parametrize(
    "line",
    [
        "snmp-server community s3cr3t RO",
        "snmp-server host 10.0.0.1 s3cr3t",
        "snmp-server host 10.0.0.1 traps version 2c s3cr3t",
        "snmp-server user poll GROUP v3 auth sha s3cr3t priv aes 128 s3cr3t",
        "enable secret 5 s3cr3t",
        "enable password s3cr3t",
        "username bob privilege 15 password 0 s3cr3t",
        "radius-server host 10.0.0.1 key s3cr3t",
        "tacacs-server key 7 s3cr3t",
        "ntp authentication-key 1 md5 s3cr3t 7",
        "key s3cr3t",
        "ip ospf message-digest-key 1 md5 7 s3cr3t",
        "neighbor 10.0.0.1 password s3cr3t",
        "standby 1 authentication s3cr3t",
        "key-string s3cr3t",
        "password s3cr3t",
        "crypto isakmp key pre-shared-key s3cr3t",
    ],
)
def test_secrets_are_listed_and_never_shown(line: str) -> None:
    found = device(f"hostname sw\nvlan 10\n{line}\ninterface Vlan10\n {line}\nend\n")
    assert {secret.line for secret in found.secrets} == {3, 5}
    assert not [text for text in map(found.text, range(1, 7)) if "s3cr3t" in text]
    assert not [kind for kind, _ in found.unread if "s3cr3t" in kind]


def test_a_description_with_a_password_is_not_read() -> None:
    port = interface("description password s3cr3t").interfaces["GigabitEthernet1/3"]
    assert port.description == ""


@pytest.mark.parametrize(
    ("hint", "model"),
    [
        ("license udi pid IE-3300-8T2S sn FOC1\n", "ie-3300-8t2s"),
        ("license udi pid IE-3400-8P2S sn FOC1\n", "ie-3400-8p2s"),
        ("", "ie-3300-8p2s"),
    ],
)
def test_the_model_follows_from_ports_and_hints(hint: str, model: str) -> None:
    ports = "".join(f"interface GigabitEthernet1/{n}\n" for n in range(1, 11))
    power = "interface GigabitEthernet1/3\n power inline never\n"
    found = device(f"hostname sw\n{hint}{ports}{power}end\n")
    known = recognise(found, catalogue().switches)
    assert known is not None
    assert known.id == model
    assert bool(known.others) is not bool(hint)
