"""What an import makes of the inventory: new files, changes of a line, or nothing."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.unit.batch.batches import (
    INSEE,
    NEW_CABINET,
    NEW_CAMERA,
    Book,
    commune_file,
    estate_in,
    prepared,
    table,
    tree_of,
)

from maille.batch.drafts import save
from maille.batch.language import Language
from maille.batch.sheets import CABINETS, CAMERAS, COMMUNES, POINTS
from maille.errors import MailleError
from maille.inventory.load import load

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parents[2] / "golden" / "batch"
ALLAN = (GOLDEN / "26170-allan.yaml").read_text(encoding="utf-8")
"""What an import makes of the batch that `Book.complete` gives."""


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    return estate_in(tmp_path / "inventory")


def import_(estate: Path, book: Book, *, update: bool = False) -> list[str]:
    """Import a book; give what became of each file."""
    found = prepared(estate, book.save(estate.parent / "lot.xlsx"), update=update)
    assert found.findings == ()
    save(found.drafts)
    return [draft.action for draft in found.drafts]


def changed_lines(before: str, after: str) -> list[str]:
    """Give the lines that a comparison shows."""
    compared = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in compared if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize("language", Language)
def test_new_commune_reads_like_one_written_by_hand(estate: Path, language: Language) -> None:
    assert import_(estate, Book.complete(estate, language)) == ["new"]
    assert commune_file(estate, "26170").read_text() == ALLAN
    assert not [finding for finding in load(estate).findings if finding.fails]


def test_table_makes_the_same_file_as_a_workbook(estate: Path) -> None:
    line = {
        "Code INSEE": "26170",
        "Commune": "Allan",
        "Population": "1 790",
        "Latitude (commune)": "44,4958",
        "Longitude (commune)": "4,7906",
        "Zone": "rural",
        "Membre depuis": "01/01/2026",
        "Convention": "commune-2014",
        "N° d'autorisation": "26-2026-0001",
        "Accordée le": "15/01/2026",
        "Expire le": "14/01/2031",
        "Conservation max. (jours)": "30",
        "Armoire": "mairie",
        "Emplacement (armoire)": "Place de la Mairie",
        "armoire latitude": "44,4958",
        "LONGITUDE (ARMOIRE)": "4,7906",
        "Commutateur": "ie-3300-8p2s",
        "Anneau": "village",
        "Point kilométrique": "1,625",
        "Alimentation": "eclairage-nord",
        "Onduleur (min)": "30",
        "Caméra": "26170-0001",
        "Modèle": "p1465-le",
        "Emplacement (caméra)": "façade, north corner",
        "Vue": "place",
        "Masques": "north windows; garden",
    }
    found = prepared(estate, table([line], estate.parent / "lot.csv"))
    assert found.findings == ()
    save(found.drafts)
    text = commune_file(estate, "26170").read_text()
    assert text == ALLAN.replace("    attachment_points:\n      parvis: {place: lamp post}\n", "")


def test_second_import_changes_nothing(estate: Path) -> None:
    book = Book.complete(estate)
    import_(estate, book)
    before = tree_of(estate)
    assert import_(estate, book) == ["same"]
    assert import_(estate, book, update=True) == ["same"]
    assert tree_of(estate) == before


def test_rows_may_name_what_is_known_without_repeating_it(estate: Path) -> None:
    book = Book(estate)
    book.add(
        CAMERAS, {**NEW_CAMERA, "INSEE code": INSEE, "Cabinet": "ecole", "Camera": "26169-0013"}
    )
    before = commune_file(estate).read_text()
    assert import_(estate, book) == ["changed"]
    after = commune_file(estate).read_text()
    assert [line[:19] for line in changed_lines(before, after)] == ["+      26169-0013: "]


def test_new_cabinet_stands_behind_the_last_one(estate: Path) -> None:
    book = Book.complete(estate)
    for sheet in (COMMUNES, CABINETS, CAMERAS, POINTS):
        book.set(sheet, 2, "INSEE code", INSEE)
    book.sheet(COMMUNES).delete_rows(2)
    book.set(CAMERAS, 2, "Camera", "26169-0013").set(CABINETS, 2, "Cabinet", "salle-des-fetes")
    book.set(CAMERAS, 2, "Cabinet", "salle-des-fetes").set(POINTS, 2, "Cabinet", "salle-des-fetes")
    before = commune_file(estate).read_text()
    import_(estate, book)
    after = commune_file(estate).read_text()
    assert after.startswith(before)
    assert after.removeprefix(before).startswith(
        "\n  salle-des-fetes:\n    place: Place de la Mairie\n"
    )


def test_update_changes_one_line_a_field_and_keeps_everything_else(
    estate: Path, assert_golden: Callable[[str, Path], None]
) -> None:
    book = Book(estate)
    book.add(COMMUNES, {"INSEE code": INSEE, "Population": 2301, "Zone": "rural"})
    book.add(
        CABINETS, {"INSEE code": INSEE, "Cabinet": "ecole", "At km": 3.25, "Serial no.": "FCW1"}
    )
    book.add(
        CAMERAS,
        {
            "INSEE code": INSEE,
            "Cabinet": "place-mairie",
            "Camera": "26169-0001",
            "Place": "mast: in the middle",
            "Masks": "windows-north",
            "Height (m)": 6,
        },
    )
    file = commune_file(estate)
    before = file.read_text()
    import_(estate, book, update=True)
    changes = "\n".join(changed_lines(before, file.read_text())) + "\n"
    assert_golden(changes, GOLDEN / "update.diff")


def test_update_moves_a_camera_with_its_comment(estate: Path) -> None:
    file = commune_file(estate)
    text = re.sub(r"(26169-0010: .*\})", r"\1  # asked for by the head teacher", file.read_text())
    file.write_text(text)
    book = Book(estate)
    book.add(
        CAMERAS,
        {"INSEE code": INSEE, "Cabinet": "entree-nord", "Camera": "26169-0010", "View": "road"},
    )
    import_(estate, book, update=True)
    line = next(line for line in text.splitlines() if "26169-0010" in line)
    assert changed_lines(text, file.read_text()) == [
        f"+{line.replace('view: school', 'view: road')}",
        f"-{line}",
    ]


def test_last_camera_of_a_cabinet_moves_to_a_new_one(estate: Path) -> None:
    book = Book.complete(estate)
    import_(estate, book)
    move = Book(estate)
    row = {"INSEE code": "26170", "Cabinet": "stade"}
    move.add(CABINETS, {**NEW_CABINET, **row})
    move.add(CAMERAS, {**row, "Camera": "26170-0001"})
    import_(estate, move, update=True)
    commune = load(estate).whole().communes["26170"]
    assert list(commune.cabinets["mairie"].cameras) == []
    assert list(commune.cabinets["stade"].cameras) == ["26170-0001"]
    assert "    cameras: {}\n" in commune_file(estate, "26170").read_text()


def test_windows_files_keep_their_line_ends_and_their_mark(estate: Path) -> None:
    file = commune_file(estate)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    book = Book(estate)
    book.add(COMMUNES, {"INSEE code": INSEE, "Zone": "rural"})
    import_(estate, book, update=True)
    after = file.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf")
    assert b"\r\nzone: rural\r\n" in after
    assert after.count(b"\n") == after.count(b"\r\n")


def test_link_to_a_file_stays_a_link(estate: Path) -> None:
    file = commune_file(estate)
    target = estate.parent / "kept elsewhere.yaml"
    file.rename(target)
    file.symlink_to(target)
    book = Book(estate)
    book.add(COMMUNES, {"INSEE code": INSEE, "Zone": "rural"})
    import_(estate, book, update=True)
    assert file.is_symlink()
    assert "zone: rural" in target.read_text()


def test_file_that_changed_meanwhile_is_left_alone(estate: Path) -> None:
    book = Book.complete(estate)
    book.add(COMMUNES, {"INSEE code": INSEE, "Zone": "rural"})
    found = prepared(estate, book.save(estate.parent / "lot.xlsx"), update=True)
    file = commune_file(estate)
    file.write_text(file.read_text() + "# somebody else\n")
    before = tree_of(estate)
    with pytest.raises(MailleError, match="changed in the meantime"):
        save(found.drafts)
    assert tree_of(estate) == before


def test_crash_while_writing_leaves_the_old_files(
    estate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Book.complete(estate)
    book.add(COMMUNES, {"INSEE code": INSEE, "Zone": "rural"})
    found = prepared(estate, book.save(estate.parent / "lot.xlsx"), update=True)
    before = tree_of(estate)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(found.drafts)
    assert tree_of(estate) == before


def test_commune_whose_file_is_wrong_is_not_touched(estate: Path) -> None:
    book = Book(estate)
    file = commune_file(estate)
    file.write_text(file.read_text().replace("population: 2295", "population: many"))
    book.add(COMMUNES, {"INSEE code": INSEE, "Zone": "rural"})
    found = prepared(estate, book.save(estate.parent / "lot.xlsx"), update=True)
    assert [one.what for one in found.findings] == [f"the file of commune `{INSEE}` has errors"]


def test_what_was_wrong_before_does_not_stand_in_the_way(estate: Path) -> None:
    book = Book.complete(estate)
    file = commune_file(estate)
    file.write_text(file.read_text().replace("sector: ecole", "sector: eglise"))
    assert import_(estate, book) == ["new"]


def test_blank_rows_remarks_titles_and_own_sheets_do_not_matter(estate: Path) -> None:
    book = Book.complete(estate)
    for sheet in (COMMUNES, CABINETS, CAMERAS, POINTS):
        target = book.sheet(sheet)
        target.insert_rows(1, 2)
        target["A1"] = "Lot 2026, version 3"
        target.insert_rows(4, 3)
        target["A5"] = "\u00a0 "
        target.cell(7, 1).value = "à confirmer"
    own = book.book.create_sheet("Suivi")
    own["A1"] = "calculs"
    found = prepared(estate, book.save(estate.parent / "lot.xlsx"))
    assert [one.code for one in found.findings] == ["I403"]
    assert found.passes
    assert found.drafts[0].after.decode() == ALLAN


@settings(max_examples=examples(12), deadline=None)
@given(st.permutations(range(len(CAMERAS.columns))))
def test_columns_stand_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    estate = estate_in(tmp_path_factory.mktemp("order"))
    book = Book.complete(estate)
    sheet = book.sheet(CAMERAS)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for number, row in enumerate(rows, 1):
        for column, at in enumerate(order, 1):
            sheet.cell(number, column).value = row[at]
    found = prepared(estate, book.save(estate.parent / "lot.xlsx"))
    assert found.findings == ()
    assert found.drafts[0].after.decode() == ALLAN


def test_change_that_defeats_the_file_is_told_and_not_written(
    estate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Book(estate)
    book.add(COMMUNES, {"INSEE code": INSEE, "Zone": "rural"})
    batch = book.save(estate.parent / "lot.xlsx")
    monkeypatch.setattr(
        "maille.batch.commune_files.edited", lambda text, *_: text + "zone: urban\n"
    )
    found = prepared(estate, batch, update=True)
    assert [one.code for one in found.findings] == ["I415"]
    assert found.drafts == ()


def test_workbook_of_another_program_is_read_with_the_values_of_its_formulas(estate: Path) -> None:
    found = prepared(estate, GOLDEN / "saved-by-libreoffice.xlsx")
    assert found.findings == ()
    assert found.drafts[0].after.decode() == ALLAN
