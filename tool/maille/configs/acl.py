"""Access lists: from sessions to entries, from entries to a list with a name of its own.

The name of a list ends with a digest of its entries. A list is never edited: other entries
make another name, and the new list takes the place of the old one with a single command.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from maille.blueprint.sessions import Session

DIGEST_LENGTH = 8
STEP = 10
"""Between the numbers of two entries."""

Prefixes = tuple[IPv4Network, ...]
Ports = tuple[int, int]
"""First and last; equal for one port."""
Side = Literal["client", "server"]

ANY = IPv4Network("0.0.0.0/0")
ALL_VRRP = IPv4Network("224.0.0.18/32")


class Entry(NamedTuple):
    """One entry, in the direction in which a packet passes the list."""

    action: Literal["permit", "deny"]
    protocol: str
    source: IPv4Network = ANY
    destination: IPv4Network = ANY
    source_ports: Ports | None = None
    destination_ports: Ports | None = None
    flag: str = ""
    """`established`, `echo`, `tracked`, …"""
    log: bool = False


@dataclass(frozen=True, slots=True)
class AccessList:
    """A list as a template writes it."""

    name: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a dialect writes entries."""

    prefix: Callable[[IPv4Network], str]
    """In an extended list; `any` for all addresses."""
    plain_prefix: Callable[[IPv4Network], str]
    """In a standard list, which looks at sources only."""
    port_names: Mapping[tuple[str, int], str]
    """Ports that the device prints as words, whatever was typed."""
    protocols: Mapping[str, str]
    """Protocols that the device prints in another way than by their names here."""
    deny: str
    """How `deny` is printed: some devices pad it."""
    numbered: bool
    """Whether the running configuration shows the entries' numbers."""

    def extended(self, base: str, entries: Iterable[Entry]) -> AccessList:
        """Write an extended list and name it."""
        return self.named(base, (self.write(entry) for entry in entries))

    def standard(self, base: str, sources: Iterable[IPv4Network]) -> AccessList:
        """Write a standard list that permits these sources, and name it."""
        lines = [f"permit {self.plain_prefix(source)}" for source in sources]
        return self.named(base, [*lines, f"{self.deny} any log"])

    def named(self, base: str, lines: Iterable[str]) -> AccessList:
        """Number lines where the device does, and name the list after them."""
        entries = tuple(lines)
        if self.numbered:
            entries = tuple(f"{STEP * place} {line}" for place, line in enumerate(entries, 1))
        return AccessList(f"{base}-{digest(entries)}", entries)

    def write(self, entry: Entry) -> str:
        """Write one entry, without its number."""
        words = [
            "permit" if entry.action == "permit" else self.deny,
            self.protocols.get(entry.protocol, entry.protocol),
            self.prefix(entry.source),
        ]
        if entry.source_ports:
            words.append(self._ports(entry.protocol, entry.source_ports))
        words.append(self.prefix(entry.destination))
        if entry.destination_ports:
            words.append(self._ports(entry.protocol, entry.destination_ports))
        if entry.flag:
            words.append(entry.flag)
        if entry.log:
            words.append("log")
        return " ".join(words)

    def _ports(self, protocol: str, ports: Ports) -> str:
        first, last = ports
        if first == last:
            return f"eq {self.port_names.get((protocol, first), first)}"
        return f"range {first} {last}"


def digest(entries: Iterable[str]) -> str:
    """Give the digest of a list: of its entries as they are rendered, a line each."""
    text = "".join(f"{entry}\n" for entry in entries)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


def sent_by(side: Side, session: Session) -> Iterator[Entry]:
    """Give the entries for what one side of a session sends.

    The client opens the session; the server answers and never calls, which `established`
    says for TCP. Of what has no answer the server sends nothing.
    """
    if side == "server" and session.one_way:
        return
    client, server = session.client.prefixes, session.server.prefixes
    for ports in port_ranges(session.ports):
        if side == "client":
            yield from _between(session.protocol, client, server, to=ports)
        else:
            yield from _between(session.protocol, server, client, of=ports)


def _between(
    protocol: str,
    sources: Prefixes,
    destinations: Prefixes,
    of: Ports | None = None,
    to: Ports | None = None,
) -> Iterator[Entry]:
    answers = of is not None
    ports = None if protocol == "icmp" else (of or to)
    flag = {("icmp", False): "echo", ("icmp", True): "echo-reply", ("tcp", True): "established"}
    for source in sources:
        for destination in destinations:
            yield Entry(
                "permit",
                protocol,
                source,
                destination,
                source_ports=ports if answers else None,
                destination_ports=None if answers else ports,
                flag=flag.get((protocol, answers), ""),
            )


def port_ranges(ports: str) -> tuple[Ports, ...]:
    """Read `554,6800-7568`; nothing (ICMP) is one range without meaning."""
    if not ports:
        return ((0, 0),)
    found = []
    for part in ports.split(","):
        first, _, last = part.partition("-")
        found.append((int(first), int(last or first)))
    return tuple(found)


def deny_rest(*, log: bool) -> Entry:
    """Give the last entry of every list."""
    return Entry("deny", "ip", log=log)
