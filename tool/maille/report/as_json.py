"""Findings as one JSON document, its keys stable for programs that read it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from maille.report.order import Counts, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.errors import Finding

SCHEMA = "maille.findings/1"
"""Rises when a key is renamed or removed, not when one is added."""


def findings_document(findings: Iterable[Finding]) -> dict[str, Any]:
    """Give the document as plain Python, for a command that adds its own keys."""
    ordered = in_order(findings)
    return {
        "schema": SCHEMA,
        "counts": asdict(Counts.of(ordered)),
        "findings": [_as_dict(finding) for finding in ordered],
    }


def brief_document(finding: Finding) -> dict[str, str]:
    """Give a finding that is about no place in a file, among the keys of another document."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "what": finding.what,
        "how": finding.how,
    }


def render_json(findings: Iterable[Finding]) -> str:
    """Write the document, UTF-8 as it is, one line break at the end."""
    return json.dumps(findings_document(findings), ensure_ascii=False, indent=2) + "\n"


def _as_dict(finding: Finding) -> dict[str, Any]:
    """Write one finding; a waived one keeps its severity and doesn't fail."""
    waiver = finding.waiver
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "fails": finding.fails,
        "what": finding.what,
        "how": finding.how,
        "subject": finding.subject,
        "place": asdict(finding.place),
        "line_text": finding.line_text,
        "waiver": waiver and {"reason": waiver.reason, "until": waiver.until.isoformat()},
    }
