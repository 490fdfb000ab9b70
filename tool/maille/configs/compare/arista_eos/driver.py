"""hier_config's driver for EOS: what replaces what, and how a line is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.configs.compare.dialect import VlanList
from maille.configs.compare.driver import TableDriver

if TYPE_CHECKING:
    from maille.configs.compare.dialect import Lineage

INTERFACE = "interface "

VLAN_LISTS = (
    VlanList(r"switchport trunk allowed vlan", section=INTERFACE, verbs=True),
    VlanList(r"ip dhcp snooping vlan"),
    VlanList(r"ip arp inspection vlan"),
    VlanList(r"spanning-tree vlan-id", tail=r" priority \d+", exclusive=True),
    VlanList(r"no spanning-tree vlan-id"),
    VlanList(r"no ip igmp snooping vlan"),
    VlanList(r"instance \d+ vlan", section="spanning-tree mst configuration$", exclusive=True),
)

REPLACED: tuple[Lineage, ...] = (
    (r"hostname ",),
    (r"(?:ip domain-name|dns domain) ",),
    (r"enable (?:secret|password) ",),
    (r"username (\S+) ",),
    (r"banner (\S+)",),
    (r"clock (timezone) ",),
    (r"service (routing protocols model) ",),
    (r"aaa ((?:authentication|authorization|accounting) \S+ \S+)",),
    (r"aaa (authentication policy (?:local|on-success|on-failure|lockout))\b",),
    (r"(?:no )?logging (console|monitor|buffered|on)\b",),
    (r"logging (trap|facility|format \S+) ",),
    (r"logging ((?:vrf \S+ )?source-interface) ",),
    (r"ntp (local-interface) ",),
    (r"ntp authentication-key (\d+) ",),
    (r"ntp server (vrf \S+ \S+|(?!vrf )\S+)",),
    (r"snmp-server (location|contact|chassis-id|engineID local|(?:vrf \S+ )?local-interface) ",),
    (r"snmp-server group (\S+ \S+ \S+)",),
    (r"snmp-server user (\S+ \S+ \S+)",),
    (r"snmp-server community (\S+)",),
    (r"snmp-server view (\S+ \S+) ",),
    (r"snmp-server (ipv[46]) access-list \S+( vrf \S+)?",),
    (r"ip radius ((?:vrf \S+ )?source-interface) ",),
    (r"radius-server (key|timeout|retransmit|deadtime) ",),
    (r"radius-server host (\S+(?: vrf \S+)?)",),
    (r"ip (virtual-router mac-address) ",),
    (r"spanning-tree (mode|edge-port \S+) ",),
    (r"spanning-tree mst (\S+ priority|max-age|hello-time|forward-time) ",),
    (r"spanning-tree (max-hops|max-age|hello-time|forward-time) ",),
    (r"errdisable recovery (interval) ",),
    (r"vlan internal (?:allocation|order) ",),
    (r"lldp (timer|hold-time|reinit) ",),
    (r"mac address-table (aging-time) ",),
    (INTERFACE, r"(description|encapsulation) "),
    (INTERFACE, r"(ip address)(?! virtual)(?!.* secondary$)"),
    (INTERFACE, r"(vrf) "),
    (INTERFACE, r"switchport (mode|access vlan|trunk native vlan|phone vlan) "),
    (INTERFACE, r"switchport port-security (maximum|violation)\b"),
    (INTERFACE, r"(speed|mtu|load-interval|error-correction) "),
    (INTERFACE, r"storm-control (\S+ level) "),
    (INTERFACE, r"spanning-tree (cost|port-priority|guard|link-type|bpduguard|bpdufilter) "),
    (INTERFACE, r"spanning-tree (portfast)\b"),
    (INTERFACE, r"spanning-tree mst (\S+ \S+) "),
    (INTERFACE, r"(ip|ipv6|mac) (access-group) \S+ (in|out)"),
    (INTERFACE, r"ip ospf (cost|priority|network|hello-interval|dead-interval|area) "),
    (INTERFACE, r"ip ospf (authentication)(?!-)"),
    (INTERFACE, r"ip ospf (authentication-key|message-digest-key \d+) "),
    (
        INTERFACE,
        r"poe (limit|priority|negotiation|shutdown action|reboot action|link down action) ",
    ),
    (INTERFACE, r"dot1x (pae|port-control|host-mode|timeout \S+|reauthorization \S+)\b"),
    (INTERFACE, r"vrrp (\d+ (?:priority-level|advertisement interval|session description)) "),
    (INTERFACE, r"vrrp (\d+ ipv4) (?!version |.* secondary$)"),
    (INTERFACE, r"vrrp (\d+ (?:ipv4 version|peer authentication|preempt|timers \S+ \S+)) "),
    (INTERFACE, r"qos (trust|cos|dscp)\b"),
    (r"vlan \d", r"(name|state) "),
    (r"vrf instance ", r"(rd|description) "),
    (
        r"management ssh$",
        r"(idle-timeout|authentication \S+|connection \S+|cipher|mac|key-exchange) ",
    ),
    (r"management ssh$", r"(ip|ipv6) (access-group) \S+( vrf \S+)? (in)"),
    (r"management ssh$", r"vrf ", r"(ip|ipv6) (access-group) \S+ (in)"),
    (r"management console$", r"(idle-timeout) "),
    (r"management api ", r"(protocol \S+|idle-timeout)\b"),
    (r"management api ", r"vrf ", r"(ip|ipv6) (access-group) "),
    (r"system control-plane$", r"(ip|ipv6) (access-group) \S+( vrf \S+)? (in)"),
    (r"aaa group server ", r"(deadtime) "),
    (r"router ospf ", r"(router-id|auto-cost reference-bandwidth|max-lsa|maximum-paths) "),
    (r"spanning-tree mst configuration$", r"(name|revision) "),
    (r"policy-map ", r"class ", r"(set \S+|police|bandwidth|priority)\b"),
)
"""One value each: the new one replaces the old, and no moment is without."""

CUT: tuple[Lineage, ...] = (
    (r"banner \S+",),
    (r"username \S+",),
    (r"enable (?:secret|password)",),
    (r"hostname",),
    (r"(?:ip domain-name|dns domain)",),
    (r"clock timezone",),
    (r"aaa (?:authentication|authorization|accounting) \S+ \S+",),
    (r"logging (?:buffered|console|monitor|trap|facility)",),
    (r"ntp local-interface",),
    (r"ntp authentication-key \d+",),
    (r"ntp server (?:vrf \S+ \S+|(?!vrf )\S+)",),
    (r"snmp-server (?:location|contact)",),
    (r"snmp-server group \S+ \S+ \S+",),
    (r"snmp-server user \S+ \S+ \S+",),
    (r"snmp-server community \S+",),
    (r"radius-server key",),
    (r"radius-server host \S+(?: vrf \S+)?",),
    (r"errdisable recovery interval",),
    (r"spanning-tree mst \S+ priority",),
    (r"spanning-tree mode",),
    (INTERFACE, r"description"),
    (INTERFACE, r"ip address(?! virtual)(?!.* secondary$)"),
    (INTERFACE, r"vrf"),
    (INTERFACE, r"switchport (?:mode|access vlan|trunk native vlan)"),
    (INTERFACE, r"switchport port-security maximum"),
    (INTERFACE, r"(?:speed|mtu|load-interval)"),
    (INTERFACE, r"storm-control (?:broadcast|multicast|unknown-unicast) level"),
    (INTERFACE, r"spanning-tree (?:cost|port-priority|guard|link-type|bpduguard|bpdufilter)"),
    (INTERFACE, r"spanning-tree portfast"),
    (INTERFACE, r"spanning-tree mst \S+ (?:cost|port-priority)"),
    (INTERFACE, r"ip ospf (?:cost|priority|network|hello-interval|dead-interval)"),
    (INTERFACE, r"ip ospf (?:authentication-key|message-digest-key \d+)"),
    (INTERFACE, r"channel-group"),
    (INTERFACE, r"poe (?:limit|priority)"),
    (INTERFACE, r"vrrp \d+ (?:priority-level|advertisement interval|session description)"),
    (r"vlan \d", r"name"),
    (r"vrf instance ", r"description"),
    (r"management ssh$", r"idle-timeout"),
    (r"management console$", r"idle-timeout"),
    (r"spanning-tree mst configuration$", r"(?:name|revision)"),
)
"""`no` and this much: the value is left out, or a secret would be repeated."""

INSTEAD: tuple[tuple[Lineage, str], ...] = (
    ((INTERFACE, r"switchport trunk allowed vlan "), "switchport trunk allowed vlan all"),
)
"""A trunk without a list says `all` aloud."""


class EosDriver(TableDriver):
    """The driver of EOS."""

    replaced = REPLACED
    vlan_lists = VLAN_LISTS
    cut = CUT
    instead = INSTEAD
