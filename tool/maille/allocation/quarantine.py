"""What is in quarantine, as the lock writes it and as spaces reserve it."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import TYPE_CHECKING, Final, Literal

from maille.allocation.claims import Freed
from maille.allocation.lock import Quarantined, State
from maille.allocation.ports import Port
from maille.allocation.spans import stretch
from maille.allocation.subject import Subject
from maille.errors import AllocationError
from maille.topology.naming import cabinet_switch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from maille.allocation.claims import Number, Owner
    from maille.allocation.lock import Given
    from maille.allocation.ports import Kind

Layer = Literal["vlan", "prefix", "segment", "port", "address", "name"]
"""The space that a number belongs to."""

POSITION: Final = "position"
"""The part of an attachment or a socket that names its port."""

_PORT_FIELDS: Final = frozenset({"cabinet", "kind", POSITION})
_LOOPBACKS: Final = frozenset({"loopback_video", "loopback_mgmt"})
_LAYERS: Final[dict[str, Layer]] = {
    "vlan": "vlan",
    "prefix": "prefix",
    "address": "address",
    "management": "address",
    "hostname": "name",
    POSITION: "port",
    "video": "prefix",
    "mgmt": "prefix",
    "loopback_video": "prefix",
    "loopback_mgmt": "prefix",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One number of a quarantined entry, and the fields of the lock that write it."""

    layer: Layer
    freed: Freed
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class Record:
    """A quarantined entry, read."""

    scope: str
    entry: Quarantined
    parts: tuple[Part, ...]

    def without(self, held: Mapping[Owner, Number]) -> Quarantined | None:
        """Give what stays in quarantine when owners hold their own numbers again."""
        back = [part for part in self.parts if held.get(part.freed.owner) == part.freed.number]
        if not back:
            return self.entry
        if len(back) == len(self.parts):
            return None
        gone = frozenset().union(*(part.fields for part in back))
        left = {name: value for name, value in self.entry.numbers.items() if name not in gone}
        return self.entry.model_copy(update={"numbers": left})


def read_records(
    scope: str, entries: Iterable[Quarantined], domain_of: Callable[[str], str]
) -> Iterator[Record]:
    """Read what a file of the lock has in quarantine.

    `domain_of` gives the domain of VLAN ids for a segment's key, empty where it is not known.
    Raises AllocationError if an entry holds something that is no number.
    """
    for entry in entries:
        subject = Subject(scope, entry.section, entry.key)
        try:
            parts = tuple(_parts(subject, entry.numbers, domain_of))
        except (ValueError, TypeError, KeyError) as error:
            raise AllocationError(
                f"the quarantined entry {entry.section} {entry.key} is damaged: {error}",
                "mend it from the file's history, or remove its line",
                subject.place,
            ) from None
        yield Record(scope, entry, parts)


def _parts(
    subject: Subject, numbers: Mapping[str, str | int], domain_of: Callable[[str], str]
) -> Iterator[Part]:
    count = int(numbers.get("count", 1))
    for name, value in numbers.items():
        layer = _layer(subject, name)
        if layer is None:
            continue
        where = domain_of(subject.key) if layer == "vlan" else None
        number = _number(subject, layer, name, value, numbers)
        fields = frozenset({name})
        if layer == "port":
            fields = _PORT_FIELDS
        elif name == "address":
            fields = frozenset({"address", "count", "segment", "subvolume"})
        yield Part(layer, Freed((subject, name), where, number, count), fields)


def _layer(subject: Subject, name: str) -> Layer | None:
    """Give the layer of a field; none for what only explains the others."""
    if name == "prefix" and subject.section == "segments" and subject.scope:
        return "segment"
    return _LAYERS.get(name)


def _number(
    subject: Subject, layer: Layer, name: str, value: str | int, numbers: Mapping[str, str | int]
) -> Number:
    if layer == "port":
        if subject.section == "sockets":
            kind: Kind = "access" if numbers.get("kind") == "access" else "uplink"
            return Port(subject.key.partition("/")[0], kind, int(value))
        return Port(cabinet_switch(subject.scope, str(numbers["cabinet"])), "access", int(value))
    if layer == "address":
        return int(IPv4Address(value))
    if name in _LOOPBACKS:
        address = int(IPv4Address(value))
        return address, address
    if layer in {"prefix", "segment"}:
        return stretch(IPv4Network(value))
    return int(value) if layer == "vlan" else str(value)


def numbers_of(entry: Given) -> dict[str, str | int]:
    """Write all numbers of an entry as the quarantine keeps them."""
    return {
        name: value if isinstance(value, int) else str(value)
        for name, value in entry
        if not isinstance(value, State)
    }
