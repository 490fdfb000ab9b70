"""What an import or an enrolment tells: files, what becomes of them, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from maille.report.as_json import findings_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maille.batch.drafts import Draft
    from maille.errors import Finding

SCHEMA = "maille.batch/1"


class Outcome(NamedTuple):
    """Files as they were written, or as they would be."""

    drafts: Sequence[Draft]
    findings: Sequence[Finding]
    written: bool

    @property
    def changes(self) -> list[Draft]:
        """The files that are new or changed."""
        return [draft for draft in self.drafts if draft.action != "same"]


def as_document(outcome: Outcome) -> dict[str, Any]:
    """Give the outcome for programs; the findings as every report has them."""
    return {
        **findings_document(outcome.findings),
        "schema": SCHEMA,
        "written": outcome.written,
        "files": [
            {"file": draft.path, "action": draft.action, "diff": draft.diff()}
            for draft in outcome.drafts
        ],
    }


def as_text(outcome: Outcome) -> str:
    """Give the outcome for people: the files, or while nothing is written their changes."""
    if not outcome.changes:
        return "nothing to do: the inventory says all of it already"
    if outcome.written:
        lines = [f"{draft.action:<8}{draft.path}" for draft in outcome.changes]
    else:
        lines = [draft.diff() for draft in outcome.changes]
    return "\n".join([*lines, _counts(outcome)])


def _counts(outcome: Outcome) -> str:
    actions = [draft.action for draft in outcome.drafts]
    parts = [f"{actions.count(action)} {action}" for action in ("new", "changed", "same")]
    told = ", ".join(part for part in parts if not part.startswith("0 "))
    return told if outcome.written else f"{told}; nothing is written (--dry-run)"
