"""Every kind of wrong cell has a text that says what is wrong and how to mend it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.unit.batch.batches import (
    INSEE,
    NEW_CABINET,
    NEW_CAMERA,
    NEW_COMMUNE,
    Book,
    estate_in,
    prepared,
    table,
    tree_of,
)

from maille.batch.language import Language
from maille.batch.sheets import CABINETS, CAMERAS, COMMUNES, POINTS
from maille.report import render_text

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parents[2] / "golden" / "batch" / "errors"

SPOILT: dict[str, Callable[[Book], object]] = {
    "insee-too-long": lambda b: b.set(COMMUNES, 2, "INSEE code", 261700),
    "insee-without-zero": lambda b: b.set(CABINETS, 2, "INSEE code", 1053),
    "insee-too-short": lambda b: b.set(CABINETS, 2, "INSEE code", 105),
    "insee-letters": lambda b: b.set(COMMUNES, 2, "INSEE code", "Allan"),
    "insee-unknown": lambda b: b.set(CABINETS, 2, "INSEE code", "26171"),
    "insee-empty": lambda b: b.set(CAMERAS, 2, "INSEE code", None),
    "id-with-capitals": lambda b: b.set(CABINETS, 2, "Cabinet", "Place des Épars"),
    "id-of-signs": lambda b: b.set(CABINETS, 2, "Cabinet", "!!!"),
    "camera-id-empty": lambda b: b.set(CAMERAS, 2, "Camera", None),
    "camera-twice": lambda b: b.add(CAMERAS, NEW_CAMERA),
    "camera-of-another-commune": lambda b: b.set(CAMERAS, 2, "Camera", f"{INSEE}-0001"),
    "cabinet-unknown": lambda b: b.set(CAMERAS, 2, "Cabinet", "marie"),
    "model-unknown": lambda b: b.set(CAMERAS, 2, "Model", "axis-p1465"),
    "switch-unknown": lambda b: b.set(CABINETS, 2, "Switch", "ie-3300"),
    "supply-unknown": lambda b: b.set(CABINETS, 2, "Supply", "xyz"),
    "row-lost-of-another-commune": lambda b: (
        b.add(CABINETS, {**NEW_CABINET, "INSEE code": INSEE, "Cabinet": "!!!"}),
        b.set(CAMERAS, 2, "Cabinet", "marie"),
        b.set(CAMERAS, 2, "Model", "p1465"),
    ),
    "ring-unknown": lambda b: b.set(CABINETS, 2, "Ring", "vilage"),
    "convention-misspelt": lambda b: b.set(COMMUNES, 2, "Convention", "comune-2014"),
    "convention-unknown": lambda b: b.set(COMMUNES, 2, "Convention", "commune-2015"),
    "wave-unknown": lambda b: b.set(CAMERAS, 2, "Wave", "2030"),
    "sector-unknown": lambda b: b.set(CAMERAS, 2, "Sector", "gare"),
    "parent-unknown": lambda b: (
        b.set(CABINETS, 2, "Ring", None),
        b.set(CABINETS, 2, "At km", None),
        b.set(CABINETS, 2, "Hangs off", "26169-eglise"),
        b.set(CABINETS, 2, "Capacity (Mbit/s)", 100),
        b.set(CABINETS, 2, "Length (km)", 1.5),
    ),
    "view-unknown": lambda b: b.set(CAMERAS, 2, "View", "jardin"),
    "poe-unknown": lambda b: b.set(POINTS, 2, "PoE", "bt"),
    "number-with-unit": lambda b: b.set(CABINETS, 2, "At km", "2,5 km"),
    "number-negative": lambda b: b.set(CABINETS, 2, "At km", -2.5),
    "number-is-a-date": lambda b: b.set(CABINETS, 2, "At km", datetime(2026, 5, 2)),  # noqa: DTZ001
    "whole-with-decimals": lambda b: b.set(COMMUNES, 2, "Population", 1790.5),
    "latitude-out-of-bounds": lambda b: b.set(CABINETS, 2, "Latitude", 444.958),
    "half-a-position": lambda b: b.set(CAMERAS, 2, "Latitude", 44.4958),
    "date-impossible": lambda b: b.set(COMMUNES, 2, "Member since", "2025-02-30"),
    "date-month-first": lambda b: b.set(COMMUNES, 2, "Granted on", "01/15/2026"),
    "date-is-a-number": lambda b: b.set(COMMUNES, 2, "Granted on", 46037),
    "date-with-time": lambda b: b.set(COMMUNES, 2, "Granted on", datetime(2026, 1, 15, 14, 30)),  # noqa: DTZ001
    "date-in-words": lambda b: b.set(COMMUNES, 2, "Granted on", "15 janvier 2026"),
    "flag-maybe": lambda b: b.set(CAMERAS, 2, "Private space in view", "parfois"),
    "text-is-a-date": lambda b: b.set(CABINETS, 2, "Place", date(2026, 5, 1)),
    "text-is-true": lambda b: b.set(CABINETS, 2, "Place", True),
    "text-too-long": lambda b: b.set(CABINETS, 2, "Place", "a" * 501),
    "text-hidden-character": lambda b: b.set(CABINETS, 2, "Place", "Place\u202e de la Mairie"),
    "text-scrambled": lambda b: b.set(CABINETS, 2, "Place", "Place des Ã‰pars"),
    "serial-lost-digits": lambda b: b.set(CAMERAS, 2, "Serial no.", 1.234567890123456789e18),
    "mac-too-short": lambda b: b.set(CAMERAS, 2, "MAC address", "ac:cc:8e:26:00"),
    "mac-of-a-group": lambda b: b.set(CAMERAS, 2, "MAC address", "01:00:5e:00:00:01"),
    "mac-is-a-number": lambda b: b.set(CAMERAS, 2, "MAC address", 1122334455),
    "mac-of-another-camera": lambda b: b.set(CAMERAS, 2, "MAC address", "AC-CC-8E-26-00-01"),
    "mac-twice-and-more": lambda b: (
        b.set(CAMERAS, 2, "MAC address", "ac:cc:8e:26:01:01"),
        b.set(CAMERAS, 2, "Cabinet", "eglise"),
        b.set(COMMUNES, 2, "Expires on", "bientôt"),
        b.add(
            CAMERAS,
            {**NEW_CAMERA, "Camera": "26170-0002", "MAC address": "ACCC8E260101"},
        ),
    ),
    "mac-twice": lambda b: (
        b.set(CAMERAS, 2, "MAC address", "ac:cc:8e:26:01:01"),
        b.add(
            CAMERAS,
            {**NEW_CAMERA, "Camera": "26170-0002", "MAC address": "ACCC8E260101"},
        ),
    ),
    "required-empty": lambda b: (
        b.set(COMMUNES, 2, "Commune", None),
        b.set(CABINETS, 2, "Switch", None),
        b.set(CABINETS, 2, "Latitude", None),
        b.set(CAMERAS, 2, "View", None),
        b.set(POINTS, 2, "Place", None),
    ),
    "cabinet-on-nothing": lambda b: (
        b.set(CABINETS, 2, "Ring", None),
        b.set(CABINETS, 2, "At km", None),
    ),
    "cabinet-nowhere-on-its-ring": lambda b: b.set(CABINETS, 2, "At km", None),
    "authorisation-half": lambda b: b.set(COMMUNES, 2, "Granted on", None),
    "differs": lambda b: b.add(
        CAMERAS,
        {
            "INSEE code": INSEE,
            "Cabinet": "ecole",
            "Camera": f"{INSEE}-0009",
            "Model": "p1465-le",
            "Masks": "house; garden",
            "Private space in view": "oui",
        },
    ),
    "cabinet-differs": lambda b: b.add(
        CAMERAS,
        {"INSEE code": INSEE, "Cabinet": "place-mairie", "Camera": f"{INSEE}-0009"},
    ),
    "merged-cells": lambda b: (
        b.add(CAMERAS, {**NEW_CAMERA, "Camera": "26170-0002"}),
        b.sheet(CAMERAS).merge_cells("B2:C3"),
    ),
    "formula-failed": lambda b: b.set(CABINETS, 2, "At km", "#REF!"),
    "formula-not-calculated": lambda b: b.set(CABINETS, 2, "At km", "=1+1.5"),
    "heading-misspelt": lambda b: setattr(b.sheet(CAMERAS)["E1"], "value", "Modèles"),
    "heading-twice": lambda b: setattr(b.sheet(CAMERAS)["A1"], "value", "Model"),
    "heading-missing": lambda b: b.sheet(CAMERAS).delete_cols(5),
    "key-column-missing": lambda b: b.sheet(CAMERAS).delete_cols(3),
    "value-below-no-heading": lambda b: b.sheet(CAMERAS).cell(2, 30, "à revoir"),
    "headings-gone": lambda b: b.sheet(CAMERAS).delete_rows(1),
    "sheet-misspelt": lambda b: setattr(b.sheet(CAMERAS), "title", "Camera 2026"),
    "sheet-with-a-word-more": lambda b: setattr(b.sheet(CAMERAS), "title", "Caméras lot 3"),
    "sheets-gone": lambda b: b.without(COMMUNES, CABINETS, CAMERAS, POINTS),
    "many-at-once": lambda b: (
        b.set(COMMUNES, 2, "Expires on", "bientôt"),
        b.set(CABINETS, 2, "Ring", "vilage"),
        b.set(CAMERAS, 2, "Model", "p1465"),
        b.set(CAMERAS, 2, "MAC address", "zz"),
        b.add(POINTS, {"INSEE code": 26169, "Cabinet": "ecole", "Attachment point": "Préau"}),
    ),
}
"""What is done to a batch in which everything is right, by the name of the golden file."""


@pytest.mark.parametrize("name", SPOILT)
def test_wrong_cell_is_told(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    assert_golden: Callable[[str, Path], None],
) -> None:
    monkeypatch.chdir(tmp_path)
    estate = estate_in(Path())
    book = Book.complete(estate)
    SPOILT[name](book)
    before = tree_of(estate)
    found = prepared(estate, book.save(Path("lot.xlsx")))
    assert not found.passes
    assert tree_of(estate) == before
    assert_golden(render_text(found.findings), GOLDEN / f"{name}.txt")


def flat(**more: object) -> dict[str, object]:
    """Give a line of a table: a new commune, its cabinet and a camera."""
    parts = (("commune", NEW_COMMUNE), ("cabinet", NEW_CABINET), ("camera", NEW_CAMERA))
    line: dict[str, object] = {}
    for noun, row in parts:
        for title, value in row.items():
            shared = title in {"Latitude", "Longitude", "Place"}
            line[f"{title} ({noun})" if shared else title] = value
    return {**line, **more}


def _lines(*lines: dict[str, object], separator: str = ";") -> Callable[[Path], object]:
    return lambda path: table(list(lines), path, separator)


def _text(text: str, encoding: str = "utf-8") -> Callable[[Path], object]:
    return lambda path: path.write_bytes(text.encode(encoding))


TABLES: dict[str, Callable[[Path], object]] = {
    "table-contradicts-itself": _lines(
        flat(), flat(Camera="26170-0002", **{"At km": 0.125, "Place (camera)": "gate"})
    ),
    "table-camera-twice": _lines(flat(), flat(Masks="")),
    "table-heading-ambiguous": _lines({**flat(), "Owner": "commune"}),
    "table-comma-splits": _text("INSEE code,Cabinet,Camera\n26169,ecole,26169-0013,5\n"),
    "table-quote-open": _text('INSEE code;Cabinet;Camera\n26169;"ecole;26169-0013\n'),
    "table-windows-1252": _text(
        "Code INSEE;Armoire;Caméra;Modèle\n26169;ecole;26169-0013;inconnu\n", "cp1252"
    ),
    "table-without-headings": _text("26169;ecole;26169-0013\n"),
    "table-binary": lambda path: path.write_bytes(b"a;b\0;c"),
    "table-empty": _text(" \n"),
    "table-missing": lambda _path: None,
}
"""How a table is written that can't be imported."""


@pytest.mark.parametrize("name", TABLES)
def test_wrong_table_is_told(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    assert_golden: Callable[[str, Path], None],
) -> None:
    monkeypatch.chdir(tmp_path)
    estate = estate_in(Path())
    TABLES[name](Path("lot.csv"))
    found = prepared(estate, Path("lot.csv"))
    assert not found.passes
    assert_golden(render_text(found.findings), GOLDEN / f"{name}.txt")


def test_headings_are_read_in_both_languages_and_the_texts_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    estate = estate_in(Path())
    texts = []
    for language in Language:
        book = Book.complete(estate, language)
        SPOILT["many-at-once"](book)
        found = prepared(estate, book.save(Path(f"{language}.xlsx")))
        texts.append([(one.code, one.what, one.how) for one in found.findings])
    assert texts[0]
    assert texts[0] == texts[1]


def test_findings_stand_in_the_order_of_the_rows(tmp_path: Path) -> None:
    estate = estate_in(tmp_path)
    book = Book.complete(estate)
    for number in range(2, 13):
        row = {**NEW_CAMERA, "Camera": f"26170-{number:04d}", "MAC address": "zz", "Model": "x"}
        book.add(CAMERAS, row)
    found = prepared(estate, book.save(tmp_path / "lot.xlsx"))
    cells = [
        line.split()[0].rpartition("!")[2] for line in render_text(found.findings).split("\n\n")
    ]
    assert cells[:-1] == [f"{column}{row}" for row in range(3, 14) for column in "EQ"]
