"""The book in Chromium: it is quiet, it asks nobody for anything, it fits a telephone and paper."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import pytest
from tests import estates
from tests.browser.watched import PHONE

from maille.documents.everything import documents
from maille.folders import replace_folder

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser
    from tests.browser.watched import Watched

pytestmark = pytest.mark.browser

FRONT = (
    "index.html",
    "map.html",
    "communes.html",
    "cameras.html",
    "conventions.html",
    "network.html",
    "places.html",
    "addresses.html",
    "cabling.html",
    "materials.html",
    "capacity.html",
    "storage.html",
    "findings.html",
    "find.html",
)
SHEETS = (
    "communes/28085.html",
    "communes/28004.html",
    "labels/28085.html",
    "rings/chartres-centre.html",
    "cabinets/28085-marche.html",
    "sites/csi.html",
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the documents of Chartres and give the book's folder."""
    folder = tmp_path_factory.mktemp("documents") / "out"
    replace_folder(folder, documents(estates.built(estates.INVENTORY / "chartres")))
    return folder / "book"


@pytest.mark.parametrize("name", FRONT + SHEETS)
def test_a_page_is_quiet_and_loads_itself_alone(book: Path, desktop: Watched, name: str) -> None:
    url = (book / name).as_uri()
    desktop.page.goto(url)
    assert desktop.complaints == []
    assert [it for it in desktop.requests if it not in {url, "data:,"}] == []


@pytest.mark.parametrize("name", FRONT + SHEETS)
def test_a_page_fits_a_telephone(book: Path, phone: Watched, name: str) -> None:
    phone.page.goto((book / name).as_uri())
    wide = phone.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"]


@pytest.mark.parametrize("name", ["index.html", "communes/28085.html", "capacity.html"])
def test_a_page_prints(book: Path, desktop: Watched, name: str) -> None:
    desktop.page.goto((book / name).as_uri())
    assert desktop.page.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF-")
    desktop.page.emulate_media(media="print")
    assert not desktop.page.locator(".contents").is_visible()
    assert desktop.page.locator("h1").is_visible()


def test_labels_fill_sheets_of_24(book: Path, desktop: Watched) -> None:
    page = desktop.page
    page.goto((book / "labels/28085.html").as_uri())
    counts = page.evaluate(
        "[...document.querySelectorAll('.labels')].map(list => list.children.length)"
    )
    assert len(counts) == 3
    assert sum(counts) > 148
    printed = page.pdf(prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert sheets == sum(math.ceil(count / 24) for count in counts)
    page.emulate_media(media="print")
    size = page.evaluate(
        "(({width, height}) => [width, height])"
        "(document.querySelector('.labels li').getBoundingClientRect())"
    )
    assert size == pytest.approx([70 / 25.4 * 96, 37 / 25.4 * 96], abs=0.5)


def test_a_filter_keeps_the_rows_that_match_whatever_the_accents(
    book: Path, desktop: Watched
) -> None:
    page = desktop.page
    page.goto((book / "communes.html").as_uri())
    page.locator(".filter input").fill("LEVES")
    shown = page.locator("tbody tr:visible")
    assert shown.count() == 1
    assert "Lèves" in shown.inner_text()
    page.locator(".filter input").fill("")
    assert page.locator("tbody tr:visible").count() == 66


def test_the_search_field_leads_to_everything(book: Path, desktop: Watched) -> None:
    page = desktop.page
    page.goto((book / "rings/chartres-centre.html").as_uri())
    page.locator("#search").fill("28085-0001")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find.html?q=28085-0001")
    page.locator("tbody tr:visible a").first.click()
    assert page.url.endswith("cabinets/28085-marche.html#id-28085-0001")
    assert page.locator("tr:target").is_visible()


def test_the_map_leads_to_communes_and_rings(book: Path, desktop: Watched) -> None:
    page = desktop.page
    page.goto((book / "map.html").as_uri())
    page.locator("svg a[href='communes/28227.html']").click()
    assert page.locator("h1").inner_text() == "Maintenon"


def test_a_drawing_leads_to_its_neighbours(book: Path, desktop: Watched) -> None:
    page = desktop.page
    page.goto((book / "rings/chartres-centre.html").as_uri())
    page.locator("figure svg a", has_text="Parvis de la gare").click()
    assert page.locator("h1").inner_text() == "Parvis de la gare"


def test_the_first_key_skips_to_the_content(book: Path, desktop: Watched) -> None:
    page = desktop.page
    page.goto((book / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_without_scripts_everything_is_there(book: Path, chromium: Browser) -> None:
    page = chromium.new_page(viewport=PHONE, java_script_enabled=False)
    page.goto((book / "communes.html").as_uri())
    assert page.locator("tbody tr").count() == 66
    assert not page.locator(".filter").first.is_visible()
    page.locator(".contents summary").click()
    page.locator(".contents a", has_text="Réseau").click()
    assert page.locator("h1").inner_text() == "Réseau"
    page.close()


@pytest.mark.parametrize(
    "name", ["cabinets/28085-marche.html", "communes/28004.html", "addresses.html"]
)
def test_a_table_that_is_too_wide_for_a_telephone_becomes_cards(
    book: Path, phone: Watched, name: str
) -> None:
    page = phone.page
    page.goto((book / name).as_uri())
    tables = page.locator("main table")
    cut = "table => table.scrollWidth > table.parentNode.clientWidth + 1"
    assert not any(tables.nth(number).evaluate(cut) for number in range(tables.count()))
    card = page.locator("table.cards").first
    assert card.get_attribute("role") == "table"
    first = card.locator("tbody tr").first
    assert first.locator("[role=rowheader]").count() == 1
    title = "cell => getComputedStyle(cell, '::before').content"
    told = card.locator("thead th").all_inner_texts()
    seen = [cell.evaluate(title).strip('"') for cell in first.locator("> *").all()]
    assert seen == told


def test_a_filtered_card_is_gone(book: Path, phone: Watched) -> None:
    page = phone.page
    page.goto((book / "communes.html").as_uri())
    assert page.locator("table.cards").count() == 1
    page.locator(".filter input").fill("leves")
    assert page.locator("tbody tr:visible").count() == 1


def test_a_drawing_of_a_cabinet_shows_its_switch_first(book: Path, phone: Watched) -> None:
    page = phone.page
    page.goto((book / "cabinets/28085-marche.html").as_uri())
    box = page.locator("figure svg text", has_text="28085-marche").first.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]


LEAST_PX = 9.9
SIZE = """
() => Math.min(...[...document.querySelectorAll("figure svg text")].map(
  text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))
"""


@pytest.mark.parametrize(
    "name", ["map.html", "network.html", "rings/chartres-centre.html", "cabinets/28085-marche.html"]
)
def test_text_in_drawings_can_be_read_on_a_telephone(book: Path, phone: Watched, name: str) -> None:
    phone.page.goto((book / name).as_uri())
    assert phone.page.evaluate(SIZE) >= LEAST_PX


A4_PX = 186 / 25.4 * 96
ACROSS_PX = 273 / 25.4 * 96
BROKEN = """
() => [...document.querySelectorAll("main td code, main th code")].filter(code =>
  /^[\\d.:\\/a-f]+$/.test(code.textContent) && code.getClientRects().length > 1
).map(code => code.textContent)
"""


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("addresses.html", ACROSS_PX),
        ("cameras.html", ACROSS_PX),
        ("cabling.html", A4_PX),
        ("communes/28085.html", A4_PX),
        ("cabinets/28085-marche.html", A4_PX),
        ("rings/chartres-centre.html", A4_PX),
    ],
)
def test_paper_cuts_no_table_and_breaks_no_address(
    book: Path, desktop: Watched, name: str, width: float
) -> None:
    page = desktop.page
    page.set_viewport_size({"width": int(width), "height": 1000})
    page.emulate_media(media="print")
    page.goto((book / name).as_uri())
    wide = page.evaluate(
        "Math.max(...[...document.querySelectorAll('table')].map(t => t.scrollWidth))"
    )
    assert wide <= width + 1
    assert page.evaluate(BROKEN) == []


CONTRAST = """
() => {
  const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  const paper = light(behind(document.body));
  for (const text of document.querySelectorAll("figure svg text:not(.badge-text)")) {
    const ink = light(parse(getComputedStyle(text).fill));
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) poor.push(`${text.textContent} ${ratio.toFixed(2)}`);
  }
  for (const element of document.querySelectorAll("body *:not(svg *)")) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !element.checkVisibility() || element.closest(".skip")) continue;
    const a = light(parse(getComputedStyle(element).color)), b = light(behind(element));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push(`${element.tagName} ${element.className} ${ratio.toFixed(2)}`);
  }
  return [...new Set(poor)];
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "communes/28004.html",
        "capacity.html",
        "storage.html",
        "network.html",
        "cabinets/28085-marche.html",
    ],
)
def test_text_stands_out_in_light_and_dark(
    book: Path, desktop: Watched, name: str, scheme: str
) -> None:
    desktop.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    desktop.page.goto((book / name).as_uri())
    assert desktop.page.evaluate(CONTRAST) == []
