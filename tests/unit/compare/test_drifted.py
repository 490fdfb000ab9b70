"""A gateway on IOS-XE and a camera switch on EOS that somebody has altered by hand, mended.

Each drift is tried on its own and all of them together: the way there and the way back, line by
line, as a switch takes them.
"""

from __future__ import annotations

import pytest
from tests.unit.compare.test_rendered import CONFIGS, platform_of, walk

from maille.configs.compare import compare

GATEWAY = (CONFIGS / "complete" / "agg-3.cfg").read_text("utf-8")
CAMERAS = (CONFIGS / "complete" / "28110-halle.cfg").read_text("utf-8")

VLAN_100 = "interface Vlan100\n description CAM-28110-BOUCLE-OUEST\n vrf forwarding VIDEO\n"
FILTERED = " ip access-group SEG-100-IN-26529442 in\n"
GROUP = "  priority 200\n  preempt delay minimum 60\n  address 10.28.0.129 primary\n"
STRAY = """\
interface Vlan666
 vrf forwarding VIDEO
 ip address 10.66.0.1 255.255.255.0
 vrrp 6 address-family ipv4
  address 10.66.0.2 primary
  exit-vrrp
!
"""

ON_THE_GATEWAY = {
    "another priority": (GROUP, GROUP.replace("200", "90")),
    "preempts at once": (GROUP, GROUP.replace("  preempt delay minimum 60\n", "")),
    "no virtual address": (GROUP, GROUP.replace("  address 10.28.0.129 primary\n", "")),
    "no group at all": (f" vrrp 1 address-family ipv4\n{GROUP}  exit-vrrp\n", ""),
    "not filtered": (FILTERED, ""),
    "in the other VRF": (VLAN_100, VLAN_100.replace("VIDEO", "MGMT")),
    "another address": ("ip address 10.28.0.130 255", "ip address 10.28.0.140 255"),
    "an open door": (
        " 60 deny   ip any host 10.40.255.9 log\n",
        " 60 permit ip any host 10.40.255.9\n",
    ),
    "any neighbour": (" ip ospf authentication key-chain MAILLE-OSPF\n", ""),
    "a weak key": ("cryptographic-algorithm hmac-sha-512", "cryptographic-algorithm md5"),
    "spoken to cameras": (" no passive-interface Vlan901\n", " no passive-interface Vlan100\n"),
    "spoken everywhere": (" passive-interface default\n", ""),
    "no root": ("spanning-tree mst 0 priority 4096\n", "spanning-tree mst 0 priority 61440\n"),
    "a tunnel between the VRFs": ("router ospf 10", "route-map LEAK permit 10\n!\nrouter ospf 10"),
    "a segment nobody planned": ("interface Vlan901\n", f"{STRAY}interface Vlan901\n"),
}

PORT = "   ip access-group VIDEO-100-UDP-e79870fe in\n"
ON_THE_CAMERAS = {
    "not filtered": (PORT, ""),
    "any address": ("   ip verify source\n", ""),
    "any device": ("   dot1x port-control auto\n", "   dot1x port-control force-authorized\n"),
    "another camera": ("10.28.0.133 accc.8e00.0017", "10.28.0.133 dead.beef.0017"),
    "not inspected": ("ip arp inspection vlan 100\n", ""),
    "not trusted": ("   ip arp inspection trust\n", ""),
    "IPv6 let in": ("   10 deny ipv6 any any\n", "   10 permit ipv6 any any\n"),
    "marks what it likes": ("   class class-default\n      set dscp 0\n", ""),
    "a laptop": (
        "   description unused\n   shutdown\n   switchport access vlan 999\n   poe disabled\n",
        "   switchport access vlan 100\n",
    ),
}

CASES = [
    *(pytest.param(GATEWAY, *drift, id=f"gateway, {n}") for n, drift in ON_THE_GATEWAY.items()),
    *(pytest.param(CAMERAS, *drift, id=f"cameras, {n}") for n, drift in ON_THE_CAMERAS.items()),
]


@pytest.mark.parametrize(("intended", "planned", "found"), CASES)
def test_it_is_seen_and_mended_without_harm(intended: str, planned: str, found: str) -> None:
    assert planned in intended
    running = intended.replace(planned, found)

    comparison = compare(platform_of(intended), running, intended)

    assert not comparison.in_sync
    assert comparison.remediation
    walk(running, intended)


@pytest.mark.parametrize(
    ("intended", "drifts"), [(GATEWAY, ON_THE_GATEWAY), (CAMERAS, ON_THE_CAMERAS)]
)
def test_all_at_once_is_mended_without_harm(
    intended: str, drifts: dict[str, tuple[str, str]]
) -> None:
    running = intended
    for planned, found in drifts.values():
        running = running.replace(planned, found)

    walk(running, intended)


def test_a_weak_key_is_made_strong_in_its_own_section() -> None:
    running = GATEWAY.replace("algorithm hmac-sha-512", "algorithm md5")
    assert compare("cisco_ios", running, GATEWAY).remediation == (
        "key chain MAILLE-OSPF",
        " key 1",
        "  cryptographic-algorithm hmac-sha-512",
        "  exit",
        " exit",
    )


def test_a_line_that_the_device_indents_too_far_is_no_difference() -> None:
    """IOS prints the algorithm of a key one blank further in than the key's string."""
    running = GATEWAY.replace("  cryptographic-algorithm", "   cryptographic-algorithm")
    assert compare("cisco_ios", running, GATEWAY).in_sync


def test_a_process_is_there_before_an_interface_names_it() -> None:
    """IOS would make one of its own, outside the VRF."""
    start, end = GATEWAY.index("router ospf 10"), GATEWAY.index("router ospf 20")
    running = GATEWAY[:start] + GATEWAY[end:]
    running = running.replace(" ip ospf 10 area 0\n", "")
    sent = compare("cisco_ios", running, GATEWAY).remediation
    assert sent.index("router ospf 10 vrf VIDEO") < sent.index(" ip ospf 10 area 0")
    spoken = sent.index(" no passive-interface TwentyFiveGigE1/0/9.901")
    assert sent.index(" ip ospf 10 area 0") < spoken
