"""Lists and spreadsheets: complete, counted right, the same in every form."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from tests import estates

from maille.documents.pages.lists import spreadsheets
from maille.documents.tables.materials import Item, materials

if TYPE_CHECKING:
    from maille.check.built import Built
    from maille.documents.book import Files


def table(files: Files, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(str(files[f"files/{name}.csv"]))))


def item(count: float, category: str = "switch", price: float | None = None) -> Item:
    return Item(category, "m", "M", "maker", 0, count, price)


@pytest.mark.parametrize(
    ("count", "spares"), [(0, 0), (1, 1), (20, 1), (21, 2), (40, 2), (41, 3), (500, 25)]
)
def test_five_of_a_hundred_are_spares_and_at_least_one(count: int, spares: int) -> None:
    assert item(count).spares == spares


def test_servers_and_cables_have_no_spares() -> None:
    assert item(7, "server").spares == 0
    assert item(120.5, "cable").spares == 0


def test_what_is_bought_includes_the_spares() -> None:
    assert item(20, price=100.0).cost_eur == 2100.0
    assert item(20).cost_eur is None


def test_everything_of_the_estate_is_counted_once(chartres: Built) -> None:
    items = materials(chartres.blueprint)
    total: Counter[str] = Counter()
    for found in items:
        total[found.category] += round(found.total)
    assert total["camera"] == 500
    assert total["switch"] == len(chartres.blueprint.switches)
    cables = chartres.blueprint.estate.network.cables.values()
    km = sum(found.total for found in items if found.category == "cable")
    assert km == pytest.approx(sum(cable.length_km for cable in cables))
    storage = next(found for found in items if found.model == "ceph-hdd-12")
    assert storage.total == chartres.blueprint.estate.settings.storage.hosts


def test_a_fibre_strand_takes_two_optics_and_a_direct_attach_cable_is_one(complete: Built) -> None:
    blueprint = complete.blueprint
    catalogue = blueprint.estate.catalogue.optics
    ends = Counter(
        optic
        for link in blueprint.links.values()
        for strand in link.strands
        for optic in (strand.optic_a, strand.optic_b)
        if optic
    )
    for found in materials(blueprint):
        if found.category == "optic":
            dac = catalogue[found.model].medium == "dac"
            assert found.total == ends[found.model] / (2 if dac else 1)


def test_in_place_is_what_is_connected(chartres: Built) -> None:
    cameras = chartres.blueprint.cameras.values()
    in_place = sum(it.in_place for it in materials(chartres.blueprint) if it.category == "camera")
    assert in_place == sum(camera.connected for camera in cameras)


def test_the_cabling_list_has_every_strand_and_every_cord(
    chartres: Built, chartres_book: Files
) -> None:
    blueprint = chartres.blueprint
    strands = table(chartres_book, "cabling-links")
    assert len(strands) == sum(len(link.strands) for link in blueprint.links.values())
    cords = table(chartres_book, "cabling-cords")
    leads = {row["Mène à"] for row in cords}
    assert {camera.id for camera in blueprint.cameras.values() if camera.switch} <= leads
    assert {host.id for host in blueprint.hosts.values()} <= leads
    assert len(table(chartres_book, "cabling-cables")) == len(blueprint.estate.network.cables)


def test_ports_are_short_on_a_page_and_whole_in_a_list(chartres_book: Files) -> None:
    assert table(chartres_book, "cabling-cords")[0]["Port"] == "Ethernet1"
    page = str(chartres_book["cabinets/28085-marche.html"])
    assert '<code title="GigabitEthernet1/3">Gi1/3</code>' in page


def test_no_port_is_in_the_cabling_list_twice(chartres_book: Files) -> None:
    ends = [(row["Commutateur"], row["Port"]) for row in table(chartres_book, "cabling-cords")]
    assert len(ends) == len(set(ends))


def test_the_address_plan_has_every_segment_with_its_use(
    chartres: Built, chartres_book: Files
) -> None:
    rows = {row["Nom"] + row["Paire"]: row for row in table(chartres_book, "addresses-segments")}
    blueprint = chartres.blueprint
    assert len(rows) == len(blueprint.segments)
    for segment in blueprint.segments.values():
        row = rows[segment.vlan_name + segment.pair]
        assert row["Préfixe"] == str(segment.prefix)
        assert int(row["VLAN"]) == segment.vlan
        assert int(row["Libres"]) >= 0


def test_a_workbook_holds_what_the_csv_holds(chartres_book: Files) -> None:
    data = chartres_book["files/materials.xlsx"]
    assert isinstance(data, bytes)
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    written = [[str(value) if value is not None else "" for value in row] for row in sheet.values]
    read = list(csv.reader(io.StringIO(str(chartres_book["files/materials-list.csv"]))))
    assert written == read


def test_a_name_that_looks_like_a_formula_is_a_text() -> None:
    from maille.documents.book import book

    built = estates.built(estates.COMPLETE)
    blueprint = built.blueprint
    ident, camera = next(iter(blueprint.cameras.items()))
    spoiled = {**blueprint.cameras, ident: replace(camera, place="=HYPERLINK(1)")}
    data = book(replace(built, blueprint=replace(blueprint, cameras=spoiled)))
    content = data["files/cameras.xlsx"]
    assert isinstance(content, bytes)
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert [cell.data_type for cell in cells] == ["s"]
    assert "'=HYPERLINK(1)" in str(data["files/cameras-list.csv"])


def test_sheets_have_names_that_a_workbook_takes(complete: Built) -> None:
    from maille.documents.book import context_of

    for sheets in spreadsheets(context_of(complete)).values():
        titles = [listed.title for listed in sheets]
        assert all(len(title) <= 31 and not set(title) & set("[]:*?/\\") for title in titles)
