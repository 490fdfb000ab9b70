"""Findings as JUnit XML, which every CI system shows beside its tests.

One suite a file, in it one test case a code: a failure if any of its findings fails. A file
without findings has one case, that it was checked, so that the report shows what was done.
It holds what Jenkins' xunit schema (junit-10.xsd) allows and no more: there a case has no
file and no line. The suite names the file, the texts name the lines.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from maille.report.order import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maille.errors import Finding
    from maille.rule_info import RuleInfo

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESTATE = "estate"
"""The suite of findings that have no file."""


def render_junit(
    findings: Iterable[Finding],
    *,
    rules: Mapping[str, RuleInfo],
    checked_files: Iterable[str] = (),
    name: str = "maille check",
) -> str:
    """Write the report; `checked_files` are all files that were looked at, `name` by whom."""
    by_file: dict[str, list[Finding]] = {file: [] for file in sorted(set(checked_files))}
    for finding in in_order(findings):
        by_file.setdefault(finding.place.file or _ESTATE, []).append(finding)
    root = ET.Element("testsuites", name=name)
    for file, found in by_file.items():
        suite = _add_suite(root, file, found, rules)
        suite.set("skipped", str(len(suite.findall(".//skipped"))))
    _count(root)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _add_suite(
    root: ET.Element, name: str, findings: list[Finding], rules: Mapping[str, RuleInfo]
) -> ET.Element:
    """Add the suite of one file."""
    suite = ET.SubElement(root, "testsuite", name=_clean(name))
    if name != _ESTATE:
        suite.set("file", _clean(name))
    if not findings:
        ET.SubElement(suite, "testcase", classname=_clean(name), name="checked", time="0")
    by_code = sorted(findings, key=lambda finding: finding.code)
    for code, group in groupby(by_code, key=lambda finding: finding.code):
        rule = rules.get(code)
        title = f"{code} {rule.title}" if rule else code
        case = ET.SubElement(suite, "testcase", classname=_clean(name), name=title, time="0")
        _add_outcome(case, list(group))
    _count(suite)
    return suite


def _add_outcome(case: ET.Element, findings: list[Finding]) -> None:
    """Say how one case went: failed, skipped if all is waived, else passed with remarks."""
    failing = [finding for finding in findings if finding.fails]
    if failing:
        failure = ET.SubElement(case, "failure", type=failing[0].code)
        failure.set("message", _clean(failing[0].what))
        failure.text = _clean("\n".join(_told(finding) for finding in failing))
    remarks = [finding for finding in findings if not finding.fails]
    if remarks and not failing and all(finding.waiver for finding in remarks):
        reasons = {finding.waiver.reason for finding in remarks if finding.waiver}
        ET.SubElement(case, "skipped", message=_clean("waived: " + "; ".join(sorted(reasons))))
    if remarks:
        output = ET.SubElement(case, "system-out")
        output.text = _clean("\n".join(_told(finding) for finding in remarks))


def _told(finding: Finding) -> str:
    """Write one finding in one line."""
    about = finding.place.path or finding.subject
    waiver = finding.waiver
    waived = f"(waived until {waiver.until.isoformat()}: {waiver.reason})" if waiver else ""
    parts = (str(finding.place), about, finding.what, finding.how, waived)
    return "  ".join(part for part in parts if part)


def _count(element: ET.Element) -> None:
    """Set the counts of a suite, or of all of them."""
    element.set("tests", str(len(element.findall(".//testcase"))))
    element.set("failures", str(len(element.findall(".//failure"))))
    element.set("errors", "0")
    element.set("time", "0")


def _clean(text: str) -> str:
    """Replace what XML 1.0 can't hold at all."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
