"""A small switch that takes configuration lines one by one, as IOS and EOS do.

It knows nothing of the code under test. What it models is what makes remediation dangerous:
a trunk without a list carries every VLAN, `no` of a list takes the whole list away, an access
list that does not exist lets everything through, entries go in by number, a change of VRF
drops the addresses, no two interfaces hold one network, IOS has no two VLANs of one name.
What a device would refuse is refused here, with `RejectedError`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Interface
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROUTED = re.compile(r"Vlan|Loopback|Management|GigabitEthernet0/0$|.*\.\d+$")
"""Interfaces that never switch."""
MADE = re.compile(r"Vlan|Loopback|[Pp]ort-[Cc]hannel|.*\.\d+$")
"""Interfaces that come and go with their configuration."""

EVERY_VLAN = frozenset(range(1, 4095))

PORT_SETTINGS = (
    r"description",
    r"switchport mode",
    r"switchport access vlan",
    r"switchport trunk native vlan",
    r"switchport port-security maximum",
    r"storm-control broadcast level",
    r"spanning-tree (?:guard|bpduguard|cost|portfast)",
    r"power inline(?= static| auto| never)",
    r"ip verify source",
    r"ip access-group(?= \S+ in$)",
    r"ip ospf cost",
    r"authentication port-control",
    r"dot1x pae",
    r"channel-group",
    r"vrrp 1 (?:priority|priority-level|ip|ipv4)",
)
"""Commands of an interface that have one value."""

PORT_FLAGS = (
    r"ip arp inspection trust",
    r"ip dhcp snooping trust",
    r"switchport nonegotiate",
    r"switchport block unicast",
    r"switchport port-security",
    r"switchport port-security mac-address \S+",
    r"mab",
    r"ip helper-address \S+",
)
"""Commands of an interface that are there or not."""

GROUP_SETTINGS = (r"priority", r"preempt", r"address")
"""Commands of a VRRPv3 group, which IOS keeps in a section of its own."""

LINE_SETTINGS = (
    r"access-class(?= \S+ in)",
    r"ip access-group(?= \S+ in)",
    r"transport input",
    r"exec-timeout",
    r"login",
    r"idle-timeout",
)
OSPF_SETTINGS = (r"router-id",)
OSPF_FLAGS = (r"network .*", r"passive-interface default")

SETTINGS = (
    r"hostname",
    r"ip default-gateway",
    r"logging trap",
    r"snmp-server location",
    r"snmp-server group \S+ v3 \S+",
    r"spanning-tree mode",
    r"username \S+",
    r"enable secret",
)
FLAGS = (
    r"logging host \S+",
    r"ntp server \S+",
    r"aaa new-model",
    r"ip dhcp snooping",
    r"ip arp inspection",
    r"ip route .*",
    r"ip routing.*",
    r"lldp run",
    r"license .*",
    r"boot .*",
    r"snmp-server view \S+ \S+ \S+",
)


class RejectedError(Exception):
    """The device refuses a line."""


def vlan_set(text: str) -> frozenset[int]:
    """Read a list of VLANs."""
    if text == "none":
        return frozenset()
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)


def vlan_text(vlans: Iterable[int], *, pairs: bool) -> str:
    """Write a list of VLANs as a platform stores it."""
    parts: list[str] = []
    numbers = sorted(vlans)
    while numbers:
        size = next(
            (n for n in range(1, len(numbers)) if numbers[n] != numbers[0] + n), len(numbers)
        )
        run, numbers = numbers[:size], numbers[size:]
        if size > 2 or (size == 2 and pairs):
            parts.append(f"{run[0]}-{run[-1]}")
        else:
            parts += [str(vlan) for vlan in run]
    return ",".join(parts) or "none"


@dataclass
class Lines:
    """What a section stores: settings by name, and lines that are there or not."""

    setting_names: tuple[str, ...]
    flag_names: tuple[str, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)

    def take(self, text: str) -> None:
        """Take a command or its negation."""
        bare = text.removeprefix("no ")
        if any(re.fullmatch(name, bare) for name in self.flag_names):
            self._flag(bare, away=bare != text)
            return
        names = (re.match(rf"(?:{name})(?= |$)", bare) for name in self.setting_names)
        found = [match[0] for match in names if match]
        if not found:
            raise RejectedError(f"unknown: {text}")
        name = max(found, key=len)
        if bare == text:
            self.settings[name] = text
        elif f"{self.settings.get(name, '')} ".startswith(f"{bare} "):
            del self.settings[name]
        else:
            raise RejectedError(f"{text}: not there")

    def _flag(self, bare: str, *, away: bool) -> None:
        if away and bare not in self.flags:
            raise RejectedError(f"no {bare}: not there")
        if away:
            self.flags.remove(bare)
        else:
            self.flags.add(bare)

    def __iter__(self) -> Iterator[str]:
        yield from self.settings.values()
        yield from sorted(self.flags)


@dataclass
class Acl:
    """An access list: its kind, and its entries by number."""

    kind: str
    entries: dict[int, str] = field(default_factory=dict)

    @property
    def policy(self) -> tuple[str, ...]:
        """Give the entries in the order in which they are tried."""
        return tuple(self.entries[number] for number in sorted(self.entries))


@dataclass
class Port:
    """An interface."""

    lines: Lines = field(default_factory=lambda: Lines(PORT_SETTINGS, PORT_FLAGS))
    allowed: frozenset[int] = EVERY_VLAN
    routed: bool = False
    shut: bool = False
    vrf: str = ""
    address: str = ""
    secondaries: set[str] = field(default_factory=set)
    groups: dict[str, Lines] = field(default_factory=dict)

    @property
    def networks(self) -> list[IPv4Interface]:
        """Give the addresses with their prefixes."""
        return [
            IPv4Interface(address.replace(" ", "/"))
            for address in (self.address, *self.secondaries)
            if address
        ]


class Device:
    """A switch; `numbers` says whether it shows the numbers of access list entries."""

    def __init__(self, platform: str, text: str = "", *, numbers: bool = True) -> None:
        self.eos = platform == "arista_eos"
        self.numbers = numbers
        self.lines = Lines(SETTINGS, FLAGS)
        self.off: set[str] = {"ip http server"} if not self.eos else set()
        self.vlans: dict[int, str] = {}
        self.vrfs: dict[str, bool] = {}
        self.acls: dict[str, Acl] = {}
        self.arp_acls: dict[str, set[str]] = {}
        self.arp_filters: dict[int, tuple[str, str]] = {}
        self.watched: dict[str, set[int]] = {"dhcp snooping": set(), "arp inspection": set()}
        self.bindings: set[str] = set()
        self.ports: dict[str, Port] = {}
        self.sections: dict[str, Lines] = {}
        self.section: list[str] = []
        self._load(text)

    def _load(self, text: str) -> None:
        """Take a stored configuration, in which sections end where their indentation does."""
        for raw in text.splitlines():
            line = raw.strip()
            if line.startswith("exit-"):
                del self.section[1:]
            if not line or line[0] == "!" or line.startswith("exit-") or line == "no ip address":
                continue
            if line == "end":
                break
            if raw[0] != " ":
                self.section = []
            self.send(line)
        self.section = []

    # -- sessions

    def send(self, line: str) -> None:
        """Take one line where the session stands; a secret is stored as something else."""
        text = re.sub(r"<secret:env:(\w+)>", r"$9$\1", " ".join(line.split()))
        if text == "exit":
            if not self.section:
                raise RejectedError("exit: there is no section to leave")
            self.section.pop()
        elif self.section:
            self._inside(self.section[0], text)
        else:
            self._top_level(text)

    def _inside(self, header: str, text: str) -> None:
        name = header.rsplit(maxsplit=1)[-1]
        if header.startswith("interface ") and len(self.section) > 1:
            self._group_line(self.ports[name], self.section[1], text)
        elif header.startswith("interface ") and " address-family " in text:
            self._group(self.ports[name], text)
        elif header.startswith("interface "):
            self._interface(name, text)
        elif header.startswith("vlan "):
            self._vlan_name(int(name), text)
        elif header.startswith("arp access-list "):
            self._arp_entry(self.arp_acls[name], text)
        elif " access-list " in header:
            self._acl_entry(name, text)
        elif header.startswith("vrf ") and text.startswith("address-family "):
            self.vrfs[name] = True
            self.section = [header, text]
        else:
            self.sections[header].take(text)

    def _top_level(self, text: str) -> None:
        away = text.startswith("no ")
        bare = text.removeprefix("no ")
        for pattern, take in (
            (r"vlan ([\d,-]+)$", self._vlan),
            (r"interface (\S+)$", self._interface_section),
            (r"((?:ip|mac) access-list(?: standard| extended)?) (\S+)$", self._acl),
            (r"arp access-list (\S+)$", self._arp_acl),
            (r"vrf (?:definition|instance) (\S+)$", self._vrf),
            (r"ip source binding (?P<mac>\S+) vlan (?P<vlan>\d+) (?P<ip>\S+) int.*", self._binding),
            (r"ip source binding (?P<ip>\S+) (?P<mac>\S+) vlan (?P<vlan>\d+) int.*", self._binding),
            (r"ip (dhcp snooping|arp inspection) vlan ([\d,-]+)$", self._watch),
            (r"ip arp inspection filter (\S+) vlan ([\d,-]+)( static)?$", self._arp_filter),
            (r"(ip http server)$", self._switch),
            (r"(line \S.*|management ssh|router ospf \d+.*)$", self._plain_section),
        ):
            if found := re.match(pattern, bare):
                take(found, away=away)
                return
        self.lines.take(text)

    # -- top-level lines

    def _vlan(self, found: re.Match[str], *, away: bool) -> None:
        given = vlan_set(found[1])
        if away and not given <= self.vlans.keys():
            raise RejectedError(f"no {found[0]}: no such VLAN")
        for vlan in given:
            if away:
                del self.vlans[vlan]
            else:
                self.vlans.setdefault(vlan, "")
        self.section = [] if away else [found[0]]

    def _vlan_name(self, vlan: int, text: str) -> None:
        name = text.removeprefix("name ")
        if text == "no name" and self.vlans[vlan]:
            self.vlans[vlan] = ""
        elif name == text or (not self.eos and name in self.vlans.values()):
            raise RejectedError(f"vlan {vlan}: {text}: refused")
        else:
            self.vlans[vlan] = name

    def _interface_section(self, found: re.Match[str], *, away: bool) -> None:
        name = found[1]
        if not away:
            self.ports.setdefault(name, Port(routed=bool(ROUTED.match(name))))
            self.section = [found[0]]
        elif not MADE.match(name) or name not in self.ports:
            raise RejectedError(f"no {found[0]}: the hardware has it, or nobody")
        else:
            del self.ports[name]

    def _acl(self, found: re.Match[str], *, away: bool) -> None:
        kind, name = found[1], found[2]
        if name in self.acls and self.acls[name].kind != kind:
            raise RejectedError(f"{found[0]}: there is another kind of that name")
        if not away:
            self.acls.setdefault(name, Acl(kind))
            self.section = [found[0]]
        elif name not in self.acls:
            raise RejectedError(f"no {found[0]}: no such list")
        else:
            del self.acls[name]

    def _acl_entry(self, name: str, text: str) -> None:
        entries = self.acls[name].entries
        found = re.fullmatch(r"(?:(\d+) )?((?:permit|deny) .*)", text)
        if not found:
            raise RejectedError(f"{text}: entries of a list are not edited")
        number = int(found[1] or max(entries, default=0) + 10)
        if number in entries or found[2] in entries.values():
            raise RejectedError(f"{text}: {name} has that already")
        entries[number] = found[2]

    def _arp_acl(self, found: re.Match[str], *, away: bool) -> None:
        if not away:
            self.arp_acls.setdefault(found[1], set())
            self.section = [found[0]]
        elif self.arp_acls.pop(found[1], None) is None:
            raise RejectedError(f"no {found[0]}: no such list")

    @staticmethod
    def _arp_entry(entries: set[str], text: str) -> None:
        bare = text.removeprefix("no ")
        if (bare == text) == (bare in entries):
            raise RejectedError(f"{text}: there already, or not there")
        entries ^= {bare}

    def _vrf(self, found: re.Match[str], *, away: bool) -> None:
        name = found[1]
        if not away:
            self.vrfs.setdefault(name, self.eos)
            self.section = [found[0]]
        elif self.vrfs.pop(name, None) is None:
            raise RejectedError(f"no {found[0]}: no such VRF")
        else:
            for port in self.ports.values():
                if port.vrf == name:
                    self._move(port, "")

    def _binding(self, found: re.Match[str], *, away: bool) -> None:
        mac, vlan, address = found["mac"], found["vlan"], found["ip"]
        if away and found[0] not in self.bindings:
            raise RejectedError(f"no {found[0]}: no such binding")
        if away:
            self.bindings.remove(found[0])
            return
        for other in self.bindings:
            held = other.split()
            if vlan in held and (mac in held or address in held):
                raise RejectedError(f"{found[0]}: there is {other}")
        self.bindings.add(found[0])

    def _watch(self, found: re.Match[str], *, away: bool) -> None:
        watched, given = self.watched[found[1]], vlan_set(found[2])
        if away and not given <= watched:
            raise RejectedError(f"no {found[0]}: not watched")
        self.watched[found[1]] = watched - given if away else watched | given

    def _arp_filter(self, found: re.Match[str], *, away: bool) -> None:
        for vlan in vlan_set(found[2]):
            if not away:
                self.arp_filters[vlan] = (found[1], found[3] or "")
            elif self.arp_filters.pop(vlan, None) != (found[1], found[3] or ""):
                raise RejectedError(f"no {found[0]}: VLAN {vlan} has another filter")

    def _switch(self, found: re.Match[str], *, away: bool) -> None:
        (self.off.add if away else self.off.discard)(found[1])

    def _plain_section(self, found: re.Match[str], *, away: bool) -> None:
        header = found[0]
        is_ospf = header.startswith("router ")
        if not away:
            names = (OSPF_SETTINGS, OSPF_FLAGS) if is_ospf else (LINE_SETTINGS, ())
            self.sections.setdefault(header, Lines(*names))
            self.section = [header]
        elif not is_ospf or self.sections.pop(header, None) is None:
            raise RejectedError(f"no {header}: always there, or not there")

    # -- interfaces

    def _interface(self, name: str, text: str) -> None:
        port = self.ports[name]
        bare = text.removeprefix("no ")
        away = bare != text
        if bare == "shutdown":
            port.shut = not away
        elif bare == "switchport":
            self._switchport(port, text, routed=away)
        elif bare.startswith("switchport trunk allowed vlan "):
            self._check_layer(port, text, routed=False)
            port.allowed = self._allowed(port.allowed, text)
        elif found := re.fullmatch(r"vrf(?: forwarding)?(?: (\S+))?", bare):
            self._check_layer(port, text, routed=True)
            self._move(port, "" if away else found[1] or "?")
        elif found := re.fullmatch(r"ip address(?: (\S+(?: [\d.]+)?))?( secondary)?", bare):
            self._check_layer(port, text, routed=True)
            self._address(port, found[1] or "", secondary=bool(found[2]), away=away)
        else:
            if bare.startswith("switchport "):
                self._check_layer(port, text, routed=False)
            elif bare.startswith(("vrrp ", "ip ospf ", "ip helper")):
                self._check_layer(port, text, routed=True)
            port.lines.take(text)

    def _group(self, port: Port, text: str) -> None:
        self._check_layer(port, text, routed=True)
        bare = text.removeprefix("no ")
        if bare == text:
            port.groups.setdefault(text, Lines(GROUP_SETTINGS))
            self.section.append(text)
        elif port.groups.pop(bare, None) is None:
            raise RejectedError(f"{text}: no such group")

    @staticmethod
    def _group_line(port: Port, group: str, text: str) -> None:
        found = re.fullmatch(r"address (\S+) primary", text)
        if found and not any(IPv4Address(found[1]) in held.network for held in port.networks):
            raise RejectedError(f"{text}: outside the networks of the interface")
        port.groups[group].take(text)

    @staticmethod
    def _check_layer(port: Port, text: str, *, routed: bool) -> None:
        if port.routed != routed:
            raise RejectedError(f"{text}: the port is {'' if port.routed else 'not '}routed")

    @staticmethod
    def _switchport(port: Port, text: str, *, routed: bool) -> None:
        if routed and (port.allowed != EVERY_VLAN or any("switchport" in x for x in port.lines)):
            raise RejectedError(f"{text}: would lose what is set")
        if not routed and (port.address or port.vrf):
            raise RejectedError(f"{text}: would lose the address")
        port.routed = routed

    @staticmethod
    def _allowed(held: frozenset[int], text: str) -> frozenset[int]:
        if text.startswith("no "):
            return EVERY_VLAN
        *_, verb, listed = text.split()
        if listed == "all":
            return EVERY_VLAN
        given = vlan_set(listed)
        return {"add": held | given, "remove": held - given}.get(verb, given)

    def _move(self, port: Port, vrf: str) -> None:
        """Put an interface into a VRF: what was bound to its addresses is dropped."""
        if vrf and not self.vrfs.get(vrf):
            raise RejectedError(f"VRF {vrf} is not there or has no address family")
        port.vrf, port.address = vrf, ""
        port.secondaries.clear()
        port.groups.clear()
        for name in [name for name in port.lines.settings if name.startswith(("vrrp", "ip ospf"))]:
            del port.lines.settings[name]
        port.lines.flags = {flag for flag in port.lines.flags if "helper" not in flag}

    def _address(self, port: Port, address: str, *, secondary: bool, away: bool) -> None:
        if away and secondary:
            port.secondaries.remove(address)
        elif away:
            if not port.address:
                raise RejectedError("no ip address: there is none")
            port.address = ""
            port.secondaries.clear()
        else:
            self._check_free(port, IPv4Interface(address.replace(" ", "/")))
            if secondary:
                port.secondaries.add(address)
            else:
                port.address = address

    def _check_free(self, port: Port, wanted: IPv4Interface) -> None:
        for name, other in self.ports.items():
            if other is not port and other.vrf == port.vrf:
                for held in other.networks:
                    if held.network.overlaps(wanted.network):
                        raise RejectedError(f"{wanted} overlaps {held} of {name}")

    # -- what is stored

    def show(self) -> str:
        """Print the configuration as the platform stores it."""
        indent = "   " if self.eos else " "
        text = []
        for header, below in self._stored():
            text.append(header)
            text += [f"{indent}{line}" for line in below]
            text.append("!")
        return "\n".join([*text, "end", ""])

    def _stored(self) -> Iterator[tuple[str, list[str]]]:
        for line in self.lines:
            yield line, []
        for name in sorted(self.off):
            yield f"no {name}", []
        family = [] if self.eos else ["address-family ipv4", "exit-address-family"]
        for name, ready in self.vrfs.items():
            yield f"vrf {'instance' if self.eos else 'definition'} {name}", family * ready
        unnamed = [vlan for vlan, name in self.vlans.items() if not name and vlan != 1]
        if unnamed:
            yield f"vlan {vlan_text(unnamed, pairs=self.eos)}", []
        for vlan, name in self.vlans.items():
            if name:
                yield f"vlan {vlan}", [f"name {name}"]
        yield from self._stored_lists()
        for name, port in self.ports.items():
            yield f"interface {name}", self._stored_port(port)
        for header, lines in self.sections.items():
            yield header, list(lines)

    def _stored_lists(self) -> Iterator[tuple[str, list[str]]]:
        for name, acl in self.acls.items():
            numbered = [f"{number} {acl.entries[number]}" for number in sorted(acl.entries)]
            yield f"{acl.kind} {name}", numbered if self.numbers else list(acl.policy)
        for name, entries in self.arp_acls.items():
            yield f"arp access-list {name}", sorted(entries)
        for name, static in sorted(set(self.arp_filters.values())):
            vlans = [vlan for vlan, used in self.arp_filters.items() if used == (name, static)]
            listed = vlan_text(vlans, pairs=self.eos)
            yield f"ip arp inspection filter {name} vlan  {listed}{static}", []
        for kind, watched in self.watched.items():
            if watched:
                yield f"ip {kind} vlan {vlan_text(watched, pairs=self.eos)}", []
        for binding in sorted(self.bindings):
            yield binding, []

    def _stored_port(self, port: Port) -> list[str]:
        lines = ["no switchport"] if port.routed and not self._never_switches(port) else []
        if port.vrf:
            lines.append(f"vrf {port.vrf}" if self.eos else f"vrf forwarding {port.vrf}")
        if port.address:
            lines.append(f"ip address {port.address}")
        lines += [f"ip address {address} secondary" for address in sorted(port.secondaries)]
        if port.routed and not port.address and not self.eos:
            lines.append("no ip address")
        if port.allowed != EVERY_VLAN:
            lines += self._stored_trunk(vlan_text(port.allowed, pairs=self.eos))
        for group, held in port.groups.items():
            lines += [group, *(f" {line}" for line in held), " exit-vrrp"]
        hidden = {"switchport mode access"} if self.eos else set()
        lines += [line for line in port.lines if line not in hidden]
        return lines + ["shutdown"] * port.shut

    def _stored_trunk(self, listed: str) -> list[str]:
        """Write a trunk's list; IOS puts what is too long for a line on a second one."""
        parts = listed.split(",")
        if self.eos or len(parts) < 12:
            return [f"switchport trunk allowed vlan {listed}"]
        return [
            f"switchport trunk allowed vlan {','.join(parts[:10])}",
            f"switchport trunk allowed vlan add {','.join(parts[10:])}",
        ]

    def _never_switches(self, port: Port) -> bool:
        return any(port is each for name, each in self.ports.items() if ROUTED.match(name))
