"""EOS: which lines are the device's own, which are defaults, and what refers to what."""

from __future__ import annotations

from maille.configs.compare.arista_eos.driver import INTERFACE
from maille.configs.compare.dialect import AclKind, AclUse, NotOurs, Ports, Shown, Use

NOISE = r"show run|\S+[#>]\s*(?:sh|show|terminal|exit)?"

NOT_OURS = (
    NotOurs(r"boot ", "which image runs is decided elsewhere"),
    NotOurs(r"transceiver qsfp default-mode ", "follows from the hardware"),
    NotOurs(r"hardware (?:tcam|speed-group|port-group)", "interrupts the ports when it changes"),
    NotOurs(r"system l1$", "follows from the hardware"),
    NotOurs(
        r"(?:no )?switchport default mode ",
        "changes every port that does not say what it is: set once, before the first use",
    ),
    NotOurs(r"agent \S+ shutdown", "the device switched off what it does not need"),
)

_BOILERPLATE = "a default that the device shows"
_OFF = "switched off, and the intended configuration does not ask for it"

SHOWN = (
    Shown(
        (r"no (?:aaa root|ip routing|ipv6 unicast-routing|service |schedule |ip http |lldp run)",),
        _OFF,
    ),
    Shown(
        (r"(?:service routing protocols model|schedule tech-support|queue-monitor)",), _BOILERPLATE
    ),
    Shown((r"vlan internal (?:allocation|order) ",), _BOILERPLATE),
)

HIDDEN = (
    (INTERFACE, r"no shutdown$"),
    (INTERFACE, r"switchport$"),
    (INTERFACE, r"no ip address$"),
    (INTERFACE, r"switchport (?:access vlan 1|trunk native vlan 1|mode access)$"),
    (INTERFACE, r"(?:mtu 1500|lldp transmit|lldp receive)$"),
    (r"vlan \d", r"state active$"),
)

FIXED = (
    r"interface (?:Ethernet|Management|UnconnectedEthernet|Recirc-Channel)[\d/]+$"
    r"|management (?:ssh|console|telnet|security|api )|system control-plane|vlan 1$"
)

OPENS = (
    (INTERFACE,),
    (r"vlan \d[\d,-]*$",),
    (r"vrf instance ",),
    (r"(?:ip|ipv6|mac) access-list ",),
    (r"(?:policy-map|class-map|route-map|ip prefix-list) (?!.* seq )",),
    (r"policy-map ", r"class "),
    (r"aaa group server ",),
    (r"router ",),
    (r"management ",),
    (r"management ", r"vrf "),
    (r"system control-plane$",),
    (r"spanning-tree mst configuration$",),
)

ACL_KINDS = (
    AclKind("ip", r"ip access-list (?:standard )?(?P<name>\S+)$"),
    AclKind("ipv6", r"ipv6 access-list (?:standard )?(?P<name>\S+)$"),
    AclKind("mac", r"mac access-list (?P<name>\S+)$"),
)

_GROUP = r"access-group (?P<name>\S+)(?: vrf \S+)?(?: in)?$"

ACL_USES = (
    *(
        AclUse(family, (section, rf"{family} {_GROUP}"))
        for family in ("ip", "ipv6")
        for section in (r"management ", r"system control-plane$")
    ),
    *(
        AclUse(family, (r"management ", r"vrf ", rf"{family} {_GROUP}"))
        for family in ("ip", "ipv6")
    ),
    *(
        AclUse(family, (INTERFACE, rf"{family} access-group (?P<name>\S+) (?:in|out)$"))
        for family in ("ip", "ipv6", "mac")
    ),
    AclUse("ip", (r"snmp-server ipv4 access-list (?P<name>\S+)",)),
    AclUse("ip", (r"snmp-server community \S+ (?:view \S+ )?r[ow] (?P<name>\S+)$",)),
    AclUse("ip", (r"ntp serve ip access-group (?P<name>\S+)",)),
    AclUse("ip", (r"class-map ", r"match ip access-group (?P<name>\S+)$"), additive=True),
    AclUse("mac", (r"class-map ", r"match mac access-group (?P<name>\S+)$"), additive=True),
    AclUse("ip", (r"route-map ", r"match ip address access-list (?P<name>\S+)$"), additive=True),
)

DEFINES = (
    Use("acl", r"(?:ip|ipv6|mac) access-list (?:standard )?(?P<name>\S+)$"),
    Use("vlan", r"vlan (?P<name>\d+)$"),
    Use("vrf", r"vrf instance (?P<name>\S+)$"),
    Use("class", r"class-map (?:type \S+ )?(?:match-\w+ )?(?P<name>\S+)$"),
    Use("policy", r"policy-map (?:type \S+ )?(?P<name>\S+)$"),
    Use("route-map", r"route-map (?P<name>\S+)"),
    Use("prefix-list", r"ip prefix-list (?P<name>\S+)"),
    Use("bundle", r"interface Port-Channel(?P<name>\d+)$"),
)

USES = (
    Use("acl", r".*\baccess-group (?P<name>\S+)"),
    Use("acl", r"match ip address access-list (?P<name>\S+)"),
    Use("prefix-list", r"match ip address prefix-list (?P<name>\S+)"),
    Use("vlan", r"switchport (?:access|trunk native|phone) vlan (?P<name>\d+)$"),
    Use("vlan", r"switchport trunk allowed vlan (?P<vlans>\d[\d,-]*)$"),
    Use("vlan", r"interface Vlan(?P<name>\d+)$"),
    Use("vrf", r".*\bvrf (?P<name>\S+)"),
    Use("class", r"class (?P<name>\S+)$"),
    Use("policy", r"service-policy (?:type \S+ )?(?:input |output )?(?P<name>\S+)$"),
    Use("route-map", r".*\broute-map (?P<name>\S+)"),
    Use("bundle", r"channel-group (?P<name>\d+)"),
)

PORTS = Ports(
    physical=r"interface (?:Ethernet|Port-Channel)[\d/]+$",
    default_role="access",
    vrf=r"vrf(?: (?P<name>\S+))?$",
    dropped_with_vrf=r"ip address |ipv6 |vrrp |ip virtual-router |ip helper-address |ip ospf ",
    admission=(
        r"(?:ip|ipv6|mac) access-group |ip verify source|dot1x |address locking"
        r"|switchport port-security(?: mac-address \S+)?"
    ),
)
