"""Which rules apply to a thing, and whether each is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.rules.registry import rules_for
from maille.show.sheet import Fact, Section

if TYPE_CHECKING:
    from maille.check.built import Built
    from maille.errors import Finding
    from maille.rule_info import RuleInfo
    from maille.rules.model import Kind


def rules_on(built: Built, kind: Kind, *subjects: str) -> Section:
    """Give every rule that applies to a kind of thing, its source, and what was found.

    `subjects` are the ids under which the rules speak of the thing and of what it is part of.
    """
    found = {finding.code: finding for finding in built.about(*subjects)}
    told = tuple(_fact(info, found.get(info.code)) for info in rules_for(kind))
    return Section("Rules that apply", told)


def _fact(info: RuleInfo, finding: Finding | None) -> Fact:
    if finding is None:
        verdict = "not found"
    elif finding.waiver:
        verdict = f"FOUND, waived until {finding.waiver.until}"
    else:
        verdict = f"FOUND ({finding.severity.value})"
    return Fact(info.code, f"{verdict}: {info.title}", info.source)
