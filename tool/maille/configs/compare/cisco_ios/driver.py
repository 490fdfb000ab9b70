"""hier_config's driver for IOS and IOS-XE: what replaces what, and how a line is taken back.

The stock driver numbers access lists anew while loading, drops remarks and `no ip address`, and
negates what must never be negated: `tests/unit/compare/test_dangers.py` shows what that does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.configs.compare.dialect import VlanList
from maille.configs.compare.driver import TableDriver

if TYPE_CHECKING:
    from maille.configs.compare.dialect import Lineage

INTERFACE = "interface "
CONTEXT = r"(?: context \S+(?: match \S+)?)?"
"""A group may stand there several times, each for other contexts."""

VLAN_LISTS = (
    VlanList(r"switchport trunk allowed vlan", section=INTERFACE, verbs=True),
    VlanList(r"ip dhcp snooping vlan"),
    VlanList(r"ip arp inspection vlan"),
    VlanList(r"ip arp inspection filter \S+ vlan", tail=r"(?: static)?", exclusive=True),
    VlanList(r"spanning-tree vlan", tail=r" priority \d+", exclusive=True),
    VlanList(r"no spanning-tree vlan"),
    VlanList(r"no ip igmp snooping vlan"),
    VlanList(r"instance \d+ vlan", section="spanning-tree mst configuration$", exclusive=True),
)

REPLACED: tuple[Lineage, ...] = (
    (r"hostname ",),
    (r"ip domain[ -]name ",),
    (r"enable (secret|password) ",),
    (r"username (\S+) ",),
    (r"banner (\S+)",),
    (r"clock (timezone|summer-time) ",),
    (r"service timestamps (\S+) ",),
    (r"aaa ((?:authentication|authorization|accounting) \S+ \S+)",),
    (r"(?:no )?logging (console|monitor|buffered)\b",),
    (r"login (block-for|delay|quiet-mode access-class) ",),
    (r"logging (source-interface|trap|facility|origin-id|history) ",),
    (r"ntp (source|master)",),
    (r"ntp authentication-key (\d+) ",),
    (r"ntp (?:server|peer) (vrf \S+ \S+|(?!vrf )\S+)",),
    (r"ntp access-group (\S+ \S+)(?= )",),
    (r"snmp-server (location|contact|chassis-id|trap-source|source-interface \S+) ",),
    (r"snmp-server engineID (local) ",),
    (rf"snmp-server group (\S+ v3 \S+{CONTEXT})",),
    (r"snmp-server group (\S+ v[12]c?)",),
    (r"snmp-server community (\S+)",),
    (r"snmp-server view (\S+ \S+) ",),
    (r"ip (default-gateway) ",),
    (r"ip ((?:radius|tacacs|tftp|ftp) source-interface) ",),
    (r"ip ssh (version|time-out|authentication-retries|source-interface) ",),
    (r"ip ssh (server algorithm \S+|dh min size) ",),
    (r"ip arp inspection (validate|log-buffer entries) ",),
    (r"ip dhcp snooping (database) ",),
    (r"spanning-tree (mode|pathcost method|transmit hold-count) ",),
    (r"spanning-tree mst (\S+ priority|max-age|max-hops|hello-time|forward-time) ",),
    (r"spanning-tree portfast (?:edge )?(default)",),
    (r"errdisable recovery (interval) ",),
    (r"udld (message time) ",),
    (r"vtp (mode|domain|version) ",),
    (r"vlan internal (allocation) ",),
    (r"lldp (timer|holdtime|reinit) ",),
    (r"((?:radius|tacacs)-server (?:timeout|retransmit|deadtime|key)) ",),
    (r"mls qos map (\S+) ",),
    (INTERFACE, r"(description|encapsulation) "),
    (INTERFACE, r"(ip address)(?!.* secondary$)"),
    (INTERFACE, r"(?:ip )?(vrf forwarding) "),
    (INTERFACE, r"switchport (mode|access vlan|voice vlan|trunk native vlan) "),
    (INTERFACE, r"switchport trunk (encapsulation) "),
    (INTERFACE, r"switchport port-security (maximum|violation|aging \S+) "),
    (INTERFACE, r"(speed|duplex|mtu|bandwidth|delay|load-interval|media-type) "),
    (INTERFACE, r"storm-control (\S+ level) "),
    (INTERFACE, r"spanning-tree (cost|port-priority|guard|link-type|bpduguard|bpdufilter) "),
    (INTERFACE, r"spanning-tree (portfast)\b"),
    (INTERFACE, r"spanning-tree mst (\S+ \S+) "),
    (INTERFACE, r"ip (access-group) \S+ (in|out)"),
    (INTERFACE, r"ipv6 (traffic-filter) \S+ (in|out)"),
    (INTERFACE, r"mac (access-group) \S+ (in|out)"),
    (INTERFACE, r"ip (verify source)"),
    (INTERFACE, r"ip (dhcp snooping limit|arp inspection limit) "),
    (INTERFACE, r"ip (mtu|tcp adjust-mss) "),
    (INTERFACE, r"ip ospf (cost|priority|network|hello-interval|dead-interval) "),
    (INTERFACE, r"ip ospf (authentication)(?!-)"),
    (INTERFACE, r"ip ospf (authentication-key|message-digest-key \d+) "),
    (INTERFACE, r"ip ospf (\d+) area "),
    (INTERFACE, r"power inline (?!port|police|consumption)"),
    (INTERFACE, r"power inline (port priority|consumption|police) "),
    (INTERFACE, r"udld (port)"),
    (INTERFACE, r"authentication (host-mode|port-control|order|priority|violation|timer \S+) "),
    (INTERFACE, r"authentication event (fail|no-response|server \S+) "),
    (INTERFACE, r"dot1x (pae|timeout \S+|max-req|max-reauth-req) "),
    (INTERFACE, r"(?:vrrp|standby) (\d+ (?:priority|timers|authentication|description)) "),
    (INTERFACE, r"(?:vrrp|standby) (\d+) ip (?!.* secondary$)"),
    (INTERFACE, r"(?:vrrp|standby) (\d+ version)"),
    (
        INTERFACE,
        r"vrrp \d+ address-family",
        r"(address|priority|preempt|timers \S+)(?!.* secondary$)",
    ),
    (r"vlan \d", r"(name|state) "),
    (r"(?:vrf definition|ip vrf) ", r"(rd|description) "),
    (r"line ", r"(exec-timeout|session-timeout|privilege level|transport \S+|login|stopbits)\b"),
    (r"line ", r"(?:ipv6 )?(access-class) \S+ (in|out)"),
    (r"line ", r"(password) "),
    (r"radius server ", r"(address ipv4|address ipv6|key|timeout|retransmit) "),
    (r"tacacs server ", r"(address ipv4|address ipv6|key|timeout) "),
    (r"aaa group server ", r"(deadtime|ip radius source-interface|ip vrf forwarding) "),
    (r"router ospf ", r"(router-id|auto-cost reference-bandwidth|max-metric router-lsa) "),
    (r"router ospf ", r"area (\S+ authentication)"),
    (r"spanning-tree mst configuration$", r"(name|revision) "),
    (r"archive$", r"(path|maximum|time-period) "),
    (r"key chain ", r"key \d", r"(key-string|cryptographic-algorithm) "),
    (r"policy-map ", r"class ", r"(set|police|bandwidth|priority|queue-limit|shape)\b"),
    (r"monitor session ", r"(description) "),
)
"""One value each: the new one replaces the old, and no moment is without."""

CUT: tuple[Lineage, ...] = (
    (r"banner \S+",),
    (r"username \S+",),
    (r"enable (?:secret|password)",),
    (r"hostname",),
    (r"ip domain[ -]name",),
    (r"ip default-gateway",),
    (r"clock (?:timezone|summer-time)",),
    (r"service timestamps \S+",),
    (r"logging (?:source-interface|trap|facility|origin-id|buffered|monitor)",),
    (r"ntp source",),
    (r"ntp authentication-key \d+",),
    (r"ntp (?:server|peer) (?:vrf \S+ \S+|(?!vrf )\S+)",),
    (r"snmp-server (?:location|contact|chassis-id|trap-source)",),
    (rf"snmp-server group \S+ v3 \S+{CONTEXT}",),
    (r"snmp-server community \S+",),
    (r"aaa (?:authentication|authorization|accounting) \S+ \S+",),
    (r"errdisable recovery interval",),
    (r"udld message time",),
    (r"spanning-tree mst \S+ priority",),
    (r"spanning-tree (?:mode|pathcost method)",),
    (r"vtp (?:mode|version)",),
    (INTERFACE, r"description"),
    (INTERFACE, r"ip address(?!.* secondary$)"),
    (INTERFACE, r"(?:ip )?vrf forwarding"),
    (INTERFACE, r"switchport (?:mode|access vlan|voice vlan|trunk native vlan)"),
    (INTERFACE, r"switchport port-security (?:maximum|violation|aging \S+)"),
    (INTERFACE, r"(?:speed|duplex|mtu|bandwidth|delay|load-interval|media-type)"),
    (INTERFACE, r"storm-control (?:broadcast|multicast|unicast) level"),
    (INTERFACE, r"spanning-tree (?:cost|port-priority|guard|link-type|bpduguard|bpdufilter)"),
    (INTERFACE, r"spanning-tree portfast"),
    (INTERFACE, r"spanning-tree mst \S+ (?:cost|port-priority)"),
    (INTERFACE, r"ip verify source"),
    (INTERFACE, r"ip (?:dhcp snooping limit|arp inspection limit)"),
    (INTERFACE, r"ip ospf (?:cost|priority|network|hello-interval|dead-interval)"),
    (INTERFACE, r"ip ospf (?:authentication-key|message-digest-key \d+)"),
    (INTERFACE, r"power inline (?:static|never|auto)"),
    (INTERFACE, r"channel-group"),
    (INTERFACE, r"authentication (?:host-mode|port-control|order|priority|violation|timer \S+)"),
    (INTERFACE, r"(?:vrrp|standby) \d+ (?:priority|timers \S+|authentication|description)"),
    (r"vlan \d", r"name"),
    (r"(?:vrf definition|ip vrf) ", r"description"),
    (r"radius server ", r"key"),
    (r"tacacs server ", r"key"),
    (r"line ", r"password"),
    (r"spanning-tree mst configuration$", r"(?:name|revision)"),
    (r"archive$", r"(?:maximum|time-period)"),
    (r"key chain ", r"key \d", r"key-string"),
)
"""`no` and this much: the value is left out, or a secret would be repeated."""

INSTEAD: tuple[tuple[Lineage, str], ...] = (
    ((INTERFACE, r"switchport trunk allowed vlan "), "switchport trunk allowed vlan all"),
    ((r"line ", r"exec-timeout "), "exec-timeout 10 0"),
    ((r"line ", r"transport input "), "default transport input"),
    ((r"logging console ",), "logging console debugging"),
)
"""A trunk without a list says `all` aloud; `no exec-timeout` would mean that none ever ends, and
`no transport input` that nobody comes in."""


class IosDriver(TableDriver):
    """The driver of IOS 15 and IOS-XE."""

    replaced = REPLACED
    vlan_lists = VLAN_LISTS
    cut = CUT
    instead = INSTEAD
