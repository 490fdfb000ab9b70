"""Whose commune a switch is: by a table that people give, or by what its text says."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from maille.adopt.names import host_key, slug
from maille.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maille.adopt.device import Device

_INSEE: Final = re.compile(
    r"(?<![0-9A-Za-z.])((?:0[1-9]|[1-8][0-9]|9[0-8]|2[AB])[0-9]{3})(?![0-9A-Za-z.])"
)
_NAME_BEHIND: Final = re.compile(r"^ +([^\W\d_][\w' -]*[^\W_])", re.UNICODE)
_COLUMNS: Final = {
    "pattern": ("pattern", "hostname", "host", "motif", "nom d'hôte"),
    "insee": ("insee", "code", "code insee"),
    "commune": ("commune", "name", "nom"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng"),
}
_LARGEST_BYTES: Final = 4 * 2**20
_SHORTEST_NAME: Final = 4
"""Letters of a commune's name that is looked for in texts."""


@dataclass(frozen=True, slots=True)
class Town:
    """A commune as the table, or the text of a switch, names it."""

    insee: str
    name: str = ""
    position: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Patterns of host names, and the communes by code."""

    patterns: tuple[tuple[str, str], ...] = ()
    towns: Mapping[str, Town] | None = None

    def by_pattern(self, host: str) -> str:
        """Give the code of the first pattern that a host name fits."""
        return next((insee for pattern, insee in self.patterns if fnmatchcase(host, pattern)), "")

    def town(self, insee: str) -> Town:
        """Give what is known of a commune."""
        return (self.towns or {}).get(insee, Town(insee))


def read_table(data: bytes, file: str) -> Table:
    """Read a table of communes: CSV with a line of headings, `;` or `,` between the cells.

    `pattern` (with `*` and `?`) and `insee` decide; `commune`, `latitude` and `longitude` help.
    A row without a pattern makes the commune's name known.

    Raises:
        UsageError: it is no such table; the message names the line.
    """
    try:
        text = data[:_LARGEST_BYTES].decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data[:_LARGEST_BYTES].decode("cp1252", errors="replace")
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter))
    except csv.Error as error:
        raise UsageError(f"{file} is no table: {error}", "save it as CSV") from None
    columns = _columns(rows[0] if rows else [], file)
    return _table(list(_rows(rows[1:], columns, file)))


def _columns(headings: Iterable[str], file: str) -> dict[str, int]:
    plain = [heading.strip().lower() for heading in headings]
    found = {
        name: plain.index(word)
        for name, words in _COLUMNS.items()
        for word in words[::-1]
        if word in plain
    }
    if "insee" not in found or not found.keys() & {"pattern", "commune"}:
        raise UsageError(
            f"{file}:1: the headings must name `insee`, and `pattern` or `commune`",
            "write them like: pattern;insee;commune",
        )
    return found


def _rows(
    rows: Iterable[list[str]], columns: dict[str, int], file: str
) -> Iterator[tuple[str, Town]]:
    for number, row in enumerate(rows, start=2):
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
        if not any(cells.values()):
            continue
        insee = cells["insee"].upper().zfill(5)
        if not _INSEE.fullmatch(insee):
            raise UsageError(f"{file}:{number}: `{cells['insee']}` is no INSEE code", "28085")
        town = Town(insee, cells.get("commune", ""), _position(cells, file, number))
        yield cells.get("pattern", "").lower(), town


def _position(cells: dict[str, str], file: str, number: int) -> tuple[float, float] | None:
    both = cells.get("latitude", ""), cells.get("longitude", "")
    if not all(both):
        return None
    try:
        latitude, longitude = (float(each.replace(",", ".")) for each in both)
    except ValueError:
        latitude = longitude = float("nan")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise UsageError(f"{file}:{number}: {' '.join(both)} is no place on earth", "48.44 1.48")
    return latitude, longitude


def _table(rows: list[tuple[str, Town]]) -> Table:
    towns: dict[str, Town] = {}
    for _, town in rows:
        before = towns.get(town.insee, town)
        towns[town.insee] = Town(
            town.insee, before.name or town.name, before.position or town.position
        )
    return Table(tuple((pattern, town.insee) for pattern, town in rows if pattern), towns)


class Recogniser:
    """Finds the commune of a switch, the surest way first."""

    def __init__(self, table: Table) -> None:
        """Take the table; it may be empty."""
        self._table = table
        named = ((slug(town.name), insee) for insee, town in (table.towns or {}).items())
        self._names = sorted(
            ((name, insee) for name, insee in named if len(name) >= _SHORTEST_NAME),
            key=lambda item: -len(item[0]),
        )

    def commune_of(self, device: Device, vlan_names: Iterable[str]) -> Town | None:
        """Give the commune of a switch; `vlan_names` are those of its devices' VLANs.

        What decides: the table's pattern, a code in the host name or the location, a
        commune's name in either, a code or a name in VLAN names if all agree.
        """
        host = host_key(device.hostname)
        insee = self._table.by_pattern(host) or self._in(host) or self._in(device.location)
        if not insee:
            said = {found for name in vlan_names if (found := self._in(name))}
            insee = said.pop() if len(said) == 1 else ""
        return self._town(insee, device.location) if insee else None

    def code_in(self, text: str) -> str:
        """Give the code of the commune that a text names, empty if it names none."""
        return self._in(text)

    def _in(self, text: str) -> str:
        if found := _INSEE.search(text):
            return found[1]
        plain = f"-{slug(text)}-"
        return next((insee for name, insee in self._names if f"-{name}-" in plain), "")

    def _town(self, insee: str, location: str) -> Town:
        known = self._table.town(insee)
        if known.name or insee not in location:
            return known
        named = _NAME_BEHIND.match(location.partition(insee)[2])
        return Town(insee, named[1].strip(" -") if named else "", known.position)
