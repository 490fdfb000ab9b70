"""A report in each of its forms, all from the same month."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from rich.console import Console
from tests.pages import read
from tests.unit.health.reporting.memory import utc
from tests.unit.health.reporting.month import PARIS

from maille.health.reporting.as_table import as_table
from maille.health.reporting.compiling import compile_report
from maille.health.reporting.files import report_file
from maille.health.reporting.model import Asked
from maille.health.reporting.wording import brief, moment, owed, share, span, window
from maille.local_time import end_of, start_of
from maille.tongue import tongue

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.health.reporting.memory import Memory

    from maille.blueprint.model import Blueprint
    from maille.health.model import Kind
    from maille.health.reporting.model import By, Report
    from maille.health.uptime.spans import Span

GOLDEN = Path(__file__).parents[3] / "golden" / "health" / "report"
DAY = date(2026, 4, 1)
ENGLISH, FRENCH = tongue("en"), tongue("fr")


@pytest.fixture(scope="module")
def reports(blueprint: Blueprint, history: Memory, march: Span) -> dict[str, Report]:
    kinds: frozenset[Kind] = frozenset({"camera"})
    bys: tuple[By, ...] = ("camera", "commune", "wave", "owner")
    return {by: compile_report(blueprint, history, Asked(march, PARIS, by, kinds)) for by in bys}


def table(report: Report) -> str:
    console = Console(width=200, file=io.StringIO(), color_system=None)
    with console.capture() as captured:
        console.print(as_table(report))
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


@pytest.mark.parametrize("by", ["camera", "commune", "wave", "owner"])
def test_table(
    reports: dict[str, Report], by: str, assert_golden: Callable[[str, Path], None]
) -> None:
    assert_golden(table(reports[by]), GOLDEN / f"{by}.txt")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_files_for_programs(
    reports: dict[str, Report], form: str, assert_golden: Callable[[str, Path], None]
) -> None:
    written = report_file(reports["commune"], f".{form}", DAY, ENGLISH)
    assert isinstance(written, str)
    assert_golden(written, GOLDEN / f"commune.{form}")


def test_json_says_what_the_month_was(reports: dict[str, Report]) -> None:
    written = report_file(reports["commune"], ".json", DAY, ENGLISH)
    document = json.loads(written)
    ici, ailleurs = document["rows"]
    assert (ici["key"], ici["availability"]) == ("28085", 3893.5 / 3901)
    assert (ailleurs["upstream_s"], ailleurs["maintenance_s"]) == (3 * 3600, 2 * 3600)
    assert document["not_polled"] == [
        {"from": "2026-03-20T06:00:00Z", "to": "2026-03-20T12:00:00Z"}
    ]


def test_workbook_holds_numbers_and_every_outage(reports: dict[str, Report]) -> None:
    written = report_file(reports["commune"], ".xlsx", DAY, FRENCH)
    assert isinstance(written, bytes)
    book = load_workbook(io.BytesIO(written))
    rows = [[cell.value for cell in row] for row in book["Disponibilité"].iter_rows(min_row=2)]
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("28085", "Ici", 3893.5 / 3901),
        ("28110", "Ailleurs", 6170 / 6175),
    ]
    outages = [[cell.value for cell in row] for row in book["Interruptions"].iter_rows(min_row=2)]
    assert [row[0] for row in outages] == ["28085-0001", "n-03", "28110-0006", "28085-0005"]
    assert outages[3][2:4] == ["2026-03-29 01:30:00+01:00", "2026-03-29 05:30:00+02:00"]
    assert book.sheetnames == [
        "Disponibilité",
        "Contrats",
        "Causes",
        "Interruptions",
        "Non surveillé",
    ]


@pytest.mark.parametrize("by", ["camera", "commune", "wave", "owner"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_page_is_whole_and_asks_nobody(reports: dict[str, Report], by: str, language: str) -> None:
    written = report_file(reports[by], ".html", DAY, tongue(language))
    page = read(str(written))
    assert page.loads == ["data:,"]
    assert page.headings.count("h1") == 1
    assert len(page.ids) == len(set(page.ids))
    words = {"fr": "Causes les plus lourdes", "en": "Worst causes"}
    assert words[language] in page.seen


def test_page_says_what_the_month_was(reports: dict[str, Report]) -> None:
    page = read(str(report_file(reports["commune"], ".html", DAY, FRENCH)))
    said = {text.replace("\N{NO-BREAK SPACE}", " ") for text in page.seen}
    assert "Du 1er mars 2026 au 31 mars 2026, à l’heure Europe/Paris : 743 h" in said
    assert "99,93 % : tenu" in said
    assert "20 mars 2026 07:00" in said


def test_what_lacks_a_minute_is_never_a_hundred_percent() -> None:
    assert share(1.0, ENGLISH) == "100.00%"
    assert share(0.999999, ENGLISH) == "99.99%"
    assert share(0.29, ENGLISH) == "29.00%"
    assert share(None, ENGLISH) == "–"
    assert owed(0.995, ENGLISH) == "99.5%"
    assert owed(0.99, FRENCH) == "99\N{NO-BREAK SPACE}%"


def test_spans_are_told_in_two_units_and_in_one() -> None:
    space = "\N{NO-BREAK SPACE}"
    told = {
        timedelta(seconds=40): (f"40{space}s", f"40{space}s"),
        timedelta(minutes=18, seconds=2): (f"18{space}min 2{space}s",) * 2,
        timedelta(hours=7, minutes=54): (f"7{space}h 54{space}min", f"7.9{space}h"),
        timedelta(days=2, hours=23, minutes=59): (f"2{space}d 23{space}h", f"3.0{space}d"),
        timedelta(days=82, hours=17): (f"82{space}d 17{space}h", f"83{space}d"),
    }
    assert {length: (span(length, ENGLISH), brief(length, ENGLISH)) for length in told} == told


def test_an_hour_that_the_clock_shows_twice_is_told_with_its_offset() -> None:
    assert moment(utc(2026, 10, 25, 0, 30), PARIS, FRENCH) == "25 oct. 2026 02:30 (UTC+02:00)"
    assert moment(utc(2026, 10, 25, 1, 30), PARIS, FRENCH) == "25 oct. 2026 02:30 (UTC+01:00)"
    assert moment(utc(2026, 10, 25, 3, 30), PARIS, FRENCH) == "25 oct. 2026 04:30"


def test_windows_of_days_are_told_as_days() -> None:
    one = (start_of("2026-03-29", PARIS), end_of("2026-03-29", PARIS))
    assert window(one, PARIS, ENGLISH) == "on March 29, 2026"
    hours = (start_of("2026-03-29 06:00", PARIS), end_of("2026-03-29 14:00", PARIS))
    assert window(hours, PARIS, ENGLISH) == "from Mar 29, 2026 06:00 to Mar 29, 2026 14:00"
