"""The order of findings in every report, and their count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.errors import Finding

_BY_WEIGHT = tuple(Severity)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort by file, line and column; what has no place comes last."""
    return sorted(findings, key=_rank)


def _rank(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    return (
        not place.file,
        place.file,
        place.line,
        place.column,
        _by_row(place.cell),
        _BY_WEIGHT.index(finding.severity),
        finding.code,
        finding.subject,
        finding.what,
    )


def _by_row(cell: str) -> tuple[str, int, int, str]:
    """Sort cells as they are read: by sheet, then row, then column (`B9` before `AA9`)."""
    sheet, _, reference = cell.rpartition("!")
    letters = reference.rstrip("0123456789")
    row = reference[len(letters) :]
    return sheet, int(row or 0), len(letters), letters


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings there are of each kind; a waived one counts as waived only."""

    errors: int
    warnings: int
    infos: int
    waived: int
    files: int

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Counts:
        """Count; `files` are those with a finding."""
        kept = list(findings)
        counted = [finding.severity for finding in kept if finding.waiver is None]
        return cls(
            errors=counted.count(Severity.ERROR),
            warnings=counted.count(Severity.WARNING),
            infos=counted.count(Severity.INFO),
            waived=len(kept) - len(counted),
            files=len({finding.place.file for finding in kept if finding.place.file}),
        )
