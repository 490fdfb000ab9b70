"""IOS: which lines are the device's own, which are defaults, and what refers to what."""

from __future__ import annotations

from maille.configs.compare.cisco_ios.driver import INTERFACE
from maille.configs.compare.dialect import AclKind, AclUse, NotOurs, Ports, Shown, Use

NOISE = (
    r"Building configuration|Current configuration|show run|\S+[#>]\s*(?:sh|show|terminal|exit)?"
)

NOT_OURS = (
    NotOurs(r"version ", "the software says it of itself"),
    NotOurs(r"boot(?:-start-marker|-end-marker| system )", "which image runs is decided elsewhere"),
    NotOurs(r"license ", "the licence belongs to this one device"),
    NotOurs(
        r"crypto pki (?:certificate chain |trustpoint (?:TP-self-signed|SLA-TrustPoint))",
        "the device made it, or got it by enrolling",
    ),
    NotOurs(r"ntp clock-period ", "the device measures it"),
    NotOurs(r"switch \d+ provision ", "the device found this hardware"),
    NotOurs(r"sdm prefer ", "takes effect at the next start only"),
    NotOurs(r"diagnostic bootup ", "concerns the start only"),
)

_BOILERPLATE = "a default that the device shows"
_OFF = "switched off, and the intended configuration does not ask for it"

_SWITCHED_OFF = (
    r"no (?:service |ip (?:http|domain|source-route|gratuitous-arps|bootp|finger|forward-protocol"
    r"|rcmd|identd|routing)|ipv6 |aaa new-model|vstack|cdp run|lldp run|mop |platform "
    r"|device-tracking|profinet|setup |network-clock )"
)
_SHOWN_ANYWAY = (
    r"service call-home|vtp version|rep bpduleak|ip (?:forward-protocol nd|cef|subnet-zero)"
    r"|ip tftp blocksize|vrf definition Mgmt-vrf|memory free low-watermark|redundancy|control-plane"
    r"|spanning-tree extend system-id|transceiver type all|call-home|subscriber templating"
    r"|multilink bundle-name|login on-success log|vlan internal allocation|platform |file prompt"
    r"|fips|ptp |alarm[ -]profile|alarm facility|system mtu routing|dying-gasp"
    r"|snmp-server engineID local|class-map match-any (?:system-cpp|non-client-nrt)"
    r"|policy-map (?:system-cpp|port_child)"
)
_SHOWN_ON_INTERFACES = r"(?:negotiation auto|ip redirects|media-type rj45|no ip route-cache)$"

SHOWN = (
    Shown((_SWITCHED_OFF,), _OFF),
    Shown((_SHOWN_ANYWAY,), _BOILERPLATE),
    Shown((r"crypto pki trustpoint ",), "keys and certificates hang on it"),
    Shown((INTERFACE, _SHOWN_ON_INTERFACES), _BOILERPLATE),
    Shown((r"line ", r"stopbits 1$"), _BOILERPLATE),
)

HIDDEN = (
    (INTERFACE, r"no shutdown$"),
    (INTERFACE, r"switchport$"),
    (INTERFACE, r"no ip address$"),
    (INTERFACE, r"switchport (?:access vlan 1|trunk native vlan 1|mode dynamic auto)$"),
    (INTERFACE, r"(?:(?:speed|duplex|power inline) auto|mtu 1500)$"),
    (INTERFACE, r"(?:cdp enable|lldp transmit|lldp receive|logging event link-status)$"),
    (r"line ", r"exec-timeout 10 0$"),
    (r"vlan \d", r"state active$"),
    (r"logging console debugging$",),
)

FIXED = (
    r"interface (?:FastEthernet|GigabitEthernet|TwoGigabitEthernet|FiveGigabitEthernet"
    r"|TenGigabitEthernet|TwentyFiveGigE|FortyGigabitEthernet|HundredGigE|AppGigabitEthernet"
    r"|Ethernet|Bluetooth)[\d/]+$|interface Vlan1$|vlan 1$|line |control-plane|redundancy"
)

OPENS = (
    (INTERFACE,),
    (INTERFACE, r"vrrp \d+ address-family "),
    (r"vlan \d[\d,-]*$",),
    (r"(?:vrf definition|ip vrf) ",),
    (r"vrf definition ", r"address-family "),
    (r"(?:ip|ipv6|mac|arp) access-list ",),
    (r"(?:policy-map|class-map|route-map|key chain) ",),
    (r"policy-map ", r"class "),
    (r"key chain ", r"key \d"),
    (r"(?:radius|tacacs) server ",),
    (r"aaa group server ",),
    (r"router ",),
    (r"line ",),
    (r"spanning-tree mst configuration$",),
    (r"archive$",),
    (r"archive$", r"log config$"),
)

UNPROVABLE = r"snmp-server user \S+ \S+ v3\b"

GONE_WITH = (((r"line ", r"login(?: local)?$"), "aaa new-model"),)

ACL_KINDS = (
    AclKind("ip", r"ip access-list (?:standard|extended) (?P<name>\S+)$"),
    AclKind("ipv6", r"ipv6 access-list (?P<name>\S+)$", entry="sequence {number} {entry}"),
    AclKind("mac", r"mac access-list extended (?P<name>\S+)$", entry="{entry}"),
)

ACL_USES = (
    AclUse("ip", (INTERFACE, r"ip access-group (?P<name>\S+) (?:in|out)$")),
    AclUse("ipv6", (INTERFACE, r"ipv6 traffic-filter (?P<name>\S+) (?:in|out)$")),
    AclUse("mac", (INTERFACE, r"mac access-group (?P<name>\S+) in$")),
    AclUse("ip", (r"line ", r"access-class (?P<name>\S+) (?:in|out)")),
    AclUse("ipv6", (r"line ", r"ipv6 access-class (?P<name>\S+) (?:in|out)")),
    AclUse("ip", (r"snmp-server group \S+ v\S+ .*access (?P<name>(?!ipv6 )\S+)$",)),
    AclUse("ip", (r"snmp-server community \S+ (?:view \S+ )?R[OW] (?P<name>\S+)$",)),
    AclUse("ip", (r"ntp access-group (?:ipv4 )?[a-z-]+ (?P<name>\S+)(?: kod)?$",)),
    AclUse("ip", (r"login quiet-mode access-class (?P<name>\S+)$",)),
    AclUse("ip", (r"ip http access-class (?:ipv4 )?(?P<name>\S+)$",)),
    AclUse("ip", (r"class-map ", r"match access-group name (?P<name>\S+)$"), additive=True),
    AclUse("ip", (r"route-map ", r"match ip address (?P<name>(?!prefix-list)\S+)$"), additive=True),
)

DEFINES = (
    Use("acl", r"(?:ip|ipv6|mac|arp) access-list (?:(?:standard|extended) )?(?P<name>\S+)$"),
    Use("vlan", r"vlan (?P<name>\d+)$"),
    Use("vrf", r"(?:vrf definition|ip vrf) (?P<name>\S+)$"),
    Use("class", r"class-map (?:match-\w+ )?(?P<name>\S+)$"),
    Use("policy", r"policy-map (?P<name>\S+)$"),
    Use("route-map", r"route-map (?P<name>\S+)"),
    Use("prefix-list", r"ip prefix-list (?P<name>\S+)"),
    Use("key-chain", r"key chain (?P<name>\S+)$"),
    Use("bundle", r"interface Port-channel(?P<name>\d+)$"),
)

USES = (
    Use("acl", r"(?:ip|mac) access-group (?P<name>\S+) "),
    Use("acl", r"ipv6 traffic-filter (?P<name>\S+) "),
    Use("acl", r"(?:ipv6 )?access-class (?P<name>\S+) "),
    Use("acl", r"login quiet-mode access-class (?P<name>\S+)"),
    Use("acl", r"match (?:access-group name|ip address) (?P<name>\S+)"),
    Use("acl", r"ip arp inspection filter (?P<name>\S+) "),
    Use("prefix-list", r"match ip address prefix-list (?P<name>\S+)"),
    Use("vlan", r"switchport (?:access|voice|trunk native) vlan (?P<name>\d+)$"),
    Use("vlan", r"switchport trunk allowed vlan (?P<vlans>\d[\d,-]*)$"),
    Use("vlan", r"authentication event .* vlan (?P<name>\d+)$"),
    Use("vlan", r"interface Vlan(?P<name>\d+)$"),
    Use("vrf", r".*\bvrf (?:forwarding )?(?P<name>\S+)"),
    Use("class", r"class (?P<name>\S+)$"),
    Use("policy", r"service-policy (?:input |output )?(?P<name>\S+)$"),
    Use("route-map", r".*\broute-map (?P<name>\S+)"),
    Use("key-chain", r".*\bkey-chain (?P<name>\S+)"),
    Use("bundle", r"channel-group (?P<name>\d+)"),
)

PORTS = Ports(
    physical=(
        r"interface (?:FastEthernet|GigabitEthernet|TwoGigabitEthernet|FiveGigabitEthernet"
        r"|TenGigabitEthernet|TwentyFiveGigE|FortyGigabitEthernet|HundredGigE|Ethernet"
        r"|Port-channel)[\d/]+$"
    ),
    default_role="dynamic",
    vrf=r"(?:ip )?vrf forwarding(?: (?P<name>\S+))?$",
    dropped_with_vrf=r"ip address |ipv6 |vrrp |standby |ip helper-address |ip ospf ",
    admission=(
        r"(?:ip|mac) access-group |ipv6 traffic-filter |ip verify source|authentication |dot1x |mab"
        r"|switchport port-security(?: mac-address \S+)?"
    ),
)
