"""Findings as SARIF 2.1.0 (OASIS), which code hosts show as annotations of a merge request."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from maille.errors import Severity
from maille.report.order import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maille.errors import Finding, Place
    from maille.rule_info import RuleInfo

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render_sarif(
    findings: Iterable[Finding], *, rules: Mapping[str, RuleInfo], version: str
) -> str:
    """Write the log of one run; `version` is the tool's own.

    Columns count code points, as places do. Paths of files are taken as relative to the
    root of the repository.
    """
    ordered = in_order(findings)
    codes = sorted({finding.code for finding in ordered})
    index = {code: number for number, code in enumerate(codes)}
    run = {
        "tool": {
            "driver": {
                "name": "maille",
                "version": version,
                "rules": [_rule(code, rules.get(code)) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index[finding.code]) for finding in ordered],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, info: RuleInfo | None) -> dict[str, Any]:
    """Describe one rule; a code that nobody describes is listed by its id."""
    if info is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": info.title},
        "fullDescription": {"text": info.text},
        "help": {"text": f"{info.text} Source: {info.source}."},
        "defaultConfiguration": {"level": _LEVELS[info.severity]},
    }


def _result(finding: Finding, rule_index: int) -> dict[str, Any]:
    """Describe one finding."""
    message = f"{finding.what}: {finding.how}" if finding.how else finding.what
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "partialFingerprints": {"maille/1": _fingerprint(finding)},
    }
    if location := _location(finding):
        result["locations"] = [location]
    if waiver := finding.waiver:
        reason = f"{waiver.reason} (until {waiver.until.isoformat()})"
        accepted = {"kind": "external", "status": "accepted", "justification": reason}
        result["suppressions"] = [accepted]
    return result


def _location(finding: Finding) -> dict[str, Any]:
    """Describe where it is, in the file and in the estate, as far as known."""
    place = finding.place
    location: dict[str, Any] = {}
    if place.file:
        location["physicalLocation"] = _physical(place, finding.line_text)
    if about := place.path or place.cell or finding.subject:
        location["logicalLocations"] = [{"fullyQualifiedName": about}]
    return location


def _physical(place: Place, line_text: str) -> dict[str, Any]:
    """Describe file and region; a finding on a whole file has no region."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(place.file)}}
    if place.line:
        region: dict[str, Any] = {"startLine": place.line, "startColumn": max(1, place.column)}
        if line_text:
            region["snippet"] = {"text": line_text}
        physical["region"] = region
    return physical


def _fingerprint(finding: Finding) -> str:
    """Name a finding so that it is known again when lines above it come or go."""
    place = finding.place
    parts = (finding.code, place.file, place.path, place.cell, finding.subject, finding.what)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
