"""Access lists: versioned names, and the exchange of a list that keeps its name."""

from __future__ import annotations

import pytest
from tests.unit.compare import watch
from tests.unit.compare.device import Device

from maille.configs.compare import compare
from maille.configs.compare.acls import versioned_name

ENTRIES = ["permit tcp any any eq 554", "deny ip any any"]


def sent(running: str, intended: str) -> list[str]:
    lines = compare("cisco_ios", f"{running}\nend", f"{intended}\nend").remediation
    return [line.strip() for line in lines]


def test_a_versioned_name_follows_from_the_entries_and_their_order() -> None:
    name = versioned_name("CAM-IN", ENTRIES)

    assert name.startswith("CAM-IN-")
    assert name == versioned_name("CAM-IN", ["10 permit  tcp any any eq 554", "20 deny ip any any"])
    assert name == versioned_name("CAM-IN", ["remark why", *ENTRIES])
    assert name != versioned_name("CAM-IN", ENTRIES[::-1])
    assert name != versioned_name("CAM-IN", ENTRIES[:1])


def test_a_list_under_a_new_name_is_made_swapped_and_only_then_the_old_one_removed() -> None:
    def config(name: str) -> str:
        return (
            f"ip access-list extended {name}\n 10 deny ip any any\n"
            f"interface GigabitEthernet1/0/1\n ip access-group {name} in"
        )

    assert sent(config("A-1"), config("A-2")) == [
        "ip access-list extended A-2",
        "10 deny ip any any",
        "exit",
        "interface GigabitEthernet1/0/1",
        "ip access-group A-2 in",
        "exit",
        "no ip access-list extended A-1",
    ]


USES = {
    "a port": ("interface GigabitEthernet1/0/1", "ip access-group X in"),
    "a line": ("line vty 0 4", "access-class X in vrf-also"),
    "a group": ("", "snmp-server group NMS v3 priv read ALL access X"),
    "a community": ("", "snmp-server community c view ALL RO X"),
    "time": ("", "ntp access-group peer X"),
}


@pytest.mark.parametrize("use", USES)
def test_a_list_that_keeps_its_name_goes_through_a_stand_in(use: str) -> None:
    section, line = USES[use]
    applied = f"{section}\n {line}" if section else line

    def config(action: str) -> str:
        return f"ip access-list extended X\n 10 {action} ip any any\n{applied}"

    stand_in = versioned_name("X", ["deny ip any any"])
    into = [section] if section else []
    out = ["exit"] if section else []
    assert sent(config("permit"), config("deny")) == [
        f"ip access-list extended {stand_in}",
        "10 deny ip any any",
        "exit",
        *into,
        line.replace(" X", f" {stand_in}"),
        *out,
        "no ip access-list extended X",
        "ip access-list extended X",
        "10 deny ip any any",
        "exit",
        *into,
        line,
        *out,
        f"no ip access-list extended {stand_in}",
    ]


def test_a_class_matches_the_new_list_before_it_lets_the_old_one_go() -> None:
    def config(action: str) -> str:
        use = "class-map match-any C\n match access-group name X"
        return f"ip access-list extended X\n 10 {action} ip any any\n{use}"

    stand_in = versioned_name("X", ["deny ip any any"])
    lines = sent(config("permit"), config("deny"))

    assert lines[3:6] == [
        "class-map match-any C",
        f"match access-group name {stand_in}",
        "no match access-group name X",
    ]
    assert lines[-4:] == [
        "match access-group name X",
        f"no match access-group name {stand_in}",
        "exit",
        f"no ip access-list extended {stand_in}",
    ]


def test_a_numbered_list_gets_a_stand_in_whose_name_begins_with_a_letter() -> None:
    use = "line vty 0 4\n access-class 10 in"

    lines = sent(
        f"access-list 10 permit 10.0.0.1\n{use}",
        f"ip access-list standard 10\n permit 10.0.0.2\n{use}",
    )

    assert lines[0] == f"ip access-list standard {versioned_name('ACL-10', ['permit 10.0.0.2'])}"


def test_a_stand_in_takes_no_name_that_is_in_use() -> None:
    stand_in = versioned_name("X", ["deny ip any any"])
    other = f"ip access-list extended {stand_in}\n 10 permit ip any any\n"
    use = f"interface GigabitEthernet1/0/1\n ip access-group {stand_in} in\n"
    port = "interface GigabitEthernet1/0/2\n ip access-group X in"

    def config(action: str) -> str:
        return f"{other}{use}ip access-list extended X\n 10 {action} ip any any\n{port}"

    assert sent(config("permit"), config("deny"))[0] == f"ip access-list extended {stand_in}-1"


def test_a_list_becomes_another_kind_under_its_name() -> None:
    use = "line vty 0 4\n access-class X in"
    running = f"ip access-list standard X\n 10 permit 10.0.0.0 0.0.0.255\n{use}"
    intended = f"ip access-list extended X\n 10 permit tcp 10.0.0.0 0.0.0.255 any\n{use}"

    watch.send(Device("cisco_ios", running), sent(running, intended), Device("cisco_ios", intended))


def test_a_list_that_is_applied_but_missing_is_made_aside() -> None:
    port = "interface GigabitEthernet1/0/1\n ip access-group X in"
    intended = f"ip access-list extended X\n 10 permit icmp any any\n 20 deny ip any any\n{port}"

    lines = sent(port, intended)

    assert lines.index("ip access-list extended X") > lines.index("interface GigabitEthernet1/0/1")
    policies = []
    device = Device("cisco_ios", port)
    for line in lines:
        device.send(line)
        policies.append(watch.policies(device, device.ports["GigabitEthernet1/0/1"]))
    assert set(policies) == {(), ("permit icmp any any", "deny ip any any")}


@pytest.mark.parametrize(
    ("platform", "running", "entry"),
    [
        ("cisco_ios", "ipv6 access-list X", "sequence 10 deny ipv6 any any"),
        ("cisco_ios", "mac access-list extended X", "deny any any 0x86DD 0x0"),
        ("arista_eos", "ipv6 access-list X", "10 deny ipv6 any any"),
        ("arista_eos", "mac access-list X", "10 deny any any 0x86dd"),
    ],
)
def test_entries_are_written_as_the_platform_takes_them(
    platform: str, running: str, entry: str
) -> None:
    intended = f"{running}\n {entry}\nend"

    assert entry in [line.strip() for line in compare(platform, "end", intended).remediation]


def test_arp_entries_come_before_those_they_replace_go() -> None:
    running = "arp access-list CAMERAS\n permit ip host 10.0.0.1 mac host 0000.0000.0001"
    intended = "arp access-list CAMERAS\n permit ip host 10.0.0.1 mac host 0000.0000.0002"

    assert sent(running, intended)[1:3] == [
        "permit ip host 10.0.0.1 mac host 0000.0000.0002",
        "no permit ip host 10.0.0.1 mac host 0000.0000.0001",
    ]
