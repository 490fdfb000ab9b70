"""What hier_config's stock drivers would send, what it would do, and what is sent instead.

Every case is a change as it happens. The stock remediation is kept here to show why the drivers
in this project exist: should a new release of hier_config mend one, its case fails and says so.
"""

from __future__ import annotations

import pytest
from hier_config import Platform, WorkflowRemediation, get_hconfig
from tests.unit.compare import watch
from tests.unit.compare.device import Device, RejectedError

from maille.configs.compare import compare

STOCK = {"cisco_ios": Platform.CISCO_IOS, "arista_eos": Platform.ARISTA_EOS}


def stock(platform: str, running: str, intended: str) -> list[str]:
    configs = (get_hconfig(STOCK[platform], text) for text in (running, intended))
    remediation = WorkflowRemediation(*configs).remediation_config
    return list(remediation.dump_simple(sectional_exiting=True))


def ours(platform: str, running: str, intended: str) -> list[str]:
    return list(compare(platform, f"{running}end\n", f"{intended}end\n").remediation)


def sent(platform: str, running: str, lines: list[str], intended: str) -> Device:
    return watch.send(Device(platform, running), lines, Device(platform, intended))


PORT = {"cisco_ios": "GigabitEthernet1/0/1", "arista_eos": "Ethernet1"}


@pytest.mark.parametrize("platform", STOCK)
def test_a_vlan_is_added_to_a_trunk(platform: str) -> None:
    trunk = f"vlan 10,20,30\ninterface {PORT[platform]}\n switchport mode trunk\n"
    running = f"{trunk} switchport trunk allowed vlan 10,20\n"
    intended = f"{trunk} switchport trunk allowed vlan 10,20,30\n"

    assert "  no switchport trunk allowed vlan 10,20" in stock(platform, running, intended)
    with pytest.raises(watch.HarmError, match=r"carries \[1, 2"):
        sent(platform, running, stock(platform, running, intended), intended)

    lines = ours(platform, running, intended)
    assert [line.strip() for line in lines] == [
        f"interface {PORT[platform]}",
        "switchport trunk allowed vlan add 30",
        "exit",
    ]
    sent(platform, running, lines, intended)


def test_a_change_of_vrf_takes_the_address_along() -> None:
    vrf = "vrf definition MGMT\n address-family ipv4\n"
    svi = "interface Vlan10\n ip address 10.0.0.1 255.255.255.0\n"
    running, intended = vrf + svi, vrf + svi + " vrf forwarding MGMT\n"

    assert stock("cisco_ios", running, intended) == [
        "interface Vlan10",
        "  vrf forwarding MGMT",
        "  exit",
    ]
    lost = Device("cisco_ios", running)
    for line in stock("cisco_ios", running, intended):
        lost.send(line)
    assert lost.ports["Vlan10"].address == ""

    kept = sent("cisco_ios", running, ours("cisco_ios", running, intended), intended)
    assert kept.ports["Vlan10"].address == "10.0.0.1 255.255.255.0"


def test_a_new_entry_lands_behind_the_deny() -> None:
    head, tail = "ip access-list X\n permit tcp any any eq 554\n", " deny ip any any\n"
    running, intended = head + tail, f"{head} permit udp any any eq ntp\n{tail}"

    assert stock("arista_eos", running, intended) == [
        "ip access-list X",
        "  permit udp any any eq ntp",
        "  exit",
    ]
    wrong = Device("arista_eos", running)
    for line in stock("arista_eos", running, intended):
        wrong.send(line)
    assert wrong.acls["X"].policy[-1] == "permit udp any any eq ntp"

    right = sent("arista_eos", running, ours("arista_eos", running, intended), intended)
    assert right.acls["X"].policy == (
        "permit tcp any any eq 554",
        "permit udp any any eq ntp",
        "deny ip any any",
    )


def test_an_applied_list_is_edited_while_it_filters() -> None:
    port = "interface GigabitEthernet1/0/1\n ip access-group X in\n"
    running = f"ip access-list extended X\n 10 deny ip any any\n{port}"
    intended = (
        f"ip access-list extended X\n 10 permit udp any any eq ntp\n 20 deny ip any any\n{port}"
    )

    assert stock("cisco_ios", running, intended)[1:3] == [
        "  no 10 deny ip any any",
        "  10 permit udp any any eq ntp",
    ]
    lines = ours("cisco_ios", running, intended)
    assert not [line for line in lines if line.startswith(" no ")]
    sent("cisco_ios", running, lines, intended)


def test_a_port_points_to_a_list_that_is_not_there_yet() -> None:
    old = "ip access-list extended OLD\n 10 deny ip any any\n"
    new = "ip access-list extended NEW\n 10 permit ip any any\n"
    port = "interface GigabitEthernet1/0/1\n switchport mode access\n"
    running, intended = (
        f"{old}{port} ip access-group OLD in\n",
        f"{new}{port} ip access-group NEW in\n",
    )

    with pytest.raises(watch.HarmError, match="not defined"):
        sent("cisco_ios", running, stock("cisco_ios", running, intended), intended)
    sent("cisco_ios", running, ours("cisco_ios", running, intended), intended)


@pytest.mark.parametrize(
    "line",
    [
        "license udi pid IE-3300-8P2S sn FCW1234",
        "boot system flash:packages.conf",
        "crypto pki trustpoint TP-self-signed-1",
        "crypto pki certificate chain TP-self-signed-1",
        "switch 1 provision ie-3300-8p2s",
        "sdm prefer advanced",
    ],
)
def test_what_belongs_to_the_device_is_removed(line: str) -> None:
    assert f"no {line}" in stock("cisco_ios", f"{line}\n", "")
    assert ours("cisco_ios", f"{line}\n", "") == []


def test_a_vlan_goes_before_the_port_that_is_in_it() -> None:
    port = "interface GigabitEthernet1/0/1\n switchport mode access\n switchport access vlan"
    running, intended = f"vlan 10\n{port} 10\n", f"vlan 20\n{port} 20\n"

    assert stock("cisco_ios", running, intended)[0] == "no vlan 10"
    with pytest.raises(watch.HarmError, match="VLAN 10, which is not there"):
        sent("cisco_ios", running, stock("cisco_ios", running, intended), intended)
    assert ours("cisco_ios", running, intended)[-1] == "no vlan 10"
    sent("cisco_ios", running, ours("cisco_ios", running, intended), intended)


def test_a_port_opens_before_it_is_protected() -> None:
    port = "vlan 10\ninterface GigabitEthernet1/0/1\n switchport mode access\n"
    running = f"{port} shutdown\n"
    intended = (
        f"{port} ip access-group NEW in\n"
        "ip access-list extended NEW\n 10 permit ip any any\nip arp inspection vlan 10\n"
    )

    lines = stock("cisco_ios", running, intended)
    assert lines.index("  no shutdown") < lines.index("ip access-list extended NEW")
    assert lines.index("  no shutdown") < lines.index("ip arp inspection vlan 10")
    with pytest.raises(watch.HarmError, match="not defined"):
        sent("cisco_ios", running, lines, intended)

    assert ours("cisco_ios", running, intended)[-2:] == [" no shutdown", " exit"]
    sent("cisco_ios", running, ours("cisco_ios", running, intended), intended)


def test_the_way_in_is_taken_away_first() -> None:
    lists = "".join(f"ip access-list extended {x}\n 10 permit ip any any\n" for x in ("OLD", "NEW"))
    running = (
        f"{lists}username admin secret 9 x\nip default-gateway 10.0.0.1\n"
        "line vty 0 4\n access-class OLD in\n exec-timeout 0 0\n"
    )
    intended = (
        f"{lists}username admin secret 9 y\nip default-gateway 10.0.0.2\n"
        "line vty 0 4\n access-class NEW in\n"
    )

    lines = stock("cisco_ios", running, intended)
    assert lines[:2] == ["no username admin secret 9 x", "no ip default-gateway 10.0.0.1"]
    assert "  no access-class OLD in" in lines
    assert "  no exec-timeout 0 0" in lines  # which IOS reads as: never ends

    assert ours("cisco_ios", running, intended) == [
        "username admin secret 9 y",
        "line vty 0 4",
        " exec-timeout 10 0",
        " access-class NEW in",
        " exit",
        "ip default-gateway 10.0.0.2",
    ]


def test_inspection_stops_on_every_vlan_while_one_is_added() -> None:
    running, intended = "ip dhcp snooping vlan 10,20\n", "ip dhcp snooping vlan 10,20,30\n"

    assert stock("cisco_ios", running, intended)[0] == "no ip dhcp snooping vlan 10,20"
    assert ours("cisco_ios", running, intended) == ["ip dhcp snooping vlan 30"]


def test_one_line_of_a_numbered_list_takes_the_list_along() -> None:
    one, two = "access-list 10 permit 10.0.0.1\n", "access-list 10 permit 10.0.0.2\n"

    assert stock("cisco_ios", one + two, one) == ["no access-list 10 permit 10.0.0.2"]
    assert ours("cisco_ios", one + two, one) == [
        "no ip access-list standard 10",
        "ip access-list standard 10",
        " 10 permit 10.0.0.1",
        " exit",
    ]


def test_a_service_nobody_asked_for_is_switched_on() -> None:
    assert stock("cisco_ios", "no ip http server\n", "") == ["ip http server"]
    assert ours("cisco_ios", "no ip http server\n", "") == []


def test_a_port_is_removed_as_if_it_were_not_hardware() -> None:
    port = "interface GigabitEthernet1/0/2\n switchport access vlan 5\n"

    assert stock("cisco_ios", port, "") == ["no interface GigabitEthernet1/0/2"]
    with pytest.raises(RejectedError, match="hardware"):
        sent("cisco_ios", port, stock("cisco_ios", port, ""), port)
    assert ours("cisco_ios", port, "") == []


def test_an_snmp_user_is_sent_again_with_every_push() -> None:
    user = "snmp-server user poller NMS v3 auth sha <secret:env:A> priv aes 128 <secret:env:P>"

    assert stock("cisco_ios", "", f"{user}\n") == [user]
    comparison = compare("cisco_ios", "end", f"{user}\nend")
    assert (comparison.remediation, comparison.in_sync) == ((), True)
    assert comparison.unprovable == (user,)
