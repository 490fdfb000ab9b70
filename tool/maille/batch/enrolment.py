"""Read a list of MAC addresses: which camera, by its id or its serial number, has which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.batch.codes import finding
from maille.batch.columns import Column, Kind, Sheet
from maille.batch.grid import is_blank, reference
from maille.batch.headings import Heading, Layout, Names, layout_of
from maille.batch.language import Words
from maille.batch.lists import Lists
from maille.batch.opening import read_grids
from maille.batch.sheets.common import NOTHING
from maille.batch.values import Misread, value_of
from maille.errors import Finding, Place, Severity
from maille.inventory.schema.commune import Camera
from maille.inventory.suggest import slug

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterator

    from maille.batch.grid import Grid, Raw, Row

CAMERA = Column((), Kind.TEXT, Words("Caméra", "Camera"), NOTHING, NOTHING)
SERIAL = Column(("serial",), Kind.TEXT, Words("N° de série", "Serial no."), NOTHING, NOTHING)
MAC = Column(("mac",), Kind.MAC, Words("Adresse MAC", "MAC address"), NOTHING, NOTHING)
_SHEET = Sheet(
    Words("Adresses MAC", "MAC addresses"),
    Words("caméra", "camera"),
    Camera,
    (CAMERA, SERIAL, MAC),
)
_ALIASES = {
    "caméra": CAMERA,
    "camera": CAMERA,
    "camera id": CAMERA,
    "identifiant": CAMERA,
    "id": CAMERA,
    "nom": CAMERA,
    "name": CAMERA,
    "n° de série": SERIAL,
    "numéro de série": SERIAL,
    "serial": SERIAL,
    "serial no.": SERIAL,
    "serial number": SERIAL,
    "s/n": SERIAL,
    "sn": SERIAL,
    "mac": MAC,
    "adresse mac": MAC,
    "mac address": MAC,
    "@mac": MAC,
}
_NO_LISTS = Lists({})
_NAMES = Names({slug(title): (_SHEET, column) for title, column in _ALIASES.items()}, ())


@dataclass(frozen=True, slots=True)
class Label:
    """One line of the list: what stands on the label of a camera, and the cell of each part.

    `device` is the id of the camera or its serial number, `serial` a serial number that is
    given beside the id.
    """

    device: str
    device_place: Place
    mac: str
    mac_place: Place
    serial: str = ""
    serial_place: Place | None = None


def read_labels(path: pathlib.Path, *, shown_as: str) -> tuple[list[Label], list[Finding]]:
    """Read a workbook or a table; its other columns and sheets don't matter."""
    grids, findings = read_grids(path, shown_as=shown_as, wanted=lambda _title: True)
    layouts = [(grid, layout) for grid in grids if (layout := _layout(grid))]
    if not layouts and not any(found.fails for found in findings):
        what = "no column of cameras and no column of MAC addresses is found"
        how = "write the headings `Camera` (or `Serial`) and `MAC` above them"
        findings.append(finding("I404", what, how, Place(shown_as)))
    labels: list[Label] = []
    for grid, layout in layouts:
        reader = _Reader(grid, layout)
        labels += [label for row in grid.rows for label in reader.read(row)]
        findings += [*grid.findings, *reader.findings]
    return labels, findings


def _layout(grid: Grid) -> Layout | None:
    """Find the columns by their headings, or in a bare list by what stands in them."""
    layout = layout_of(grid, _NAMES)
    if layout is None:
        return _bare(grid)
    columns = {heading.column.path for heading in layout.headings.values()}
    return layout if MAC.path in columns and len(columns) > 1 else None


def _bare(grid: Grid) -> Layout | None:
    """Take a list without headings: two columns, one of which holds a MAC address."""
    first = grid.rows[0] if grid.rows else None
    if first is None or len(first.cells) != 2:
        return None
    are_macs = [_is_mac(raw) for raw in first.cells]
    if sum(are_macs) != 1:
        return None
    at = are_macs.index(True)
    headings = {
        at: Heading(_SHEET, MAC, MAC.title.en),
        1 - at: Heading(_SHEET, CAMERA, CAMERA.title.en),
    }
    return Layout(headings, 0, ())


def _is_mac(raw: Raw) -> bool:
    try:
        value_of(raw, MAC, _NO_LISTS)
    except Misread:
        return False
    return True


class _Reader:
    """Reads the lines of one list."""

    def __init__(self, grid: Grid, layout: Layout) -> None:
        self._grid = grid
        self._layout = layout
        self._index = {h.column.path: index for index, h in layout.headings.items()}
        self.findings: list[Finding] = []

    def read(self, row: Row) -> Iterator[Label]:
        """Read one line; one without a MAC address is of a camera that is not there yet."""
        if row.number <= self._layout.row or self._is_blank(row, MAC):
            return
        camera, serial, mac = (self._value(row, column) for column in (CAMERA, SERIAL, MAC))
        device, place = (camera, CAMERA) if camera else (serial, SERIAL)
        if not device and all(self._is_blank(row, column) for column in (CAMERA, SERIAL)):
            column = CAMERA if CAMERA.path in self._index else SERIAL
            what = "whose MAC address this is, is not said"
            how = "write the camera's id or its serial number"
            self.findings.append(finding("I408", what, how, self._place(row, column)))
        if device and mac:
            beside = bool(camera and serial)
            yield Label(
                device,
                self._place(row, place),
                mac,
                self._place(row, MAC),
                serial if beside else "",
                self._place(row, SERIAL) if beside else None,
            )

    def _raw(self, row: Row, column: Column) -> Raw:
        index = self._index.get(column.path, len(row.cells))
        return row.cells[index] if index < len(row.cells) else None

    def _is_blank(self, row: Row, column: Column) -> bool:
        return is_blank(self._raw(row, column))

    def _place(self, row: Row, column: Column) -> Place:
        index = self._index[column.path]
        return self._grid.place(row.number, index, self._layout.headings[index].title)

    def _value(self, row: Row, column: Column) -> str:
        """Read a cell; nothing where it is blank, or refused with a finding."""
        if self._is_blank(row, column):
            return ""
        place = self._place(row, column)
        if reference(row.number, self._index[column.path]) in self._grid.refused:
            return ""
        try:
            return str(value_of(self._raw(row, column), column, _NO_LISTS))
        except Misread as bad:
            self.findings.append(Finding(bad.code, Severity.ERROR, bad.what, bad.how, place))
            return ""
