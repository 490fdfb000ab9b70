"""The text of one file to a device."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maille.adopt.codes import HOW_READ, NO_CONFIGURATION, NOT_UNDERSTOOD, finding
from maille.adopt.device import Device, Secret
from maille.adopt.names import port_kind
from maille.adopt.parsing.neighbours import neighbours
from maille.adopt.parsing.system import read_system
from maille.adopt.parsing.transcript import split
from maille.adopt.parsing.tree import tree
from maille.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.adopt.parsing.system import System
    from maille.adopt.parsing.transcript import Transcript
    from maille.adopt.parsing.tree import Line
    from maille.errors import Finding
    from maille.inventory.schema.catalogue import Platform

_DEVICE_COMMENT: Final = re.compile(r"device: (\S+) \(([A-Za-z0-9-]+), ")
_VERSION_MODEL: Final = re.compile(
    r"(?:Model [Nn]umber\s*:\s*|^cisco |^Arista (?=DCS|CCS))(?P<model>[A-Z]{2,}[\w-]*\d[\w-]*)"
)
_SERIAL: Final = re.compile(
    r"(?:System [Ss]erial [Nn]umber|Serial number)\s*:\s*(?P<serial>[A-Z0-9]{6,})"
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A device, or why there is none, and what there is to tell of the text."""

    device: Device | None
    findings: tuple[Finding, ...]


def parse(text: str, file: str) -> Parsed:
    """Read the text of a file; `file` is its name, for the places of findings."""
    transcript = split(text)
    found = tree(transcript.configuration)
    system = read_system(found.lines)
    hostname = system.hostname or transcript.host
    if not hostname or not (system.interfaces or system.vlans):
        return Parsed(None, (_no_configuration(file, hostname),))
    _hints(system, found.comments, transcript)
    device = Device(
        file=file,
        lines=transcript.lines,
        hostname=hostname,
        hostname_line=system.hostname_line,
        platform=_platform(system),
        hints=tuple(dict.fromkeys(system.hints)),
        serial=system.serial,
        interfaces=system.interfaces,
        vlans=system.vlans,
        bindings=tuple(system.bindings),
        routes=tuple(system.routes),
        gateway=system.gateway,
        source_interface=system.source_interface,
        servers=tuple(system.servers),
        claims=tuple(neighbours(transcript.other)),
        location=system.location,
        domain=system.domain,
        region=system.region,
        bridge_priority=system.bridge_priority,
        routes_dynamically=system.routes_dynamically,
        secrets=tuple(Secret(what, line) for line, what in sorted(set(system.log.secrets))),
        unread=tuple(system.log.unread),
    )
    return Parsed(device, tuple(_remarks(device, transcript, system.log.odd)))


def _no_configuration(file: str, hostname: str) -> Finding:
    return finding(
        NO_CONFIGURATION,
        "no port and no VLAN is configured here" if hostname else "no `hostname` is in this file",
        "put the output of `show running-config` here, whole",
        Place(file),
    )


def _platform(system: System) -> Platform:
    """Tell EOS from IOS by what only one of them has."""
    kinds = [port_kind(name) for name in system.interfaces]
    eos = system.only_eos + sum(kind in {"Ethernet", "Management"} for kind in kinds)
    ios = system.only_ios + sum(kind.endswith(("tEthernet", "GigE")) for kind in kinds)
    return "arista_eos" if eos > ios else "cisco_ios"


def _hints(system: System, comments: Iterable[Line], transcript: Transcript) -> None:
    """Add what comments and the output of other commands say about the model."""
    for comment in comments:
        if found := _DEVICE_COMMENT.match(comment.text):
            system.hints.append(found[2])
    for row in transcript.other:
        if found := _VERSION_MODEL.search(row.text):
            system.hints.append(found["model"])
        if not system.serial and (found := _SERIAL.search(row.text)):
            system.serial = found["serial"]


def _remarks(device: Device, transcript: Transcript, odd: Iterable[int]) -> Iterator[Finding]:
    if not transcript.whole:
        yield finding(
            HOW_READ,
            "the configuration does not reach its `end`: it may be cut short",
            "fetch it again, whole, with `show running-config`",
            Place(device.file, transcript.configuration[-1].number, 1),
            device.hostname,
        )
    for line in sorted(odd):
        yield finding(
            NOT_UNDERSTOOD,
            "a value of this line is none",
            "look at it on the device; the line was left aside",
            device.place(line),
            device.hostname,
            device.text(line),
        )
