"""The same configuration in other words is no difference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.configs.compare import ConfigTextError, compare
from maille.configs.vlans import EVERY, parse, pieces, write

PORT = "interface GigabitEthernet1/0/1\n"
TRUNK = f"{PORT} switchport mode trunk\n switchport trunk allowed vlan "


def same(one: str, other: str, platform: str = "cisco_ios") -> bool:
    comparison = compare(platform, f"{one}\nend", f"{other}\nend")
    return comparison.in_sync and not comparison.remediation and not comparison.rollback


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vlan 10-12,20", "vlan 10\nvlan 11\nvlan 12\nvlan 20"),
        (f"{TRUNK}10-12\n switchport trunk allowed vlan add 20", f"{TRUNK}10,11,12,20"),
        (f"{TRUNK}1-4094", f"{PORT} switchport mode trunk"),
        (f"{TRUNK}all", f"{PORT} switchport mode trunk"),
        (f"{TRUNK}except 11-4094", f"{TRUNK}1-10"),
        (f"{TRUNK}1-10\n switchport trunk allowed vlan remove 9,10", f"{TRUNK}1-8"),
        ("ip dhcp snooping vlan 10\nip dhcp snooping vlan 20", "ip dhcp snooping vlan 10,20"),
        ("ip arp inspection filter A vlan  10,20", "ip arp inspection filter A vlan 10,20"),
        (
            "spanning-tree mst configuration\n instance 1 vlan 10, 20-22",
            "spanning-tree mst configuration\n instance 1 vlan 10,20,21,22",
        ),
        (f"{PORT} no shutdown\n switchport\n no ip address\n mtu 1500", PORT),
        (f"{PORT} switchport access vlan 1\n duplex auto\n speed auto\n cdp enable", PORT),
        ("line vty 0 4\n exec-timeout 10 0", "line vty 0 4"),
        (
            "ip access-list extended A\n permit ip any any\n deny tcp any any",
            "ip access-list extended A\n 5 permit ip any any\n 7 remark why\n 9 deny   tcp any any",
        ),
        (
            "ipv6 access-list A\n permit ipv6 any any\n deny tcp any any",
            "ipv6 access-list A\n sequence 10 permit ipv6 any any\n sequence 20 deny tcp any any",
        ),
        (
            "ip access-list standard A\n permit 10.0.0.2\n permit 10.0.0.1\n deny any",
            "ip access-list standard A\n permit 10.0.0.1\n permit 10.0.0.2\n deny any",
        ),
        (
            "access-list 10 permit 10.0.0.1",
            "ip access-list standard 10\n 10 permit 10.0.0.1",
        ),
        (
            "access-list 110 deny ip any any",
            "ip access-list extended 110\n 10 deny ip any any",
        ),
        ("hostname a\nip ssh version 2", "ip ssh version 2\nhostname a"),
    ],
)
def test_other_words_of_ios(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("interface Ethernet1\n   switchport mode access\n   no shutdown", "interface Ethernet1"),
        (
            "interface Ethernet1\n switchport trunk allowed vlan 10-11",
            "interface Ethernet1\n switchport trunk allowed vlan 10,11",
        ),
        (
            "ip access-list A\n   10 permit ip any any",
            "ip access-list A\n   permit ip any any",
        ),
    ],
)
def test_other_words_of_eos(one: str, other: str) -> None:
    assert same(one, other, "arista_eos")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "ip access-list extended A\n permit ip any any\n deny tcp any any",
            "ip access-list extended A\n deny tcp any any\n permit ip any any",
        ),
        (f"{TRUNK}none", f"{TRUNK}1-4094"),
        (f"{PORT} shutdown", PORT),
    ],
)
def test_what_differs_is_not_levelled(one: str, other: str) -> None:
    assert not same(one, other)


@pytest.mark.parametrize("platform", ["cisco_ios", "arista_eos"])
def test_vlan_1_is_there_without_a_word(platform: str) -> None:
    assert same("vlan 1", "", platform)
    suspended = compare(platform, "end", "vlan 1\n state suspend\nend").remediation
    assert [line.strip() for line in suspended] == ["vlan 1", "state suspend", "exit"]


def test_switchport_is_a_statement_where_ports_are_routed_by_default() -> None:
    routed = "switchport default mode routed\n"
    port = "interface Ethernet1\n"

    there = compare("arista_eos", f"{routed}{port}end", f"{port} switchport\nend")
    back = compare("arista_eos", f"{routed}{port} switchport\nend", f"{port}end")

    assert "   switchport" in there.remediation
    assert "   no switchport" in back.remediation
    assert compare("arista_eos", f"{routed}{port}end", f"{port} no switchport\nend").in_sync
    assert same(f"{port} switchport", port, "arista_eos")


@given(vlans=st.frozensets(st.integers(1, 4094)), pairs=st.booleans())
def test_vlans_are_read_as_they_were_written(vlans: frozenset[int], *, pairs: bool) -> None:
    assert parse(write(vlans, pairs_as_range=pairs)) == vlans
    listed = pieces(vlans, pairs_as_range=pairs)
    assert frozenset().union(*map(parse, listed)) == vlans
    assert all(len(each) <= 120 for each in listed)


def test_vlans_are_written_as_the_platform_stores_them() -> None:
    assert write({10, 11, 20, 21, 22}, pairs_as_range=False) == "10,11,20-22"
    assert write({10, 11, 20, 21, 22}, pairs_as_range=True) == "10-11,20-22"
    assert write(EVERY, pairs_as_range=False) == "1-4094"


@pytest.mark.parametrize("listed", ["10-5", "0", "4095", "1-2-3", "10,,20", "1-99999"])
def test_a_list_that_is_none_is_an_error_that_names_the_line(listed: str) -> None:
    with pytest.raises(ConfigTextError, match=f"switchport trunk allowed vlan {listed}"):
        compare("cisco_ios", f"{TRUNK}{listed}\nend", "end")
