"""The Chromium of the system, and pages in it as large as a desk's screen and a telephone's."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright
from tests.browser.watched import DESKTOP, PHONE, Watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start the Chromium of the system; a test that looks at pages fails without one."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "chromium is not installed: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def desktop(chromium: Browser) -> Iterator[Watched]:
    page = chromium.new_page(viewport=DESKTOP)
    yield Watched(page)
    page.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Watched]:
    page = chromium.new_page(viewport=PHONE, is_mobile=True, has_touch=True)
    yield Watched(page)
    page.close()
