"""Reports of uptime and of a shift in Chromium: they fit a desk, a telephone and paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests import estates
from tests.browser.watched import DESKTOP, PHONE
from tests.unit.health.reporting import month

from maille.health.reporting.compiling import compile_report
from maille.health.reporting.files import report_file, shift_file
from maille.health.reporting.model import Asked
from maille.health.reporting.shift import compile_shift
from maille.tongue import tongue

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.watched import Watched

    from maille.health.reporting.model import By

pytestmark = pytest.mark.browser

PAGES = [
    f"{what}-{language}.html"
    for what in ("commune", "camera", "shift")
    for language in ("fr", "en")
]
DAY = date(2026, 4, 1)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the month's reports and the hand-over of its 20th day, in both languages."""
    folder = tmp_path_factory.mktemp("pages")
    blueprint = estates.built(month.eventful(tmp_path_factory.mktemp("eventful"))).blueprint
    history = month.remembered(blueprint)
    bys: tuple[By, ...] = ("commune", "camera")
    shift = compile_shift(blueprint, history, month.NIGHT, month.PARIS)
    for language in ("fr", "en"):
        words = tongue(language)
        for by in bys:
            asked = Asked(month.MARCH, month.PARIS, by, frozenset({"camera"}))
            written = report_file(compile_report(blueprint, history, asked), ".html", DAY, words)
            (folder / f"{by}-{language}.html").write_text(str(written), encoding="utf-8")
        (folder / f"shift-{language}.html").write_text(
            shift_file(shift, ".html", DAY, words), encoding="utf-8"
        )
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_a_report_is_quiet_and_loads_itself_alone(pages: Path, desktop: Watched, name: str) -> None:
    url = (pages / name).as_uri()
    desktop.page.goto(url)
    assert desktop.complaints == []
    assert [it for it in desktop.requests if it not in {url, "data:,"}] == []
    assert desktop.page.evaluate("document.documentElement.scrollWidth") <= DESKTOP["width"]


@pytest.mark.parametrize("name", PAGES)
def test_a_report_fits_a_telephone(pages: Path, phone: Watched, name: str) -> None:
    phone.page.goto((pages / name).as_uri())
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("name", PAGES)
def test_a_report_fits_paper(pages: Path, desktop: Watched, name: str) -> None:
    """A sheet of A4 less its margins of 12 mm is 703 points of a screen wide."""
    page = desktop.page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1000})
    page.goto((pages / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 703
    assert page.locator("h1").is_visible()
    assert not page.locator(".filter").first.is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")


def test_bars_end_where_the_availability_is(pages: Path, desktop: Watched) -> None:
    """Ici has 3,893.5 of 3,901 hours: of its bar three parts lack, each as wide as it lasted."""
    desktop.page.goto((pages / "commune-en.html").as_uri())
    row = desktop.page.locator("svg g", has_text="Ici: 99.80%").first
    widths = [float(str(it.get_attribute("width"))) for it in row.locator("rect").all()]
    assert len(widths) == 3
    own, upstream, power = widths
    assert upstream / own == pytest.approx(2, rel=0.01)
    assert power / upstream == pytest.approx(1, rel=0.01)
