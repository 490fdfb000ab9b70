"""The workbook that an integrator gets: complete, in one's language, and with lists."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from tests.unit.batch.batches import INSEE, INVENTORY

from maille.batch.blank import blank
from maille.batch.fields import is_default
from maille.batch.flat import table
from maille.batch.headings import flat_names, names_of
from maille.batch.language import Language
from maille.batch.lists import lists_of
from maille.batch.sheets import FLAT_SHEETS, SHEETS
from maille.batch.template import workbook
from maille.batch.trees import holds
from maille.errors import UsageError
from maille.inventory.load import load
from maille.inventory.suggest import slug

LOADED = load(INVENTORY / "malataverne")
ESTATE = LOADED.whole()
LISTS = lists_of(ESTATE)
TITLES = {
    Language.FR: ["Lisez-moi", "Communes", "Armoires", "Caméras", "Points d'attache", "Listes"],
    Language.EN: ["Read me", "Communes", "Cabinets", "Cameras", "Attachment points", "Lists"],
}


def book_in(language: Language) -> openpyxl.Workbook:
    data = workbook(ESTATE.settings.title, LISTS, language)
    return openpyxl.load_workbook(io.BytesIO(data))


def offered(book: openpyxl.Workbook, sheet: str, heading: str) -> list[object]:
    """Give what the drop-down list below a heading offers."""
    target = book[sheet]
    index = [cell.value for cell in target[1]].index(heading) + 1
    letter = get_column_letter(index)
    for rule in target.data_validations.dataValidation:
        if rule.type == "list" and f"{letter}2" in rule.sqref:
            formula = str(rule.formula1).removeprefix("=")
            if formula.startswith('"'):
                return list(formula.strip('"').split(","))
            name, cells = formula.rsplit("!", 1)
            area = book[name.strip("'")][cells.replace("$", "")]
            return [cell.value for row in area for cell in row]
    return []


@pytest.mark.parametrize("language", Language)
def test_every_column_has_a_heading_that_stays_in_sight_and_is_explained(
    language: Language,
) -> None:
    book = book_in(language)
    assert book.sheetnames == TITLES[language]
    for sheet in SHEETS:
        target = book[sheet.title.within(language)]
        headings = [cell.value for cell in target[1]]
        assert headings == [
            column.title.within(language) + (" *" if column.required else "")
            for column in sheet.columns
        ]
        assert all(cell.comment and cell.comment.text for cell in target[1])
        assert target.freeze_panes
        assert target["A2"].value in {"exemple", "example"}


def test_lists_offer_what_the_estate_and_its_catalogue_have() -> None:
    book = book_in(Language.FR)
    assert offered(book, "Armoires", "Anneau") == list(ESTATE.network.rings)
    assert offered(book, "Caméras", "Modèle *") == list(ESTATE.catalogue.cameras)
    assert offered(book, "Communes", "Convention") == list(ESTATE.conventions)
    assert offered(book, "Caméras", "Vue *")[:3] == ["place", "voirie", "entrée"]
    assert offered(book, "Armoires", "Sur la voie publique") == ["oui", "non"]
    switches = offered(book, "Armoires", "Commutateur *")
    assert "ie-3300-8p2s" in switches
    assert "720dp-24s" in switches or not ESTATE.catalogue.switches["720dp-24s"].access


def test_codes_and_labels_are_text_and_days_are_dates() -> None:
    book = book_in(Language.FR)
    sheet = book["Caméras"]
    formats = {
        cell.value: sheet.column_dimensions[get_column_letter(index)].number_format
        for index, cell in enumerate(sheet[1], 1)
    }
    assert formats["Code INSEE *"] == "@"
    assert formats["Adresse MAC"] == "@"
    assert formats["En service le"] == "dd/mm/yyyy"


def test_example_row_stands_for_no_commune() -> None:
    book = book_in(Language.EN)
    codes = {book[title]["B2"].value for title in TITLES[Language.EN][1:5]}
    assert codes == {"00000"}


def test_filled_workbook_has_no_example_and_shows_dates_and_choices() -> None:
    data = blank(LOADED, ".xlsx", Language.FR, [INSEE])
    cameras = openpyxl.load_workbook(io.BytesIO(data))["Caméras"]
    titles = [cell.value for cell in cameras[1]]
    first = dict(zip(titles, (cell.value for cell in cameras[2]), strict=True))
    assert first["Caméra *"] == f"{INSEE}-0001"
    assert first["Vue *"] == "place"
    assert first["En service le"].date().isoformat() == "2019-11-18"  # type: ignore[union-attr]
    assert first["Remarque"] is None


def test_table_is_opened_by_a_french_spreadsheet_at_a_click() -> None:
    data = blank(LOADED, ".csv", None, [INSEE])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 12
    assert rows[0]["Latitude (armoire)"] == "44,4739"


def test_language_is_the_estates_unless_one_is_asked_for() -> None:
    assert b"Code INSEE" in blank(LOADED, ".csv", None, [])
    assert b"INSEE code" in blank(LOADED, ".csv", Language.EN, [])


@pytest.mark.parametrize(
    ("suffix", "communes", "what"),
    [(".ods", [], "`.ods` is no kind"), (".xlsx", ["26170"], "commune `26170` unknown")],
)
def test_template_that_can_not_be_made_is_told(suffix: str, communes: list[str], what: str) -> None:
    with pytest.raises(UsageError, match=what):
        blank(LOADED, suffix, None, communes)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title.en)
def test_no_heading_stands_for_two_columns_of_a_sheet(sheet: object) -> None:
    from maille.batch.columns import Sheet

    assert isinstance(sheet, Sheet)
    titles = [{slug(title) for title in column.title} for column in sheet.columns]
    assert len(names_of(sheet).known) == sum(map(len, titles))


def test_every_heading_of_a_table_is_known() -> None:
    for language in Language:
        header = table(LISTS, language).decode("utf-8-sig").splitlines()[0]
        separator = ";" if language is Language.FR else ","
        names = flat_names(FLAT_SHEETS)
        unknown = [title for title in header.split(separator) if slug(title) not in names.known]
        assert unknown == []


def test_columns_lead_to_fields_that_there_are() -> None:
    commune = ESTATE.communes[INSEE].model_dump(mode="json")
    cabinet = commune["cabinets"]["ecole"]
    records = (commune, cabinet, cabinet["cameras"][f"{INSEE}-0009"])
    for sheet, record in zip(FLAT_SHEETS, records, strict=True):
        for column in sheet.columns:
            top = column.path[:1]
            assert holds(record, top), f"{sheet.title.en}: {column.title.en}"


def test_defaults_are_those_of_the_schema() -> None:
    communes, cabinets, cameras = FLAT_SHEETS
    assert is_default(cabinets, ("street",), value=True)
    assert is_default(cabinets, ("spur", "medium"), value="fibre")
    assert is_default(cabinets, ("power", "ups_minutes"), value=0)
    assert is_default(cameras, ("private_space",), value=True)
    assert not is_default(cameras, ("private_space",), value=False)
    assert not is_default(communes, ("commune",), value="")
    assert not is_default(cabinets, ("position", 0), value=0)
