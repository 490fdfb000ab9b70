"""Who is cabled to whom, from what all devices say about their ports.

A neighbour that was seen (LLDP, CDP) counts more than one that somebody wrote into a
description, and that more than a transit network that two devices share. Where the two ends
of a cable disagree it is told, and the better evidence counts. Hosts of which there is no
configuration appear as ends all the same: a ring may close over one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from maille.adopt.codes import CONTRADICTION, GUESSED, finding
from maille.adopt.descriptions import cable_in, far_end, ring_in
from maille.adopt.names import host_key, port_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from ipaddress import IPv4Network

    from maille.adopt.device import Device, Interface
    from maille.errors import Finding

Source: TypeAlias = Literal["lldp", "cdp", "description", "subnet", "vlans"]

_RANK: Final[dict[Source, int]] = {
    "lldp": 0,
    "cdp": 0,
    "description": 1,
    "subnet": 2,
    "vlans": 3,
}
_TRANSITS: Final = frozenset({30, 31})
"""Lengths of prefixes that join two devices and no more."""


class End(NamedTuple):
    """One end of a cable; the port is empty where nobody tells it."""

    host: str
    port: str


@dataclass(frozen=True, slots=True)
class Cable:
    """A cable between two ports, the ends in order."""

    a: End
    b: End
    source: Source
    ring: str = ""
    label: str = ""
    line: int = 0
    """Where the first end tells of it."""

    def seen_from(self, host: str) -> tuple[End, End]:
        """Give the near end and the far one, from one of the two hosts."""
        return (self.a, self.b) if self.a.host == host else (self.b, self.a)


class _Said(NamedTuple):
    """What one device says about one of its ports."""

    near: End
    far: End
    source: Source
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Cabling:
    """All cables, and what there is to tell of them."""

    cables: tuple[Cable, ...]
    findings: tuple[Finding, ...]


def cabling(devices: Mapping[str, Device]) -> Cabling:
    """Find every cable; devices are given by the key of their host name."""
    said = _best(_statements(devices))
    findings: list[Finding] = []
    cables = list(_matched(said, devices, findings))
    cables += _by_vlans(cables, devices, findings)
    findings += chain.from_iterable(_asymmetries(cable, devices) for cable in cables)
    return Cabling(tuple(sorted(cables, key=lambda cable: (cable.a, cable.b))), tuple(findings))


def bundle(device: Device, port: str) -> Interface | None:
    """Give the interface that says what a port carries: its bundle's, or its own."""
    own = device.interfaces.get(port)
    if own is None or own.lag is None:
        return own
    return device.interfaces.get(f"Port-channel{own.lag}", own)


def _statements(devices: Mapping[str, Device]) -> Iterator[_Said]:
    for key, device in sorted(devices.items()):
        for claim in device.claims:
            if claim.port in device.interfaces:
                text = device.interfaces[claim.port].description
                far = End(host_key(claim.far), claim.far_port)
                yield _Said(End(key, claim.port), far, claim.source, claim.line, text)
        for port in device.ports:
            yield from _described(key, port, devices)
    yield from _of_networks(devices)


def _described(key: str, port: Interface, devices: Mapping[str, Device]) -> Iterator[_Said]:
    """Read a port's description, or its bundle's where the port has none of its own."""
    device = devices[key]
    carrier = bundle(device, port.name) or port
    for text, line in ((port.description, port.line), (carrier.description, carrier.line)):
        found = far_end(text, key, devices.keys())
        if not found or (found.host not in devices and port.mode == "access"):
            continue
        far_port = "" if found.port.startswith("Port-channel") else found.port
        yield _Said(End(key, port.name), End(found.host, far_port), "description", line, text)
        return


def _of_networks(devices: Mapping[str, Device]) -> Iterator[_Said]:
    """Match the ends of transit networks: a /30 or /31 that two devices have a port in."""
    found: dict[IPv4Network, list[tuple[End, int]]] = {}
    for key, device in sorted(devices.items()):
        for each in device.interfaces.values():
            base = device.interfaces.get(each.base)
            if each.address and each.address.network.prefixlen in _TRANSITS and base:
                end = End(key, base.name if base.physical else "")
                found.setdefault(each.address.network, []).append((end, each.line))
    for ends in found.values():
        if len({end.host for end, _ in ends}) == len(ends) == 2 and all(e.port for e, _ in ends):
            for (near, line), (far, _) in (ends, ends[::-1]):
                yield _Said(near, far, "subnet", line, "")


def _best(statements: Iterable[_Said]) -> dict[End, _Said]:
    """Keep the best evidence for each port; among equals one that names the far port."""
    found: dict[End, _Said] = {}
    for said in statements:
        before = found.get(said.near)
        if before is None or _weight(said) < _weight(before):
            found[said.near] = said
    return found


def _weight(said: _Said) -> tuple[int, bool]:
    return _RANK[said.source], not said.far.port


def _matched(
    said: Mapping[End, _Said], devices: Mapping[str, Device], findings: list[Finding]
) -> Iterator[Cable]:
    taken: set[End] = set()
    for near in sorted(said, key=lambda end: (_weight(said[end]), end.host, port_order(end.port))):
        if near in taken:
            continue
        mine = said[near]
        far = _far_port(near, mine, said, taken, devices)
        theirs = said.get(far)
        if theirs and not _agrees(theirs, near):
            findings.append(_disagreement(mine, f"which says {_shown(theirs.far)}", devices))
        elif far.port and far in taken:
            findings.append(_disagreement(mine, "which another one says, too", devices))
        if far.port and far in taken:
            continue
        taken |= {near, far} if far.port else {near}
        a, b = sorted((near, far))
        texts = (mine.text, theirs.text if theirs else "")
        yield Cable(
            a,
            b,
            mine.source,
            next(filter(None, map(ring_in, texts)), ""),
            next(filter(None, map(cable_in, texts)), ""),
            mine.line,
        )


def _far_port(
    near: End,
    mine: _Said,
    said: Mapping[End, _Said],
    taken: set[End],
    devices: Mapping[str, Device],
) -> End:
    """Find the far port where a statement names the host alone."""
    far = mine.far
    if far.host not in devices:
        return far
    if far.port in devices[far.host].interfaces:
        return far
    free = (
        end
        for end, theirs in said.items()
        if end.host == far.host and end not in taken and _agrees(theirs, near)
    )
    return min(free, key=lambda end: port_order(end.port), default=End(far.host, ""))


def _agrees(theirs: _Said, near: End) -> bool:
    return theirs.far.host == near.host and theirs.far.port in {"", near.port}


def _disagreement(mine: _Said, instead: str, devices: Mapping[str, Device]) -> Finding:
    device = devices[mine.near.host]
    return finding(
        CONTRADICTION,
        f"{_shown(mine.near)} says that {_shown(mine.far)} is its neighbour, {instead}",
        "correct the description that is out of date",
        device.place(mine.line),
        device.hostname,
        device.text(mine.line),
    )


def _shown(end: End) -> str:
    return f"{end.host} {end.port}".rstrip()


def _by_vlans(
    cables: Sequence[Cable], devices: Mapping[str, Device], findings: list[Finding]
) -> Iterator[Cable]:
    """Join two trunks without a neighbour that alone in the estate allow the same VLANs."""
    ends = {end for cable in cables for end in (cable.a, cable.b)}
    lonely: dict[frozenset[int], list[End]] = {}
    for key, device in sorted(devices.items()):
        for port in device.ports:
            trunk = port.mode == "trunk" and not port.edge and not port.shutdown
            if trunk and port.allowed and End(key, port.name) not in ends:
                lonely.setdefault(port.allowed, []).append(End(key, port.name))
    for both in lonely.values():
        if len(both) != 2 or both[0].host == both[1].host:
            continue
        device = devices[both[0].host]
        line = device.interfaces[both[0].port].line
        findings.append(
            finding(
                GUESSED,
                f"{_shown(both[0])} and {_shown(both[1])} are taken for the ends of one cable:"
                " they allow the same VLANs, as no other two trunks do",
                "",
                device.place(line),
                device.hostname,
                device.text(line),
            )
        )
        yield Cable(both[0], both[1], "vlans", line=line)


def _asymmetries(cable: Cable, devices: Mapping[str, Device]) -> Iterator[Finding]:
    """Tell of a trunk whose ends do not allow the same VLANs."""
    if cable.a.host not in devices or cable.b.host not in devices:
        return
    ends = [bundle(devices[end.host], end.port) for end in (cable.a, cable.b)]
    a, b = ends
    if a is None or b is None or a.mode != "trunk" or b.mode != "trunk":
        return
    device = devices[cable.a.host]
    for what, one, other in (
        ("allow different VLANs", a.allowed, b.allowed),
        ("have different native VLANs", a.native_vlan, b.native_vlan),
    ):
        if one != other:
            yield finding(
                CONTRADICTION,
                f"the two ends {_shown(cable.a)} and {_shown(cable.b)} {what}",
                "make both ends alike, then adopt again",
                device.place(a.line),
                device.hostname,
                device.text(a.line),
            )
