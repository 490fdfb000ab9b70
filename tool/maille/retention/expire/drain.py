"""From *unlinked* to *erased*: waiting for the evidence, and writing it down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.ceph.errors import CephError
from maille.retention.expire.entries import entries_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from maille.retention.expire.evidence import Backlog, Evidence
    from maille.retention.expire.pending import Batch, Pending
    from maille.retention.journal import Journal

ASK_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class Drained:
    """How far it came."""

    erased: int
    """Files whose contents are gone now."""
    left: int
    """Files that are unlinked, and that nothing proves to be erased."""
    oldest: datetime | None
    """When the oldest of those were unlinked."""
    backlog: Backlog | None
    """What was left to erase when last asked; None if nothing answered."""


@dataclass(slots=True)
class Drain:
    """Waits for what is pending; the journal's one writer.

    What is clear once is clear for all that was unlinked before: it is not asked for again
    because others erase, too.
    """

    journal: Journal
    pending: Pending
    evidence: Evidence
    clock: Callable[[], datetime]
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]
    _backlog: Backlog | None = None
    _clear: bool = False

    def wait(self, longest_s: float) -> Drained:
        """Wait until everything is erased, or for so many seconds."""
        end = self.monotonic() + longest_s
        erased = self._erase()
        while any(True for _ in self.pending.batches()) and self.monotonic() < end:
            self.sleep(ASK_EVERY_S)
            erased += self._erase()
        left = list(self.pending.batches())
        return Drained(
            erased,
            sum(len(batch.items) for batch in left),
            min((batch.at for batch in left), default=None),
            self._backlog,
        )

    def _erase(self) -> int:
        """Tell of the batches that are erased; a server that is away is asked again later."""
        if not self._clear:
            try:
                self._backlog = self.evidence.backlog()
            except CephError:
                return 0
            self._clear = self._backlog.clear
        if not self._clear:
            return 0
        return sum(self._tell(batch) for batch in self.pending.batches())

    def _tell(self, batch: Batch) -> int:
        try:
            if not all(self.evidence.gone(item) for item in batch.items):
                return 0
        except CephError:
            return 0
        self.journal.append(self.clock(), entries_of(batch, "erased"))
        self.pending.forget(batch)
        return len(batch.items)
