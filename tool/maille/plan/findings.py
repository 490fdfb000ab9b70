"""What becomes true by a change, what is no longer true, and what is true in other words."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.errors import Finding

_WEIGHT = tuple(Severity)


@dataclass(frozen=True, slots=True)
class FindingChanges:
    """Findings before and after; those that are waived count as not there."""

    new: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()
    altered: tuple[tuple[Finding, Finding], ...] = ()
    """Of the same code on the same subject, in other words: as a rule, with another figure."""

    @property
    def empty(self) -> bool:
        """Say whether the same holds before and after."""
        return not (self.new or self.gone or self.altered)

    def of(self, commune: str) -> FindingChanges:
        """Give those on a commune, its cameras, cabinets and segments."""
        about = re.compile(rf"{re.escape(commune)}(?![^/-])")
        return FindingChanges(
            tuple(found for found in self.new if about.match(found.subject)),
            tuple(found for found in self.gone if about.match(found.subject)),
            tuple(pair for pair in self.altered if about.match(pair[1].subject)),
        )


def finding_changes(before: Iterable[Finding], after: Iterable[Finding]) -> FindingChanges:
    """Compare findings by what they say; where they stand in the files is no difference."""
    old, new = _by_what(before), _by_what(after)
    gone = _by_subject(found for key, found in old.items() if key not in new)
    came = _by_subject(found for key, found in new.items() if key not in old)
    altered = [
        pair
        for key in came.keys() & gone.keys()
        for pair in zip(gone[key], came[key], strict=False)
    ]
    was, now = {id(pair[0]) for pair in altered}, {id(pair[1]) for pair in altered}
    return FindingChanges(
        new=_in_order(found for group in came.values() for found in group if id(found) not in now),
        gone=_in_order(found for group in gone.values() for found in group if id(found) not in was),
        altered=tuple(sorted(altered, key=lambda pair: _rank(pair[1]))),
    )


def _by_what(findings: Iterable[Finding]) -> dict[tuple[str, str, str], Finding]:
    return {
        (finding.code, finding.subject, finding.what): finding
        for finding in findings
        if finding.waiver is None
    }


def _by_subject(findings: Iterator[Finding]) -> dict[tuple[str, str], list[Finding]]:
    found = defaultdict(list)
    for finding in findings:
        found[finding.code, finding.subject].append(finding)
    return found


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=_rank))


def _rank(finding: Finding) -> tuple[int, str, str, str]:
    return _WEIGHT.index(finding.severity), finding.code, finding.subject, finding.what
