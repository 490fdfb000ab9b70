"""IOS: when a line is sent, among the top-level ones and inside its section."""

from __future__ import annotations

from maille.configs.compare.cisco_ios.driver import INTERFACE
from maille.configs.compare.dialect import Order, Phase

_LISTS = r"(?:ip|ipv6|mac|arp) (?:access-list|prefix-list) "
_ROUTED = r"interface (?:Vlan|.*\.\d)"

PHASES = (
    Order((r"(?:no )?ip default-gateway\b",), Phase.READDRESS + 1),
    Order((r"no (?:username|enable) ",), Phase.REMOVE_CREDENTIALS),
    Order((r"no aaa new-model$",), Phase.REMOVE_CREDENTIALS),
    Order((r"no aaa group ",), Phase.REMOVE_POLICIES),
    Order((r"no (?:radius|tacacs) server ",), Phase.REMOVE_LISTS),
    Order((r"no interface ",), Phase.REMOVE_INTERFACES),
    Order(
        (r"no (?:policy-map|route-map|snmp-server view|ip arp inspection filter) ",),
        Phase.REMOVE_POLICIES,
    ),
    Order((r"no class-map ",), Phase.REMOVE_LISTS - 1),
    Order((rf"no (?:{_LISTS}|access-list |key chain )",), Phase.REMOVE_LISTS),
    Order((r"no (?:vrf definition|ip vrf) ",), Phase.REMOVE_VRFS),
    Order((r"no ip routing$",), Phase.REMOVE_VRFS),
    Order((r"no vlan \d",), Phase.REMOVE_VLANS),
    Order((r"no ip (?:dhcp snooping|arp inspection)(?: vlan |$)",), Phase.DISARM),
    Order((r"no ip source binding ",), Phase.BINDINGS - 1),
    Order((r"no mac address-table static ",), Phase.BINDINGS - 1),
    Order((r"(?:username|enable) ",), Phase.CREDENTIALS),
    Order((r"aaa new-model$",), Phase.AAA - 2),
    Order((r"(?:radius|tacacs) server ",), Phase.AAA - 1),
    Order((r"aaa group ",), Phase.AAA),
    Order((r"aaa ",), Phase.AAA + 1),
    Order((r"(?:vrf definition|ip vrf) ",), Phase.VRFS),
    Order((r"ip routing$",), Phase.VRFS),
    Order((r"(?:vtp|vlan internal) ",), Phase.VRFS),
    Order((r"vlan \d",), Phase.VLANS),
    Order((r"spanning-tree mst configuration$",), Phase.VLANS),
    Order((rf"(?:{_LISTS}|key chain )",), Phase.LISTS),
    Order((r"class-map ",), Phase.POLICIES - 1),
    Order((r"(?:policy-map|route-map) ",), Phase.POLICIES),
    Order((r"snmp-server (?:engineID|view) ",), Phase.POLICIES),
    Order((r"ip arp inspection filter ",), Phase.POLICIES),
    Order((r"(?:ip source binding|mac address-table static) ",), Phase.BINDINGS),
    Order((r"interface Port-channel",), Phase.BUNDLES),
    Order((INTERFACE,), Phase.INTERFACES),
    Order((r"(?:router|ip route) ",), Phase.ROUTING),
    Order((r"(?:line|snmp-server|ntp access-group|ip ssh) ?",), Phase.MANAGEMENT),
    Order((r"ip (?:dhcp snooping|arp inspection)(?: vlan |$)",), Phase.ARM),
)

PLACES = (
    # What leaves a port goes first, while the port is still of the kind that knows it.
    Order((INTERFACE, r"switchport trunk allowed vlan all$"), -60),
    Order((INTERFACE, r"no ip address$"), -58),
    Order((INTERFACE, r"(?:no )?switchport$"), -40),
    Order((INTERFACE, r"no (?:ip )?vrf forwarding"), -55),
    Order((INTERFACE, r"no switchport mode$"), -50),
    Order((INTERFACE, r"no "), -60),
    # What routes is filtered, and knows its VLAN, before it has an address.
    Order((_ROUTED, r"(?:ip|ipv6) (?:access-group|traffic-filter) "), -57),
    Order((_ROUTED, r"encapsulation "), -57),
    # A VRF takes the addresses along; they come back with the very next line.
    Order((INTERFACE, r"(?:ip )?vrf forwarding "), -30),
    Order((INTERFACE, r"ip address .* secondary$"), -28),
    Order((INTERFACE, r"ip address "), -29),
    Order((INTERFACE, r"ipv6 address "), -28),
    # A trunk knows its VLANs before it is one, an access port its own.
    Order((INTERFACE, r"switchport trunk encapsulation "), -25),
    Order((INTERFACE, r"switchport trunk (?:allowed|native) vlan "), -20),
    Order((INTERFACE, r"switchport access vlan "), -18),
    Order((INTERFACE, r"switchport mode "), -15),
    # Limits before what enforces them.
    Order((INTERFACE, r"switchport port-security$"), 20),
    Order((INTERFACE, r"(?:authentication port-control |dot1x pae |mab)"), 20),
    Order((INTERFACE, r"ip verify source"), 20),
)
