"""The book: every link leads somewhere, nothing comes from outside, nothing is missing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
import yaml
from tests import estates
from tests.pages import dead_links, read

from maille.documents.book import book
from maille.documents.naming import anchor

if TYPE_CHECKING:
    from pathlib import Path

    from maille.check.built import Built
    from maille.documents.book import Files

SAMPLES = ("chalon", "malataverne", "cecos")


def pages(files: Files) -> dict[str, str]:
    return {
        path: text
        for path, text in files.items()
        if isinstance(text, str) and path.endswith(".html")
    }


def test_every_link_of_the_chartres_book_leads_somewhere(chartres_book: Files) -> None:
    assert list(dead_links(chartres_book)) == []


@pytest.mark.parametrize("estate", SAMPLES)
def test_every_link_of_the_other_samples_leads_somewhere(estate: str) -> None:
    files = book(estates.built(estates.INVENTORY / estate))
    assert list(dead_links(files)) == []


def test_every_link_of_an_estate_with_one_of_everything_leads_somewhere(complete: Built) -> None:
    assert list(dead_links(book(complete))) == []


def test_a_broken_link_would_be_found() -> None:
    files = {"a.html": '<a href="b.html">x</a><a href="#y">z</a>'}
    assert len(list(dead_links(files))) == 2


def test_an_id_of_the_inventory_is_never_the_anchor_of_a_section(chartres_book: Files) -> None:
    assert anchor("cameras") == "id-cameras"
    for path, text in pages(chartres_book).items():
        for name, attributes in read(text).tags:
            if name == "h2" and not path.startswith(("conventions", "sites/")):
                assert not str(attributes["id"]).startswith("id-"), path


def test_nothing_is_loaded_from_anywhere(chartres_book: Files) -> None:
    for path, text in pages(chartres_book).items():
        assert set(read(text).loads) <= {"data:,"}, path
        assert not re.search(r"@import|url\(", text), path
        assert not re.search(r"https?://(?!www\.w3\.org/)", text), path


def test_pages_are_sound_html_with_one_title_and_no_id_twice(chartres_book: Files) -> None:
    for path, text in pages(chartres_book).items():
        page = read(text)
        assert page.headings.count("h1") == 1, path
        assert len(page.ids) == len(set(page.ids)), path


def test_headings_stand_in_order_and_cells_of_the_head_say_what_of(chartres_book: Files) -> None:
    for path, text in pages(chartres_book).items():
        page = read(text)
        levels = [int(name[1]) for name in page.headings]
        assert levels[0] == 1, path
        assert set(levels[1:]) <= {2}, path
        scopes = {attributes.get("scope") for name, attributes in page.tags if name == "th"}
        assert scopes <= {"col", "row"}, path
        for name, attributes in page.tags:
            if name == "svg" and "plot" in str(attributes.get("class")):
                assert attributes.get("aria-labelledby"), path


def test_tables_and_fields_have_names(chartres_book: Files) -> None:
    for path, text in pages(chartres_book).items():
        tags = read(text).tags
        names = [name for name, _ in tags]
        assert names.count("table") == names.count("caption"), path
        for name, attributes in tags:
            if name == "nav":
                assert attributes.get("aria-label"), path
            if attributes.get("role") == "region":
                assert attributes.get("aria-label"), path
                assert attributes.get("tabindex") == "0", path


def test_every_thing_has_its_page(chartres: Built, chartres_book: Files) -> None:
    blueprint = chartres.blueprint
    wanted = {f"communes/{insee}.html" for insee in blueprint.communes}
    wanted |= {f"labels/{insee}.html" for insee in blueprint.communes}
    wanted |= {f"rings/{ring}.html" for ring in blueprint.rings}
    wanted |= {f"sites/{site}.html" for site in blueprint.estate.network.sites}
    wanted |= {f"cabinets/{it.id}.html" for it in blueprint.switches.values() if it.cabinet}
    assert wanted <= chartres_book.keys()
    assert next(iter(chartres_book)) == "index.html"


def test_the_front_tells_the_progress_by_wave(chartres: Built, chartres_book: Files) -> None:
    cameras = chartres.blueprint.cameras.values()
    connected = sum(camera.connected for camera in cameras)
    seen = read(str(chartres_book["index.html"])).seen
    assert f"{connected} / 500" in seen
    assert "249 / 249" in seen
    assert {"Zone urbaine", "Zone urbaine élargie", "Communes rurales"} <= set(seen)


def test_cameras_without_a_place_yet_are_planned_too() -> None:
    files = book(estates.built(estates.INVENTORY / "cecos"))
    seen = read(str(files["index.html"])).seen
    assert "31 / 39" in seen
    assert "0 / 8" in seen


def test_a_place_that_no_camera_covers_is_marked() -> None:
    built = estates.built(estates.INVENTORY / "cecos")
    holes = {f.subject.partition("/")[0] for f in built.findings if f.code == "C002"}
    assert holes
    files = book(built)
    for insee in holes:
        assert "aucune caméra" in read(str(files[f"communes/{insee}.html"])).seen


def test_a_sheet_tells_what_a_commune_asks(chartres: Built, chartres_book: Files) -> None:
    seen = " ".join(read(str(chartres_book["communes/28085.html"])).seen)
    share = chartres.blueprint.communes["28085"]
    text = share.entry.authorisation
    assert text is not None
    assert text.number in seen
    assert "Police nationale, commissariat de Chartres" in seen
    assert "15 jours" in seen
    for ident in share.cameras:
        camera = chartres.blueprint.cameras[ident]
        assert ident in seen
        assert str(camera.address) in seen
    for ident in share.switches:
        assert chartres.blueprint.switches[ident].hostname in seen


def test_a_convention_that_is_not_in_force_gives_no_access() -> None:
    built = estates.built(estates.INVENTORY / "malataverne")
    assert "Gendarmerie" in who_sees(built)
    estate = built.blueprint.estate
    past = {"expires": date(2026, 11, 1)}
    ended = {key: it.model_copy(update=past) for key, it in estate.conventions.items()}
    without = estate.model_copy(update={"conventions": ended})
    later = replace(built, blueprint=replace(built.blueprint, estate=without))
    assert "Personne\N{NO-BREAK SPACE}: aucune convention en vigueur" in who_sees(later)
    assert "Gendarmerie" not in who_sees(later)


def who_sees(built: Built) -> str:
    """Give what the sheet of a commune says of access."""
    text = str(book(built)["communes/26169.html"])
    start = text.index('id="access"')
    return text[start : text.index("<h2", start)]


def test_the_same_estate_gives_the_same_bytes(complete: Built) -> None:
    assert book(complete) == book(complete)


def test_nothing_tells_where_the_inventory_lay(chartres_book: Files) -> None:
    for path, text in chartres_book.items():
        data = text.encode() if isinstance(text, str) else text
        assert str(estates.ROOT).encode() not in data, path


def test_an_english_estate_has_an_english_book(tmp_path: Path) -> None:
    folder = estates.copy(estates.INVENTORY / "malataverne", tmp_path)
    estates.replace(folder / "estate.yaml", "language: fr", "language: en")
    files = book(estates.built(folder))
    seen = read(str(files["index.html"])).seen
    assert "Overview" in seen
    assert '<html lang="en">' in str(files["index.html"])
    assert list(dead_links(files)) == []


NASTY = "<script>alert(1)</script>\"'&<b>"
NAMED = frozenset({"place", "title", "duty", "reason", "officer", "reference", "number", "people"})


def spoiled(value: object) -> object:
    """Give what a file holds, with a nasty text for every text that is only for people."""
    if isinstance(value, list):
        return [spoiled(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        key: spoiled_text(part) if key in NAMED else spoiled(part) for key, part in value.items()
    }


def spoiled_text(value: object) -> object:
    if isinstance(value, list):
        return [NASTY for _ in value]
    return NASTY if isinstance(value, str) else spoiled(value)


def test_names_cannot_smuggle_markup(tmp_path: Path) -> None:
    folder = estates.copy(estates.INVENTORY / "malataverne", tmp_path)
    for file in sorted(folder.rglob("*.yaml")):
        if "allocations" not in file.parts:
            content = yaml.safe_load(file.read_text(encoding="utf-8"))
            file.write_text(yaml.safe_dump(spoiled(content), allow_unicode=True))
    files = book(estates.built(folder))
    assert sum("&lt;script&gt;" in text for text in pages(files).values()) > 10
    for path, text in pages(files).items():
        names = [name for name, _ in read(text).tags]
        assert names.count("script") == 1, path
        assert "b" not in names, path
    assert list(dead_links(files)) == []
