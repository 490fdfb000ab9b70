"""Estates to import into, and batches to import: what the tests of batches share."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl

from maille.batch.importing import prepare
from maille.batch.language import Language
from maille.batch.lists import lists_of
from maille.batch.sheets import CABINETS, CAMERAS, COMMUNES, POINTS, SHEETS
from maille.batch.template import workbook
from maille.inventory.load import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from maille.batch.columns import Sheet
    from maille.batch.prepared import Prepared

INVENTORY = Path(__file__).parents[3] / "inventory"
INSEE = "26169"
"""The one commune of the estate that the tests import into, Malataverne."""

NEW_COMMUNE = {
    "INSEE code": "26170",
    "Commune": "Allan",
    "Population": 1790,
    "Latitude": 44.4958,
    "Longitude": 4.7906,
    "Zone": "rural",
    "Member since": "2026-01-01",
    "Convention": "commune-2014",
    "Authorisation no.": "26-2026-0001",
    "Granted on": "2026-01-15",
    "Expires on": "2031-01-14",
    "Retention max. (days)": 30,
}
NEW_CABINET = {
    "INSEE code": "26170",
    "Cabinet": "mairie",
    "Place": "Place de la Mairie",
    "Latitude": 44.4958,
    "Longitude": 4.7906,
    "Switch": "ie-3300-8p2s",
    "Ring": "village",
    "At km": 1.625,
    "Supply": "eclairage-nord",
    "UPS (min)": 30,
}
NEW_CAMERA = {
    "INSEE code": "26170",
    "Cabinet": "mairie",
    "Camera": "26170-0001",
    "Model": "p1465-le",
    "Place": "façade, north corner",
    "View": "square",
    "Masks": "north windows; garden",
}
NEW_POINT = {
    "INSEE code": "26170",
    "Cabinet": "mairie",
    "Attachment point": "parvis",
    "Place": "lamp post",
    "PoE": "at",
}


def estate_in(folder: Path, name: str = "malataverne") -> Path:
    """Copy a sample estate with its catalogue."""
    for part in (name, "catalogue"):
        shutil.copytree(INVENTORY / part, folder / part, dirs_exist_ok=True)
    return folder / name


def commune_file(estate: Path, insee: str = INSEE) -> Path:
    """Give the file of a commune."""
    return next((estate / "communes").glob(f"{insee}-*.yaml"))


class Book:
    """A workbook as the template makes it, without the example, to be filled in."""

    def __init__(self, estate: Path, language: Language = Language.FR) -> None:
        loaded = load(estate).whole()
        data = workbook(loaded.settings.title, lists_of(loaded), language)
        self.language = language
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        for sheet in SHEETS:
            self.sheet(sheet).delete_rows(2)

    @classmethod
    def complete(cls, estate: Path, language: Language = Language.FR) -> Book:
        """Give a book with one new commune, its cabinet, a camera and an attachment point."""
        book = cls(estate, language)
        book.add(COMMUNES, NEW_COMMUNE)
        book.add(CABINETS, NEW_CABINET)
        book.add(CAMERAS, NEW_CAMERA)
        book.add(POINTS, NEW_POINT)
        return book

    def sheet(self, sheet: Sheet) -> Worksheet:
        return self.book[sheet.title.within(self.language)]

    def add(self, sheet: Sheet, row: Mapping[str, object]) -> int:
        """Write a row under the last one, by the English titles; give its number."""
        target = self.sheet(sheet)
        number = (
            max(
                (cell.row for cells in target.iter_rows() for cell in cells if cell.value),
                default=1,
            )
            + 1
        )
        for title, value in row.items():
            self.set(sheet, number, title, value)
        return number

    def set(self, sheet: Sheet, number: int, title: str, value: object) -> Book:
        """Write one cell, by the English title of its column."""
        titles = [column.title.en for column in sheet.columns]
        cell: Any = self.sheet(sheet).cell(number, titles.index(title) + 1)
        cell.value = value
        return self

    def without(self, *sheets: Sheet) -> Book:
        """Take whole sheets away."""
        for sheet in sheets:
            self.book.remove(self.sheet(sheet))
        return self

    def save(self, path: Path) -> Path:
        self.book.save(path)
        return path


def table(rows: list[Mapping[str, object]], path: Path, separator: str = ";") -> Path:
    """Write a table; its columns are those of all rows."""
    titles = list(dict.fromkeys(title for row in rows for title in row))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator)
    writer.writerow(titles)
    writer.writerows([row.get(title, "") for title in titles] for row in rows)
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path


def prepared(estate: Path, batch: Path, *, update: bool = False) -> Prepared:
    """Prepare an import, as the command does."""
    return prepare(estate, load(estate), batch, update=update)


def tree_of(estate: Path) -> dict[str, bytes]:
    """Give every file of an estate."""
    return {
        str(path.relative_to(estate)): path.read_bytes()
        for path in sorted(estate.rglob("*"))
        if path.is_file()
    }
