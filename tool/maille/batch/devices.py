"""MAC addresses and serial numbers that two devices of an estate have."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from maille.batch.codes import BATCH_RULES
from maille.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    rule = BATCH_RULES["I413"]
    seen: dict[tuple[str, str], Label] = {}
    for label in labels(estate):
        first = seen.setdefault((label.field, label.value), label)
        if first is not label:
            name = "MAC address" if label.field == "mac" else "serial number"
            for one, other in ((label, first), (first, label)):
                what = f"{other.device} has the {name} `{label.value}` as well"
                found = Finding(rule.code, rule.severity, what, "read both labels again")
                yield sources.placed(found, one.path)


def _of_camera(name: str, mac: str | None, serial: str | None, path: Path) -> Iterator[Label]:
    if mac:
        yield Label("mac", mac, f"camera `{name}`", (*path, "mac"))
    if serial:
        yield Label("serial", serial, f"camera `{name}`", (*path, "serial"))
