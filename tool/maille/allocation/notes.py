"""What settling has to tell: collected on the way, given as findings at the end."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from maille.errors import Finding, Place, Severity
from maille.inventory.reading.fault import dotted

if TYPE_CHECKING:
    from maille.allocation.claims import Claim, Owner
    from maille.allocation.subject import Subject
    from maille.inventory.source import Sources

SETTLE = "maille allocation settle"


@dataclass(slots=True)
class Notes:
    """Findings in the making; contradictions of one subject become one finding."""

    sources: Sources | None = None
    """Tells the lines of the inventory, where it was read from files."""
    findings: list[Finding] = field(default_factory=list)
    contradictions: dict[Subject, list[str]] = field(default_factory=dict)
    pins: dict[Owner, tuple[str, ...]] = field(default_factory=dict)
    """Where in the inventory each owner has pinned its number."""

    def contradiction(self, claim: Claim, number: str, reason: str, other: Owner | None) -> None:
        """Tell that a deployed number and the inventory do not agree, or two deployed ones."""
        subject = claim.owner[0]
        if other:
            where = f" ({other[0].place.file}, {other[0].place.path})"
            self._add(
                "A002",
                subject,
                f"{subject.title} is deployed with {number}, and {reason}{where}",
                f"{SETTLE} --move {subject.id}, or --move {other[0].id}",
            )
        else:
            self.contradictions.setdefault(subject, []).append(f"{number}, but {reason}")

    def impossible_pin(self, claim: Claim, number: str, reason: str) -> None:
        """Tell that a pin cannot be honoured, whoever else wants the number."""
        self._add(
            "A021",
            claim.owner[0],
            f"{number} is pinned for {claim.owner[0].title}, but {reason}",
            "correct the pin, or what it must fit into",
            claim.pinned_at,
        )

    def pin_collision(self, claim: Claim, number: str, other: Owner) -> None:
        """Tell that a pinned number belongs to somebody else."""
        theirs = dotted(self.pins[other]) if other in self.pins else str(other[0].place)
        self._add(
            "A020",
            claim.owner[0],
            f"{number} is pinned for {claim.owner[0].title}, but belongs to {other[0].title}"
            f" ({theirs})",
            f"correct one of the pins, or free it: {SETTLE} --move {other[0].id}, then"
            f" maille allocation release {other[0].id}",
            claim.pinned_at,
        )

    def exhausted(self, claim: Claim, what: str, how: str) -> None:
        """Tell that there is no number left for a claim."""
        what = f"{claim.owner[0].title}: {what}"
        self._add("A030", claim.owner[0], what, how, _claimant(claim.pinned_at))

    def no_recorder(self, subject: Subject) -> None:
        """Tell that nothing can record a commune's cameras."""
        how = "add a recorder to centre.yaml"
        self._add("A033", subject, f"{subject.title}: the centre has no recorder", how)

    def stale(self, subject: Subject, *, occupied: bool = False) -> None:
        """Tell that something deployed is gone from the inventory; occupied, it goes last."""
        retire = f"{SETTLE} --retire {subject.id}, once it is gone outside too"
        renamed = "if it was renamed, give it its id back: ids never change"
        empty = "something that runs is still in it: move or retire that, too"
        self._add(
            "A010",
            subject,
            f"{subject.title} is deployed, but no longer in the inventory",
            f"{retire}; {empty if occupied else renamed}",
        )

    def wandered(self, subject: Subject, insee: str) -> None:
        """Tell that a deployed camera now stands in another commune's file."""
        self._add(
            "A012",
            subject,
            f"{subject.title} is deployed in commune {subject.scope}, but the inventory has it"
            f" in {insee}",
            f"{SETTLE} --move {subject.id}, or undo the change",
        )

    def changed_role(self, subject: Subject) -> None:
        """Tell that a deployed switch of a site is now routed, or no longer."""
        self._add(
            "A012",
            subject,
            f"{subject.title} is deployed with the addresses of another role",
            f"{SETTLE} --move {subject.id}, or undo the change",
        )

    def left(self, insee: str, count: int, place: Place) -> None:
        """Tell that a whole commune is no longer a member."""
        entries = "entry" if count == 1 else "entries"
        self.findings.append(
            Finding(
                "A011",
                Severity.ERROR,
                f"commune {insee} is no longer a member, and {count} deployed {entries} remain",
                f"{SETTLE} --retire {insee}, once its equipment is gone",
                place,
                insee,
            )
        )

    def tell(
        self,
        code: str,
        subject_id: str,
        what: str,
        how: str,
        path: tuple[str, ...],
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Tell something about the inventory itself, or about a word of the command line."""
        self.findings.append(self._placed(Finding(code, severity, what, how), path, subject_id))

    def small(self, subject: Subject, what: str) -> None:
        """Warn of a deployed entry that has outgrown its size, or its size it."""
        finding = Finding(
            "A013",
            Severity.WARNING,
            what,
            f"{SETTLE} --resize {subject.id}",
            subject.place,
            subject.id,
        )
        self.findings.append(finding)

    def all(self) -> tuple[Finding, ...]:
        """Give every finding, by subject and code."""
        told = [
            Finding(
                "A012",
                Severity.ERROR,
                f"{subject.title} is deployed with {'; '.join(reasons)}",
                f"{SETTLE} --move {subject.id}, or undo the change",
                subject.place,
                subject.id,
            )
            for subject, reasons in self.contradictions.items()
        ]
        return tuple(
            sorted(
                [*self.findings, *told], key=lambda found: (found.subject, found.code, found.what)
            )
        )

    def _add(
        self, code: str, subject: Subject, what: str, how: str, path: tuple[str, ...] = ()
    ) -> None:
        finding = Finding(code, Severity.ERROR, what, how, subject.place, subject.id)
        self.findings.append(self._placed(finding, path, subject.id) if path else finding)

    def _placed(self, finding: Finding, path: tuple[str, ...], subject: str) -> Finding:
        """Place a finding in the inventory, at its line where that is known."""
        finding = replace(finding, subject=subject)
        if self.sources and path:
            return self.sources.placed(finding, path)
        return replace(finding, place=Place("", path=dotted(path)))


def _claimant(path: tuple[str, ...]) -> tuple[str, ...]:
    """Give the path of what claims a number, from that of the pin which it may have."""
    return path[: path.index("pins")] if "pins" in path else path
