"""Findings as text, JSON, JUnit and SARIF."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from maille.cli.blocks import error_block
from maille.errors import Finding, InventoryError, Place, Severity, Waiver
from maille.report import render_json, render_junit, render_sarif, render_text
from maille.rule_info import RuleInfo

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parents[2] / "golden" / "report"
COMMUNE = "communes/28085-chartres.yaml"
FINDINGS = (
    Finding(
        "P003",
        Severity.WARNING,
        "12 W of 60 W are left in the worst case",
        "give the cabinet a switch with a larger supply",
        Place(COMMUNE, 12, 3, "cabinets.epars"),
        "epars",
        "  epars:",
    ),
    Finding(
        "I050",
        Severity.ERROR,
        "camera model `axis-p1455` unknown",
        "did you mean `axis-p1465`?",
        Place(COMMUNE, 18, 26, "cabinets.epars.cameras.28085-0001.model"),
        "28085-0001",
        "      28085-0001: {model: axis-p1455, view: road}",
    ),
    Finding(
        "I050",
        Severity.ERROR,
        "ring `chartres-su` unknown",
        "did you mean `chartres-sud`?",
        Place(COMMUNE, 9, 11, "cabinets.epars.ring"),
        "epars",
        "    ring: chartres-su",
    ),
    Finding(
        "N012",
        Severity.ERROR,
        "link `épars-gare` carries 74 % of its capacity after the loss of cable `c-17`",
        "split the ring",
        Place("network/rings.yaml", 4, 1, "chartres-sud"),
        "épars-gare",
        "chartres-sud:",
        Waiver("works are ordered <2025-4711>", date(2025, 12, 31)),
    ),
    Finding(
        "L001", Severity.INFO, "the authorisation ends in 80 days", "renew it", subject="28085"
    ),
    Finding(
        "I042",
        Severity.ERROR,
        "`trente` is a text, where a whole number is needed",
        "write it in digits",
        Place("batch.xlsx", cell="Caméras!C12"),
    ),
    Finding("I012", Severity.ERROR, "the file is empty", "delete it", Place("waves.yaml")),
)
RULES = {
    "N012": RuleInfo("N012", "link overloaded", Severity.ERROR, "Genetec guide", "At most 60 %."),
    "I050": RuleInfo("I050", "unknown id", Severity.ERROR, "schema", "Ids must be defined."),
}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("findings.txt", render_text(FINDINGS)),
        ("findings-coloured.txt", render_text(FINDINGS, colour=True)),
        ("findings-narrow.txt", render_text(FINDINGS, width=40)),
        ("findings.json", render_json(FINDINGS)),
        (
            "findings.junit.xml",
            render_junit(FINDINGS, rules=RULES, checked_files=[COMMUNE, "estate.yaml"]),
        ),
        ("findings.sarif", render_sarif(FINDINGS, rules=RULES, version="0.1.0")),
    ],
)
def test_golden(name: str, text: str, assert_golden: Callable[[str, Path], None]) -> None:
    """Write each format as agreed."""
    assert_golden(text, GOLDEN / name)


@pytest.mark.parametrize(
    "render",
    [
        render_text,
        render_json,
        lambda found: render_junit(found, rules=RULES),
        lambda found: render_sarif(found, rules=RULES, version="0"),
    ],
)
def test_the_order_of_findings_does_not_matter(render: Callable[[Any], str]) -> None:
    """Give the same bytes whatever order the rules ran in."""
    assert render(FINDINGS) == render(tuple(reversed(FINDINGS)))


def test_nothing_found() -> None:
    """Say so in every format."""
    assert render_text(()) == "nothing found\n"
    assert json.loads(render_json(()))["findings"] == []
    assert json.loads(render_sarif((), rules={}, version="0"))["runs"][0]["results"] == []
    suites = ET.fromstring(render_junit((), rules={}, checked_files=["estate.yaml"]))  # noqa: S314
    assert (suites.get("tests"), suites.get("failures")) == ("1", "0")


def at(line_text: str, column: int, **text: Any) -> str:  # noqa: ANN401
    """Render one finding at a column of a line."""
    finding = Finding("I020", Severity.ERROR, "x", place=Place("f.yaml", 1, column))
    return render_text([replace(finding, line_text=line_text)], **text)


@pytest.mark.parametrize(
    ("line_text", "column", "shown"),
    [
        ("ab: c", 5, ["    ab: c", "        ^"]),
        ("  ab: c", 3, ["      ab: c", "      ^"]),
        ("ab:", 4, ["    ab:", "       ^"]),
        ("\ta: b", 2, ["        a: b", "        ^"]),
        ("日本: b", 5, ["    日本: b", "          ^"]),
        ("e\u0301: b", 4, ["    e\u0301: b", "      ^"]),
        ("ab", 9, ["    ab"]),
        ("  ", 1, []),
    ],
)
def test_caret_stands_under_its_character(line_text: str, column: int, shown: list[str]) -> None:
    """Count columns as a terminal does: tabs, wide letters, accents set over others."""
    assert at(line_text, column).splitlines()[1:-2] == shown


def test_long_lines_are_cut_around_the_caret() -> None:
    """Keep what the caret points at in sight, within the width."""
    text = at("x" * 300 + "HERE" + "y" * 300, 301, width=60)
    line, caret = text.splitlines()[1:3]
    assert line[caret.index("^") :].startswith("HERE")
    assert line.strip().startswith("…")
    assert line.endswith("…")
    assert max(map(len, text.splitlines())) <= 60


def test_a_file_cannot_drive_the_terminal() -> None:
    """Show no escape sequence that came from a file, in whatever part of the finding."""
    evil = "\x1b]0;owned\x07\x9b2J\u202e\r"
    finding = Finding(
        "I020",
        Severity.ERROR,
        what=evil,
        how=evil,
        place=Place(evil, 1, 3, evil),
        subject=evil,
        line_text=f"a: {evil}",
    )
    waived = finding.waived(Waiver(evil, date(2025, 1, 1)))
    shown = render_text([finding, waived], width=200)
    assert not set(evil) - {"]", "0", ";", *"owned2J"} & set(shown)


def test_what_xml_cannot_hold_is_replaced() -> None:
    """Write JUnit that every reader takes, whatever a file held."""
    finding = Finding("I008", Severity.ERROR, "a\x00b\ud800 <&>", place=Place('f"\x0b.yaml', 1, 1))
    suites = ET.fromstring(render_junit([finding], rules={}))  # noqa: S314
    failure = suites.find(".//failure")
    assert failure is not None
    assert failure.get("message") == "a\ufffdb\ufffd <&>"


def test_junit_fails_only_for_what_makes_a_check_fail() -> None:
    """Fail for errors, pass with a remark for warnings, skip what is waived."""
    suites = ET.fromstring(render_junit(FINDINGS, rules=RULES))  # noqa: S314
    cases = {str(case.get("name")): case for case in suites.iter("testcase")}
    outcome = {name: [child.tag for child in case] for name, case in cases.items()}
    assert outcome == {
        "I012": ["failure"],
        "I042": ["failure"],
        "I050 unknown id": ["failure"],
        "L001": ["system-out"],
        "N012 link overloaded": ["skipped", "system-out"],
        "P003": ["system-out"],
    }
    assert (suites.get("tests"), suites.get("failures")) == ("6", "3")
    assert sum(int(suite.get("skipped", "")) for suite in suites) == 1


ALLOWED = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "file"},
    "testcase": {"name", "time", "classname"},
    "failure": {"type", "message"},
    "skipped": {"message"},
    "system-out": set(),
}
"""Of the attributes of Jenkins' junit-10.xsd those that are written; it allows no other."""
INSIDE = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "skipped", "system-out"},
}
NEEDED = {"testsuite": {"name", "tests", "failures", "errors"}, "testcase": {"name"}}


def test_junit_holds_what_jenkins_schema_allows() -> None:
    """Keep to it strictly: xunit refuses a whole report for one attribute."""
    suites = ET.fromstring(render_junit(FINDINGS, rules=RULES, checked_files=["a.yaml"]))  # noqa: S314
    assert {element.tag for element in suites.iter()} == ALLOWED.keys()
    for element in suites.iter():
        assert set(element.keys()) <= ALLOWED[element.tag], element.tag
        assert set(element.keys()) >= NEEDED.get(element.tag, set()), element.tag
        assert {child.tag for child in element} <= INSIDE.get(element.tag, set()), element.tag


def test_sarif_is_as_the_standard_writes_it() -> None:
    """Hold what SARIF 2.1.0 requires, nothing unknown, and indexes that lead to their rule."""
    log = json.loads(render_sarif(FINDINGS, rules=RULES, version="0.1.0"))
    schema = json.loads((GOLDEN / "sarif-subset.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    assert [error.message for error in validator.iter_errors(log)] == []
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    suppressed = [result["suppressions"] for result in run["results"] if "suppressions" in result]
    assert [one["kind"] for (one,) in suppressed] == ["external"]


def test_sarif_paths_are_uris() -> None:
    """Escape what a URI can't hold."""
    finding = Finding("I012", Severity.ERROR, "x", place=Place("communes/28 épars#1.yaml"))
    log = json.loads(render_sarif([finding], rules={}, version="0"))
    (location,) = log["runs"][0]["results"][0]["locations"]
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "communes/28%20%C3%A9pars%231.yaml"


def test_sarif_knows_a_finding_again_when_lines_move() -> None:
    """Keep the fingerprint when the file grows above the finding."""

    def fingerprint(finding: Finding) -> str:
        log = json.loads(render_sarif([finding], rules={}, version="0"))
        return str(log["runs"][0]["results"][0]["partialFingerprints"]["maille/1"])

    moved = replace(FINDINGS[1], place=replace(FINDINGS[1].place, line=99))
    other = replace(FINDINGS[1], place=replace(FINDINGS[1].place, path="cabinets.gare"))
    assert fingerprint(moved) == fingerprint(FINDINGS[1])
    assert fingerprint(other) != fingerprint(FINDINGS[1])


def test_an_error_that_ends_a_command_shows_what_counts_alone() -> None:
    waiver = Waiver("until the trench of 2028", date(2028, 12, 31))
    block = error_block(InventoryError([FINDINGS[1], FINDINGS[0].waived(waiver)]), colour=False)
    assert FINDINGS[1].what in block
    assert waiver.reason not in block
    assert block.endswith("1 error in 1 file")


def test_text_counts_what_one_mistake_says_too_often() -> None:
    many = [replace(FINDINGS[0], place=replace(FINDINGS[0].place, line=n)) for n in range(1, 31)]
    shown = render_text([*many, FINDINGS[1]], most=20)

    assert shown.count("[warning P003]") == 20
    assert "… and 10 more of P003: --all shows them" in shown
    assert "[I050]" in shown
    assert "1 error, 30 warnings in 1 file" in shown
    assert render_text(many).count("[warning P003]") == 30
