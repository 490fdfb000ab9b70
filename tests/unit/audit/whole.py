"""A switch that keeps whole configurations: the model of the comparison's tests, and plain lines.

What the model knows (VLANs, ports, access lists, bindings) behaves as it does there. All else
is lines in sections: sending one adds it or takes the place of the one with the same key, `no`
takes it away or switches a default off.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.unit.compare.device import Device, RejectedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MODELLED = re.compile(
    r"(?:no )?(?:vlan \d|interface |(?:ip|mac|arp) access-list |vrf |ip source binding "
    r"|ip (?:dhcp snooping|arp inspection) vlan |ip arp inspection filter )"
)
"""Top-level lines of the sections that the model knows."""

SECTIONS = re.compile(
    r"aaa group server |archive$|log config$|class-map |policy-map |class |radius server |line "
    r"|spanning-tree mst configuration$|router |management |system control-plane$|vrf "
    r"|ipv6 access-list |address-family "
)
"""Lines that open a section of plain lines."""

ONE_VALUE = re.compile(
    r"hostname|enable secret|username \S+|logging (?:buffered|trap|source-interface)"
    r"|ip default-gateway|ip ssh (?:time-out|authentication-retries|version|source-interface)"
    r"|snmp-server (?:location|contact|trap-source)|ntp (?:source|server (?:vrf \S+ )?[\d.]+)"
    r"|ntp authentication-key \d+|exec-timeout|transport (?:input|output)|idle-timeout"
    r"|errdisable recovery interval|spanning-tree mst \d+ priority|login block-for"
    r"|timeout|retransmit|deadtime|maximum|path|logging size|revision|name|key"
    r"|storm-control \S+ level|description|spanning-tree cost|ip ospf cost|max-lsa"
    r"|auto-cost reference-bandwidth|router-id|connection (?:limit|per-host)"
)
"""Of these a section holds one at most."""


class Plain:
    """Lines as a section holds them, and the sections inside."""

    def __init__(self) -> None:
        self.lines: dict[str, Plain] = {}

    def take(self, text: str) -> Plain:
        """Take a command; give the section that it opens."""
        bare = text.removeprefix("no ")
        if bare != text:
            self._remove(bare)
            return self
        self.lines.pop(f"no {text}", None)
        key = ONE_VALUE.match(text)
        if key and text not in self.lines:
            head = f"{key[0]} "
            for other in [line for line in self.lines if line.startswith(head)]:
                del self.lines[other]
        return self.lines.setdefault(text, Plain())

    def _remove(self, bare: str) -> None:
        gone = [line for line in self.lines if line == bare or line.startswith(f"{bare} ")]
        for line in gone:
            del self.lines[line]
        if not gone:
            self.lines[f"no {bare}"] = Plain()

    def show(self, indent: str, depth: int = 0) -> Iterator[str]:
        """Print the lines, each section below its header."""
        for text, below in self.lines.items():
            yield f"{indent * depth}{text}"
            yield from below.show(indent, depth + 1)


class Ports(Device):
    """The model, with ports and VLANs that keep what it does not know about them."""

    def __init__(self, platform: str, text: str, *, numbers: bool) -> None:
        self.extras: dict[str, Plain] = {}
        self.states: dict[int, str] = {}
        super().__init__(platform, text, numbers=numbers)

    def _vlan_name(self, vlan: int, text: str) -> None:
        if text.startswith("state "):
            self.states[vlan] = text
        elif text.startswith("no state"):
            self.states.pop(vlan, None)
        else:
            super()._vlan_name(vlan, text)

    def _interface(self, name: str, text: str) -> None:
        if " ipv4 version " in text:  # beside the address, not in its place
            self.extras.setdefault(name, Plain()).take(text)
            return
        try:
            super()._interface(name, text)
        except RejectedError as error:
            known = text.removeprefix("no ") in self.extras.get(name, Plain()).lines
            if not (known or str(error).startswith("unknown") or "not there" in str(error)):
                raise
            self.extras.setdefault(name, Plain()).take(text)

    def _stored(self) -> Iterator[tuple[str, list[str]]]:
        for vlan, state in self.states.items():
            if vlan in self.vlans and not self.vlans[vlan]:
                yield f"vlan {vlan}", [state]
        for header, below in super()._stored():
            name = header.rsplit(maxsplit=1)[-1]
            if header.startswith("interface ") and name in self.extras:
                yield header, [*below, *self.extras[name].show("")]
            elif header.startswith("vlan ") and name.isdigit() and int(name) in self.states:
                yield header, [*below, self.states[int(name)]]
            else:
                yield header, below


class Whole:
    """A switch of which nothing is lost."""

    def __init__(self, platform: str, text: str, *, numbers: bool) -> None:
        self.indent = "   " if platform == "arista_eos" else " "
        self.plain = Plain()
        self.banners: list[str] = []
        modelled = list(self._load(text.split("\n")))
        self.ports = Ports(platform, "\n".join([*modelled, "end"]), numbers=numbers)
        self.way: list[Plain] = []
        self.inside_ports = False

    def _load(self, lines: Iterable[str]) -> Iterator[str]:
        """Keep plain lines, and give those of the model."""
        following = iter(lines)
        above: list[tuple[int, Plain]] = []
        modelled = False
        for raw in following:
            text = " ".join(raw.split())
            if text == "end" and raw == "end":
                return
            if not text or text.startswith("!"):
                continue
            if text.startswith("banner "):
                self._banner(raw, following)
                modelled, above = False, []
                continue
            level = len(raw) - len(raw.lstrip())
            if not level:
                modelled, above = bool(MODELLED.match(text)), []
            if modelled:
                yield raw
                continue
            while above and above[-1][0] >= level:
                above.pop()
            section = above[-1][1] if above else self.plain
            above.append((level, section.lines.setdefault(_stored(text), Plain())))

    def _banner(self, raw: str, following: Iterator[str]) -> None:
        delimiter = raw.split()[2] if len(raw.split()) > 2 else "EOF"
        body = [raw]
        for line in following:
            body.append(line)
            if line.strip() == delimiter:
                break
        self.banners = ["\n".join(body)]

    def send(self, command: str) -> None:
        """Take one line where the session stands."""
        if command.startswith(("banner ", "no banner ")):
            self.banners = [] if command.startswith("no ") else [command]
            return
        text = _stored(" ".join(command.split()))
        if self.inside_ports or (not self.way and MODELLED.match(text)):
            self.ports.send(text)
            self.inside_ports = bool(self.ports.section)
        elif text == "exit":
            if not self.way:
                raise RejectedError("exit: there is no section to leave")
            self.way.pop()
        else:
            section = (self.way[-1] if self.way else self.plain).take(text)
            if SECTIONS.match(text):
                self.way.append(section)

    def show(self) -> str:
        """Print the configuration as the device stores it."""
        ports = self.ports.show().removesuffix("end\n").rstrip("\n").split("\n")
        return "\n".join([*self.plain.show(self.indent), *ports, *self.banners, "end", ""])


def _stored(text: str) -> str:
    """Give a line as it is stored: a secret that was sent as something else."""
    return re.sub(r"<secret:(?:env|file|command):([\w.]+)>", r"$9$\1", text)
