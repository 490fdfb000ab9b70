"""MAC addresses and serial numbers that two devices of an estate have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from maille.batch.codes import BATCH_RULES
from maille.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.batch.records import Record
    from maille.batch.values import Value
    from maille.inventory.reading.fault import Path
    from maille.inventory.schema.estate import Estate
    from maille.inventory.source import Sources


class Label(NamedTuple):
    """What stands on the label of a device: its field, the value, and of which device."""

    field: str
    value: str
    device: str
    path: Path


def labels(estate: Estate) -> Iterator[Label]:
    """Give the labels of all cameras and nomads, and the serial numbers of cabinets' switches."""
    for insee, commune in estate.communes.items():
        for key, cabinet in commune.cabinets.items():
            at: Path = ("communes", insee, "cabinets", key)
            if cabinet.serial:
                yield Label("serial", cabinet.serial, f"cabinet `{insee}/{key}`", (*at, "serial"))
            for name, camera in cabinet.cameras.items():
                path = (*at, "cameras", name)
                yield from _of_camera(name, camera.mac, camera.serial, path)
    for name, nomad in estate.nomads.items():
        yield from _of_camera(name, nomad.mac, nomad.serial, ("nomads", name))


def twins(estate: Estate, sources: Sources) -> Iterator[Finding]:
    """Find labels that two devices have; each of the two is told."""
    seen: dict[tuple[str, str], Label] = {}
    for label in labels(estate):
        first = seen.setdefault((label.field, label.value), label)
        if first is not label:
            for one, other in ((label, first), (first, label)):
                found = _twin(other.device, label.field, label.value)
                yield sources.placed(found, one.path)


def twins_among(records: Iterable[Record]) -> Iterator[Finding]:
    """Find labels that two rows of a batch have, whatever else is wrong with the rows."""
    seen: dict[tuple[str, Value], Record] = {}
    for record in records:
        for field in ("mac", "serial"):
            value = record.values.get((field,))
            if value is None:
                continue
            first = seen.setdefault((field, value), record)
            if first is not record:
                for one, other in ((record, first), (first, record)):
                    found = _twin(other.called, field, value)
                    yield replace(found, place=one.cells[field,])


def _twin(device: str, field: str, value: Value) -> Finding:
    rule = BATCH_RULES["I413"]
    name = "MAC address" if field == "mac" else "serial number"
    what = f"{device} has the {name} `{value}` as well"
    return Finding(rule.code, rule.severity, what, "read both labels again")


def _of_camera(name: str, mac: str | None, serial: str | None, path: Path) -> Iterator[Label]:
    if mac:
        yield Label("mac", mac, f"camera `{name}`", (*path, "mac"))
    if serial:
        yield Label("serial", serial, f"camera `{name}`", (*path, "serial"))
