"""Changes whose order matters, each with its reason."""

from __future__ import annotations

import pytest
from tests.unit.compare import watch
from tests.unit.compare.device import Device

from maille.configs.compare import compare
from maille.configs.vlans import CHARACTERS_A_LINE

ONE, TWO = "interface GigabitEthernet1/0/1", "interface GigabitEthernet1/0/2"


def sent(running: str, intended: str, platform: str = "cisco_ios") -> list[str]:
    lines = compare(platform, f"{running}\nend", f"{intended}\nend").remediation
    return [line.strip() for line in lines]


def in_order(lines: list[str], *wanted: str) -> bool:
    places = [lines.index(line) for line in wanted]
    return places == sorted(places)


def test_a_camera_is_replaced_behind_a_port_that_admits_one_address() -> None:
    """While the old camera speaks, port security would refuse the address of the new one."""
    port = f"{ONE}\n switchport mode access\n switchport port-security"
    old, new = (f"{port}\n switchport port-security mac-address 0000.0000.000{x}" for x in (1, 2))

    assert sent(old, new) == [
        ONE,
        "shutdown",
        "no switchport port-security mac-address 0000.0000.0001",
        "switchport port-security mac-address 0000.0000.0002",
        "no shutdown",
        "exit",
    ]


def test_a_port_is_not_shut_for_what_is_replaced_at_once() -> None:
    lists = "".join(f"ip access-list extended {x}\n 10 deny ip any any\n" for x in "AB")
    port = f"{ONE}\n switchport mode access\n storm-control broadcast level"

    lines = sent(
        f"{lists}{port} 1.00\n ip access-group A in", f"{lists}{port} 2.00\n ip access-group B in"
    )

    assert "shutdown" not in lines


def test_a_port_that_negotiated_its_trunk_is_not_shut_to_become_one() -> None:
    lines = sent(ONE, f"{ONE}\n switchport trunk allowed vlan 10\n switchport mode trunk")

    assert lines == [ONE, "switchport trunk allowed vlan 10", "switchport mode trunk", "exit"]


def test_the_way_to_the_switch_is_closed_last() -> None:
    trunk = f"{ONE}\n switchport trunk allowed vlan 10\n switchport mode trunk"
    running = f"vlan 10,20\n{trunk}\n{TWO}\n switchport mode access"
    intended = f"vlan 10\n{trunk}\n shutdown\n{TWO}\n switchport mode access\n shutdown"

    assert sent(running, intended) == [
        TWO,
        "shutdown",
        "exit",
        "no vlan 20",
        ONE,
        "shutdown",
        "exit",
    ]


def test_the_address_of_the_switch_itself_changes_last_with_its_gateway() -> None:
    running = (
        "vlan 10\ninterface Vlan900\n ip address 10.0.0.1 255.0.0.0\nip default-gateway 10.0.0.9"
    )
    intended = "hostname h\ninterface Vlan900\n description management\n"
    intended += " ip address 11.0.0.1 255.0.0.0\nip default-gateway 11.0.0.9"

    assert sent(running, intended)[-5:] == [
        "no vlan 10",
        "interface Vlan900",
        "ip address 11.0.0.1 255.0.0.0",
        "exit",
        "ip default-gateway 11.0.0.9",
    ]


@pytest.mark.parametrize("vrf", ["", " vrf forwarding V\n"])
def test_a_gateway_is_filtered_before_it_has_an_address(vrf: str) -> None:
    defined = (
        "vrf definition V\n address-family ipv4\nip access-list extended A\n 10 deny ip any any"
    )
    gateway = f"interface Vlan10\n{vrf} ip address 10.0.0.1 255.0.0.0\n ip access-group A in"

    lines = sent(defined, f"{defined}\n{gateway}")

    assert lines[:2] == ["interface Vlan10", "ip access-group A in"]


def test_an_address_comes_before_the_virtual_one_in_its_network() -> None:
    def config(network: int) -> str:
        address = f" ip address 10.{network}.0.2 255.255.0.0\n vrrp 1 ip 10.{network}.0.1"
        return f"interface Vlan10\n{address}"

    assert sent(config(1), config(2)) == [
        "interface Vlan10",
        "ip address 10.2.0.2 255.255.0.0",
        "vrrp 1 ip 10.2.0.1",
        "exit",
    ]


def test_a_long_list_never_cuts_off_what_the_next_line_brings() -> None:
    wanted = ",".join(map(str, range(2, 400, 2)))
    assert len(wanted) > 2 * CHARACTERS_A_LINE
    trunk = f"{ONE}\n switchport mode trunk"
    running, intended = trunk, f"{trunk}\n switchport trunk allowed vlan {wanted}"

    lines = sent(running, intended)

    assert len(lines) > 3
    watch.send(Device("cisco_ios", running), lines, Device("cisco_ios", intended))
    watch.send(Device("cisco_ios", intended), sent(intended, running), Device("cisco_ios", running))


def test_a_port_joins_a_bundle_shut() -> None:
    """Its own list goes while it joins; for that moment it would carry every VLAN."""
    bundle = "interface Port-channel1\n switchport trunk allowed vlan 10\n switchport mode trunk"
    running = f"{bundle}\n{ONE}\n switchport trunk allowed vlan 10\n switchport mode trunk"
    intended = f"{bundle}\n{ONE}\n channel-group 1 mode active"

    assert in_order(
        sent(running, intended),
        "shutdown",
        "switchport trunk allowed vlan all",
        "channel-group 1 mode active",
        "no shutdown",
    )


def test_a_bundle_changes_before_its_members() -> None:
    def config(vlans: str) -> str:
        trunk = f" switchport trunk allowed vlan {vlans}\n switchport mode trunk"
        return f"{ONE}\n{trunk}\n channel-group 1 mode active\ninterface Port-channel1\n{trunk}"

    assert in_order(sent(config("10"), config("10,20")), "interface Port-channel1", ONE)


def test_names_change_places() -> None:
    running = "vlan 10\n name A\nvlan 20\n name B"
    intended = "vlan 10\n name B\nvlan 20\n name A"

    watch.send(Device("cisco_ios", running), sent(running, intended), Device("cisco_ios", intended))


def test_a_name_moves_to_a_new_vlan() -> None:
    running, intended = "vlan 10\n name CAMERAS", "vlan 20\n name CAMERAS"

    assert sent(running, intended) == [
        "vlan 10",
        "no name",
        "exit",
        "vlan 20",
        "name CAMERAS",
        "exit",
        "no vlan 10",
    ]


def svi(vlan: int, network: int) -> str:
    return f"interface Vlan{vlan}\n ip address 10.0.{network}.1 255.255.255.0\n"


@pytest.mark.parametrize(
    ("running", "intended", "stripped"),
    [
        pytest.param([(10, 1), (20, 2)], [(10, 2), (20, 3)], [], id="a chain has an order"),
        pytest.param([(10, 1), (20, 2)], [(10, 2), (20, 1)], ["interface Vlan20"], id="a swap"),
        pytest.param([(10, 1)], [(20, 1)], [], id="the holder is removed"),
    ],
)
def test_an_address_is_let_go_before_it_is_taken(
    running: list[tuple[int, int]], intended: list[tuple[int, int]], stripped: list[str]
) -> None:
    before, after = ("".join(svi(*each) for each in ends) for ends in (running, intended))

    lines = sent(before, after)

    watch.send(Device("cisco_ios", before), lines, Device("cisco_ios", after))
    places = [place for place, line in enumerate(lines) if line == "no ip address"]
    assert [lines[place - 1] for place in places] == stripped


def test_the_same_network_in_another_vrf_is_no_collision() -> None:
    vrf = "vrf definition V\n address-family ipv4\n"
    inside = "interface Vlan20\n vrf forwarding V\n ip address 10.0.1.1 255.255.255.0\n"

    assert sent(vrf + svi(10, 1), vrf + inside)[-1] == "no interface Vlan10"


def test_a_process_leaves_one_vrf_before_it_serves_another() -> None:
    lines = sent("router ospf 1\n router-id 1.1.1.1", "router ospf 1 vrf VIDEO\n router-id 1.1.1.1")

    assert lines[:2] == ["no router ospf 1", "router ospf 1 vrf VIDEO"]


def test_users_are_there_before_aaa_asks_for_them() -> None:
    running = "no aaa new-model\nusername old secret 9 x\nline vty 0 4\n login local"
    intended = (
        "aaa new-model\naaa group server radius R\n server name r\n"
        "aaa authentication login default group R local\nradius server r\n key 7 x\n"
        "username new secret 9 y\nline vty 0 4"
    )

    assert sent(running, intended) == [
        "username new secret 9 y",
        "aaa new-model",
        "radius server r",
        "key 7 x",
        "exit",
        "aaa group server radius R",
        "server name r",
        "exit",
        "aaa authentication login default group R local",
        "no username old",
    ]
    back = sent(intended, running)
    assert in_order(back, "username old secret 9 x", "no aaa new-model", "login local")


def test_a_time_server_is_added_before_the_old_one_goes() -> None:
    assert sent(
        "ntp server 10.0.0.1\nlogging host 10.0.0.1", "ntp server 10.0.0.2\nlogging host 10.0.0.2"
    ) == [
        "ntp server 10.0.0.2",
        "logging host 10.0.0.2",
        "no ntp server 10.0.0.1",
        "no logging host 10.0.0.1",
    ]


@pytest.mark.parametrize(
    ("running", "command"),
    [
        (f"{ONE}\n description camera 28085-0001", "no description"),
        (f"{ONE}\n power inline static max 30000", "no power inline static"),
        (f"{ONE}\n storm-control broadcast level 1.00", "no storm-control broadcast level"),
        (f"{ONE}\n spanning-tree guard root", "no spanning-tree guard"),
        (f"{ONE}\n switchport access vlan 10", "no switchport access vlan"),
        (f"{ONE}\n no cdp enable", "cdp enable"),
        ("username a privilege 15 secret 9 x", "no username a"),
        ("snmp-server community public RO", "no snmp-server community public"),
        ("snmp-server group G v3 priv read V access A", "no snmp-server group G v3 priv"),
        ("ntp server 10.0.0.1 key 1 prefer", "no ntp server 10.0.0.1"),
        ("enable secret 9 x", "no enable secret"),
        ("spanning-tree vlan 10 priority 4096", "no spanning-tree vlan 10 priority 4096"),
        ("no spanning-tree vlan 10", "spanning-tree vlan 10"),
        ("line vty 0 4\n exec-timeout 0 0", "exec-timeout 10 0"),
        ("line vty 0 4\n transport input all", "default transport input"),
        ("ip http server", "no ip http server"),
        ("interface Vlan10\n ip address 10.0.0.1 255.0.0.0", "no ip address"),
    ],
)
def test_a_line_is_taken_back_as_the_device_understands_it(running: str, command: str) -> None:
    header, _, inside = running.partition("\n")
    assert command in sent(running, header if inside else "")


@pytest.mark.parametrize(
    ("running", "intended"),
    [
        (f"{ONE}\n description a", f"{ONE}\n description b"),
        (f"{ONE}\n spanning-tree mst 0 cost 10", f"{ONE}\n spanning-tree mst 0 cost 20"),
        (f"{ONE}\n power inline static max 30000", f"{ONE}\n power inline never"),
        (f"{ONE}\n speed 100", f"{ONE}\n speed 1000"),
        (
            "interface Vlan10\n ip address 10.0.0.1 255.0.0.0",
            "interface Vlan10\n ip address 10.0.0.2 255.0.0.0",
        ),
        ("no logging console", "logging console warnings"),
        ("spanning-tree mode rapid-pvst", "spanning-tree mode mst"),
        ("spanning-tree mst 0 priority 4096", "spanning-tree mst 0 priority 8192"),
        ("ip default-gateway 10.0.0.1", "ip default-gateway 10.0.0.2"),
        ("snmp-server location a", "snmp-server location b"),
        (
            "aaa authentication login default local",
            "aaa authentication login default group R local",
        ),
        ("line vty 0 4\n transport input all", "line vty 0 4\n transport input ssh"),
        ("vlan 10\n name A", "vlan 10\n name B"),
    ],
)
def test_one_value_is_replaced_by_the_other_without_a_negation(running: str, intended: str) -> None:
    *section, line = intended.split("\n")
    assert sent(running, intended) == [*section, line.strip(), *(["exit"] if section else [])]


def test_an_arp_filter_takes_a_vlan_over_without_losing_it() -> None:
    lists = "".join(f"arp access-list {x}\n permit ip any mac any\n" for x in "AB")

    assert sent(
        f"{lists}ip arp inspection filter A vlan 10,20",
        f"{lists}ip arp inspection filter B vlan 10",
    ) == ["ip arp inspection filter B vlan 10", "no ip arp inspection filter A vlan 20"]


def test_nothing_is_sent_inside_a_section_that_is_not_left() -> None:
    ssh = "management ssh\n   idle-timeout 10\n   vrf V\n      no shutdown"
    lines = compare("arista_eos", "end", f"vlan 10\nvrf instance V\n{ssh}\nend").remediation

    assert lines == (
        "vrf instance V",
        "   exit",
        "vlan 10",
        "   exit",
        "management ssh",
        "   idle-timeout 10",
        "   vrf V",
        "      no shutdown",
        "      exit",
        "   exit",
    )
