"""What is not ours stays as it is, with all it needs, and is told with a reason."""

from __future__ import annotations

import pytest

from maille.configs.compare import Comparison, compare
from maille.errors import MailleError, UsageError

UNMANAGED = ("interface GigabitEthernet1/0/9$",)
PORT = "interface GigabitEthernet1/0/9\n"


def compared(
    running: str,
    intended: str = "",
    *,
    platform: str = "cisco_ios",
    unmanaged: tuple[str, ...] = (),
) -> Comparison:
    return compare(platform, f"{running}\nend", f"{intended}\nend", unmanaged=unmanaged)


def left_alone(comparison: Comparison) -> dict[str, str]:
    assert comparison.remediation == comparison.rollback == ()
    assert comparison.in_sync
    return {str(each.line): each.reason for each in comparison.foreign}


@pytest.mark.parametrize(
    ("platform", "line"),
    [
        ("cisco_ios", "version 17.9"),
        ("cisco_ios", "boot-start-marker"),
        ("cisco_ios", "license smart transport off"),
        ("cisco_ios", "crypto pki certificate chain CSI"),
        ("cisco_ios", "ntp clock-period 36029174"),
        ("arista_eos", "agent PowerManager shutdown"),
        ("arista_eos", "transceiver qsfp default-mode 4x10G"),
        ("arista_eos", "hardware tcam"),
        ("arista_eos", "switchport default mode routed"),
    ],
)
def test_lines_of_the_device_are_neither_removed_nor_made(platform: str, line: str) -> None:
    assert line in left_alone(compared(line, platform=platform))
    assert left_alone(compared("", line, platform=platform)) == {}


@pytest.mark.parametrize(
    ("platform", "line"),
    [
        ("cisco_ios", "no ip http server"),
        ("cisco_ios", "no vstack"),
        ("cisco_ios", "policy-map system-cpp-policy"),
        ("cisco_ios", "crypto pki trustpoint CSI"),
        ("arista_eos", "no ip routing vrf MGMT"),
        ("arista_eos", "service routing protocols model multi-agent"),
    ],
)
def test_what_the_device_shows_of_itself_counts_only_if_asked_for(platform: str, line: str) -> None:
    assert line in left_alone(compared(line, platform=platform))
    assert compared("", line, platform=platform).remediation
    assert left_alone(compared(line, line, platform=platform)) == {}


def test_a_service_that_is_asked_for_is_switched_on() -> None:
    assert compared("no aaa new-model", "aaa new-model").remediation == ("aaa new-model",)


@pytest.mark.parametrize(
    "section",
    [
        "interface GigabitEthernet1/0/7\n switchport access vlan 7",
        "interface Vlan1\n ip address 10.0.0.1 255.0.0.0",
        "line vty 16 31\n transport input all",
        "control-plane\n service-policy input X",
    ],
)
def test_hardware_that_is_not_mentioned_is_told_and_left_alone(section: str) -> None:
    reasons = left_alone(compared(section))

    assert reasons == {
        section.partition("\n")[0]: "the hardware has it, and the intended configuration does not"
        " mention it"
    }


def test_hardware_that_only_the_intended_text_mentions_is_not_removed_again() -> None:
    comparison = compared("", "interface GigabitEthernet0/0\n description out of band")

    assert comparison.rollback == ("interface GigabitEthernet0/0", " no description", " exit")
    assert compared("", "interface GigabitEthernet0/0\nline aux 0").in_sync


def test_an_unmanaged_section_is_neither_changed_nor_removed() -> None:
    running, intended = f"{PORT} switchport access vlan 1007", f"{PORT} shutdown"

    assert left_alone(compared(running, unmanaged=UNMANAGED)) == {
        "interface GigabitEthernet1/0/9": "an unmanaged section"
    }
    assert left_alone(compared(running, intended, unmanaged=UNMANAGED))
    assert compared(running, intended).remediation


@pytest.mark.parametrize(
    ("use", "needed"),
    [
        (" switchport access vlan 77", "vlan 77\n name LEGACY"),
        (" switchport trunk allowed vlan 70-79\n switchport mode trunk", "vlan 77"),
        (" ip access-group OLD in", "ip access-list extended OLD\n 10 deny ip any any"),
        (" vrf forwarding OLD", "vrf definition OLD\n address-family ipv4"),
        (" service-policy input OLD", "policy-map OLD\n class OLD"),
        (" channel-group 7 mode active", "interface Port-channel7\n description old"),
    ],
)
def test_what_an_unmanaged_section_needs_stays(use: str, needed: str) -> None:
    header = needed.partition("\n")[0]

    reasons = left_alone(compared(f"{needed}\n{PORT}{use}", unmanaged=UNMANAGED))
    gone = compared(needed)

    assert reasons[header] == "needed by what is left alone"
    assert gone.remediation[-1] == f"no {header}"


def test_all_lines_of_what_is_needed_stay() -> None:
    lists = [f"ip prefix-list OLD seq {n} permit 10.{n}.0.0/16" for n in (5, 10)]
    running = "\n".join([*lists, "route-map OLD permit 10\n match ip address prefix-list OLD"])

    reasons = left_alone(compared(running, unmanaged=("route-map OLD",)))

    assert [reasons[line] for line in lists] == ["needed by what is left alone"] * 2


def test_what_is_needed_needs_something_in_turn() -> None:
    running = (
        "ip access-list extended OLD\n 10 deny ip any any\n"
        "class-map match-any OLD\n match access-group name OLD\n"
        "policy-map OLD\n class OLD\n"
        f"{PORT} service-policy input OLD"
    )

    assert len(left_alone(compared(running, unmanaged=UNMANAGED))) == 4


def test_a_list_that_an_unmanaged_section_applies_is_not_exchanged_under_it() -> None:
    def acl(action: str) -> str:
        return f"ip access-list extended X\n 10 {action} ip any any\n"

    comparison = compared(
        f"{acl('permit')}{PORT} ip access-group X in", acl("deny"), unmanaged=UNMANAGED
    )

    assert left_alone(comparison)["ip access-list extended X"].startswith("differs")


def test_an_unmanaged_section_that_is_no_pattern_is_an_error_with_a_remedy() -> None:
    with pytest.raises(UsageError, match=r"unmanaged section `interface \(` is no regular expr"):
        compared("", unmanaged=("interface (",))


def test_an_unknown_platform_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="known are arista_eos, cisco_ios"):
        compared("", platform="cisco_nxos")


def test_a_list_that_nobody_defines_is_refused() -> None:
    port = "interface GigabitEthernet1/0/1\n ip access-group X in"

    with pytest.raises(MailleError, match=r"interface GigabitEthernet1/0/1 / ip access-group X in"):
        compared("", port)
    with pytest.raises(MailleError, match="does not define: X"):
        compared("ip access-list extended X\n 10 deny ip any any", port)
    assert compared(
        "ip access-list extended X\n 10 deny ip any any",
        port,
        unmanaged=("ip access-list extended X",),
    ).remediation
