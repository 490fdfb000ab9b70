"""Communes as public tables give them: code, name, population, place."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from inventory.generate.geography import Point


class CommuneRow(NamedTuple):
    """One commune; `cameras` and `member` are the sample's, not public facts."""

    insee: str
    name: str
    population: int
    at: Point
    zone: str = ""
    member: bool = True
    cameras: int = 0


def read(table: Path) -> tuple[CommuneRow, ...]:
    """Read a table of communes; lines that start with `#` tell where it comes from.

    Columns: insee, name, population, latitude, longitude and, where the table has them, zone,
    member and cameras. A commune without coordinates is left out.
    """
    lines = table.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return tuple(_row(fields) for fields in rows if fields["latitude"])


def _row(fields: Mapping[str, str]) -> CommuneRow:
    return CommuneRow(
        insee=fields["insee"],
        name=fields["name"],
        population=int(fields["population"] or 0),
        at=(float(fields["latitude"]), float(fields["longitude"])),
        zone=fields.get("zone", ""),
        member=fields.get("member", "true") == "true",
        cameras=int(fields.get("cameras", 0)),
    )
