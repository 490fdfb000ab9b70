"""What was proved, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from maille.errors import Place, Severity
from maille.report.as_json import findings_document
from maille.report.order import in_order
from maille.retention import said

if TYPE_CHECKING:
    from datetime import datetime

    from maille.errors import Finding
    from maille.retention.verify.judge import Verdict
    from maille.retention.verify.run import AreaVerdict


@dataclass(frozen=True, slots=True)
class Proof:
    """A check of an estate's recordings."""

    estate: str
    now: datetime
    areas: tuple[AreaVerdict, ...]
    whole: tuple[Finding, ...]
    """What is about the estate's group, and no subvolume of it."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Give the findings, those about the whole first."""
        return (*self.whole, *chain.from_iterable(area.all_findings for area in self.areas))

    @property
    def holds(self) -> bool:
        """Say whether nothing is wrong; a remark is not."""
        return all(one.severity is Severity.INFO for one in self.findings)


def as_document(proof: Proof) -> dict[str, Any]:
    """Give the document of `--json`: findings, and for every camera what there is."""
    return {
        **findings_document(proof.findings),
        "estate": proof.estate,
        "as_of": _time(proof.now),
        "holds": proof.holds,
        "cameras": [
            _camera(area.area.commune, verdict) for area in proof.areas for verdict in area.verdicts
        ],
    }


def _camera(commune: str, verdict: Verdict) -> dict[str, Any]:
    return {
        "camera": verdict.camera,
        "commune": commune,
        "segments": verdict.segments,
        "size_bytes": verdict.size_bytes,
        "oldest": _time(verdict.oldest),
        "newest": _time(verdict.newest),
        "newest_end": _time(verdict.newest_end),
        "missing_s": round(verdict.missing.total_seconds()),
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def as_text(proof: Proof) -> str:
    """Tell every finding, and at the end what was looked at."""
    lines = []
    for one in in_order(proof.findings):
        lines.append(f"{one.severity.value}: {one.code} {one.what}")
        lines.append(f"  {one.how}")
    verdicts = [verdict for area in proof.areas for verdict in area.verdicts]
    oldest = min((one.oldest for one in verdicts if one.oldest), default=None)
    segments = sum(one.segments for one in verdicts)
    size_bytes = sum(one.size_bytes for one in verdicts)
    counted = (
        f"{said.many(len(verdicts), 'camera')}, {said.many(segments, 'segment')},"
        f" {size_bytes:,} bytes, the oldest of {said.at(oldest) if oldest else 'no day'}"
    )
    outcome = "kept as promised" if proof.holds else said.many(len(proof.findings), "finding")
    return "\n".join([*lines, f"{counted}: {outcome}"])


def suites(proof: Proof) -> tuple[list[str], list[Finding]]:
    """Give the subvolumes, and findings placed at theirs: JUnit has a suite for each."""
    placed = [
        replace(finding, place=Place(area.area.subvolume))
        for area in proof.areas
        for finding in area.all_findings
    ]
    return [area.area.subvolume for area in proof.areas], [*proof.whole, *placed]
