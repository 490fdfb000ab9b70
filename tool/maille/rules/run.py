"""Runs rules and places what they find; accepts in writing what the estate waives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.errors import Finding, Severity, Waiver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from maille.inventory.schema.rollout import RuleWaiver
    from maille.inventory.source import Sources
    from maille.rules.model import (
        BlueprintContext,
        BlueprintRule,
        EstateContext,
        EstateRule,
        Hit,
    )


def run_estate_rules(
    rules: Iterable[EstateRule], context: EstateContext, sources: Sources
) -> Iterator[Finding]:
    """Give what rules on the inventory find, placed."""
    for rule in rules:
        for hit in rule.find(context):
            yield _finding(rule.info.code, rule.info.severity, hit, sources)


def run_blueprint_rules(
    rules: Iterable[BlueprintRule], context: BlueprintContext, sources: Sources
) -> Iterator[Finding]:
    """Give what rules on the blueprint find, placed."""
    for rule in rules:
        for hit in rule.find(context):
            yield _finding(rule.info.code, rule.info.severity, hit, sources)


_BINDING = ("I", "A")
"""Codes of what everything that follows is built on: an error of theirs cannot be accepted."""


def waive(
    findings: Iterable[Finding], waivers: Sequence[RuleWaiver], as_of: date
) -> tuple[Finding, ...]:
    """Mark what the estate accepts in writing, until the day that the waiver ends."""
    return tuple(_waived(finding, waivers, as_of) for finding in findings)


def idle_waivers(
    findings: Sequence[Finding], waivers: Sequence[RuleWaiver], as_of: date, *, judged: bool
) -> Iterator[tuple[int, RuleWaiver, str]]:
    """Give the waivers that accept nothing: index, waiver, and why.

    Only if all rules have `judged` is it known that nothing is found that one would accept.
    """
    for index, waiver in enumerate(waivers):
        if waiver.until < as_of:
            yield index, waiver, f"it ended on {waiver.until}"
        elif any(_names(waiver, finding) and _binds(finding) for finding in findings):
            yield index, waiver, "what everything else is built on cannot be waived"
        elif judged and not any(_covers(waiver, finding) for finding in findings):
            yield index, waiver, "nothing is found that it would accept"


def _waived(finding: Finding, waivers: Sequence[RuleWaiver], as_of: date) -> Finding:
    for waiver in waivers:
        if _covers(waiver, finding) and waiver.until >= as_of:
            return finding.waived(Waiver(waiver.reason, waiver.until))
    return finding


def _covers(waiver: RuleWaiver, finding: Finding) -> bool:
    return _names(waiver, finding) and not _binds(finding)


def _binds(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.code.startswith(_BINDING)


def _names(waiver: RuleWaiver, finding: Finding) -> bool:
    if waiver.rule != finding.code:
        return False
    if waiver.subject.endswith("*"):
        return finding.subject.startswith(waiver.subject[:-1])
    return finding.subject == waiver.subject


def _finding(code: str, severity: Severity, hit: Hit, sources: Sources) -> Finding:
    finding = Finding(code, hit.severity or severity, hit.what, hit.how, subject=hit.subject)
    return sources.placed(finding, hit.path)
