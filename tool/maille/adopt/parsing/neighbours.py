"""Neighbours as `show lldp neighbors detail` and `show cdp neighbors detail` give them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from maille.adopt.device import Claim
from maille.adopt.names import full_port

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.adopt.parsing.transcript import Row

_CDP_DEVICE: Final = re.compile(r"Device ID: ?(\S+)")
_CDP_PORTS: Final = re.compile(r"Interface: ?(\S+), +Port ID \(outgoing port\): ?(\S+)")
_IOS_LOCAL: Final = re.compile(r"Local Intf: ?(\S+)")
_EOS_LOCAL: Final = re.compile(r"Interface (\S+) detected \d+ LLDP neighbors")
_EOS_NEIGHBOUR: Final = re.compile(r"\s+Neighbor \S+, age")
_FAR_PORT: Final = re.compile(r"\s*Port ID\s*: *\"?([^\"\s]+)\"?\s*$", re.IGNORECASE)
_FAR_NAME: Final = re.compile(r"\s*-? ?System Name ?: *\"?([^\"\s]+)\"?", re.IGNORECASE)


@dataclass(slots=True)
class _Neighbour:
    """A neighbour while its lines are read."""

    source: Literal["lldp", "cdp"]
    line: int
    port: str = ""
    far: str = ""
    far_port: str = ""

    def claim(self) -> Iterator[Claim]:
        port = full_port(self.port)
        if port and self.far:
            yield Claim(port, self.far, full_port(self.far_port), self.source, self.line)


def neighbours(rows: Iterable[Row]) -> Iterator[Claim]:
    """Give every neighbour that output of other commands tells of."""
    now: _Neighbour | None = None
    for row in rows:
        begun = _begun(row, now)
        if begun is not now:
            if now:
                yield from now.claim()
            now = begun
        elif now:
            _read(now, row)
    if now:
        yield from now.claim()


def _begun(row: Row, now: _Neighbour | None) -> _Neighbour | None:
    """Give the neighbour that a row begins, or the one that it belongs to."""
    if found := _CDP_DEVICE.match(row.text):
        return _Neighbour("cdp", row.number, far=found[1])
    if found := _IOS_LOCAL.match(row.text) or _EOS_LOCAL.match(row.text):
        return _Neighbour("lldp", row.number, port=found[1])
    if now and now.far and _EOS_NEIGHBOUR.match(row.text):
        return _Neighbour("lldp", row.number, port=now.port)
    return now


def _read(now: _Neighbour, row: Row) -> None:
    if now.source == "cdp":
        if found := _CDP_PORTS.match(row.text):
            now.port, now.far_port = found.groups()
    elif found := _FAR_NAME.match(row.text):
        now.far = found[1]
    elif not now.far_port and not now.far and (found := _FAR_PORT.match(row.text)):
        now.far_port = found[1]
