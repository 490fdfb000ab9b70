"""What all steps of settling share: the estate, the old lock, the selections, the notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from maille.allocation.lock import Quarantined, State
from maille.allocation.quarantine import numbers_of

if TYPE_CHECKING:
    from datetime import date

    from maille.allocation.claims import Freed
    from maille.allocation.demand import Pool
    from maille.allocation.lock import Given, Lock
    from maille.allocation.notes import Notes
    from maille.allocation.prefixes import PrefixSpace
    from maille.allocation.quarantine import Layer, Record
    from maille.allocation.spans import Stretch
    from maille.allocation.subject import Selection, Subject
    from maille.inventory.schema.commune import Commune
    from maille.inventory.schema.estate import Estate
    from maille.topology.homes import Homes


@dataclass(slots=True)
class Settling:
    """One run."""

    estate: Estate
    lock: Lock
    as_of: date
    homes: Homes
    prefixes: PrefixSpace
    members: dict[str, Commune]
    """Communes that are provisioned, by code, in the order of the codes."""
    move: Selection
    retire: Selection
    resize: Selection
    notes: Notes
    records: list[Record] = field(default_factory=list)
    """What was in quarantine before."""
    retired: dict[str, list[Quarantined]] = field(default_factory=dict)
    """What goes into quarantine now, by scope."""
    reached: set[str] = field(default_factory=set)
    """Words of the command line that were of use."""
    wandering: dict[Subject, str] = field(default_factory=dict)
    """Deployed cameras that the inventory now has in another commune: its code."""
    homeless: set[str] = field(default_factory=set)
    """Switches of cabinets that belong to no ring."""
    unjudged: set[str] = field(default_factory=set)
    """Communes with such cabinets: what is missing there may be missing by mistake."""
    left: dict[str, int] = field(default_factory=dict)
    """How much is deployed in each commune that is no longer a member."""

    def quarantined(self, layer: Layer) -> list[Freed]:
        """Give the quarantined numbers of one kind, in the order in which they came."""
        return [
            part.freed for record in self.records for part in record.parts if part.layer == layer
        ]

    def stays(
        self,
        subject: Subject,
        entry: Given,
        cabinet: str = "",
        *,
        held: bool,
        occupied: bool = False,
    ) -> bool:
        """Decide on an entry that the inventory knows no more; says whether it stays.

        What was only planned goes without a trace: nobody has seen its numbers on a device
        or a label, so nothing can still answer to them. What was deployed goes into
        quarantine if it is retired, and stays, with a finding, if not. Where a cabinet
        belongs to no ring, that is told, and nothing else is made of it; and what is occupied
        by something that stays can only go after it.
        """
        if not held and entry.state is not State.DEPLOYED:
            return False
        if self._is_unclear(subject):
            return True
        if self.lets_go(subject, cabinet):
            self.reached |= subject.names(cabinet)
            if not occupied:
                self.put_away(subject, entry)
                return False
        if subject in self.wandering:
            self.notes.wandered(subject, self.wandering[subject])
        elif subject.scope and subject.scope not in self.members:
            self.left[subject.scope] = self.left.get(subject.scope, 0) + 1
        else:
            self.notes.stale(subject, occupied=occupied)
        return True

    def goes(self, subject: Subject, cabinet: str = "") -> bool:
        """Say whether what the inventory knows no more goes now, at an explicit command."""
        return not self._is_unclear(subject) and self.lets_go(subject, cabinet)

    def _is_unclear(self, subject: Subject) -> bool:
        """Say whether something may be missing by mistake only, as its cabinet hangs nowhere."""
        switch = subject.key.partition("/")[2]
        return subject.scope in self.unjudged or switch in self.homeless

    def lets_go(self, subject: Subject, cabinet: str) -> bool:
        """Say whether an explicit command frees what the inventory has no more in its place."""
        return self.retire.reaches(subject, cabinet) or (
            subject in self.wandering and self.move.reaches(subject, cabinet)
        )

    def is_elsewhere(self, camera: str, insee: str) -> bool:
        """Say whether a camera that a commune wants is still deployed in another one."""
        return any(
            subject.key == camera and wanted == insee and not self.lets_go(subject, "")
            for subject, wanted in self.wandering.items()
        )

    def pool_of_block(self, block: Stretch, insee: str, path: tuple[str, ...]) -> Pool | None:
        """Give the pool that a pinned block lies in; a finding tells if it is none."""
        pool = self.prefixes.pool_of(block, ("video", "management"))
        if pool is None:
            self.notes.tell(
                "A021",
                insee,
                f"{self.prefixes.show(block)} is pinned for commune {insee}, but lies in no prefix"
                " of pools.prefixes.video or .management",
                "add the prefix to a pool in estate.yaml, or correct the pin",
                path,
            )
        return cast("Pool | None", pool)

    def put_away(self, subject: Subject, entry: Given) -> None:
        """Put all numbers of an entry into quarantine."""
        self.retired.setdefault(subject.scope, []).append(
            Quarantined(
                section=subject.section,
                key=subject.key,
                numbers=numbers_of(entry),
                since=self.as_of,
            )
        )
