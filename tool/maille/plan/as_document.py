"""A plan for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maille.report.as_json import findings_document

if TYPE_CHECKING:
    from maille.plan.plan import Plan

SCHEMA = "maille.plan/1"
"""Rises when a key is renamed or removed, not when one is added."""


def as_document(found: Plan) -> dict[str, Any]:
    """Give a plan as `--json` prints it."""
    return {
        "schema": SCHEMA,
        "empty": found.empty,
        "changes": [
            {
                "kind": change.kind,
                "id": change.id,
                "action": change.action,
                "title": change.title,
                "communes": sorted(change.communes),
                "fields": [field._asdict() for field in change.fields],
            }
            for change in found.changes
        ],
        "configurations": [
            {
                "switch": diff.switch,
                "commune": diff.commune,
                "added": diff.added,
                "removed": diff.removed,
                "diff": list(diff.lines),
            }
            for diff in found.configs
        ],
        "figures": [figure._asdict() for figure in found.figures],
        "rises": [rise._asdict() for rise in found.rises],
        "new_findings": findings_document(found.findings.new),
        "gone_findings": findings_document(found.findings.gone),
        "altered_findings": findings_document(new for _, new in found.findings.altered),
    }
