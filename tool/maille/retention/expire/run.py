"""One run: what an earlier one left is settled first, then days go in batches, oldest first.

The order of writing is what makes a kill harmless: a batch is in `pending` before its first file
goes, in the journal as `unlinked` when the metadata servers have written that down, as `erased`
when its contents are gone, and leaves `pending` last.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.retention.expire.entries import entries_of, key_of, told_of
from maille.retention.expire.pending import Batch, Item
from maille.retention.expire.sums import Sum

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from maille.retention.expire.entries import Told
    from maille.retention.expire.pace import Pace
    from maille.retention.expire.pending import Pending
    from maille.retention.expire.plan import Due
    from maille.retention.expire.planner import DueDay, Planner
    from maille.retention.journal import Journal
    from maille.retention.promise import Area, Rule
    from maille.retention.segments.tree import Erasable

BATCH_FILES = 500
"""So many go between two entries of the journal."""
BATCH_S = 5.0
"""So long a batch may take: whoever registers a requisition waits for its end."""


@dataclass(frozen=True, slots=True)
class Expirer:
    """Takes names away; the journal's one writer."""

    tree: Erasable
    journal: Journal
    pending: Pending
    planner: Planner
    pace: Pace
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    step: Callable[[], None] = lambda: None
    """Told after every file."""
    refresh: Callable[[], None] = lambda: None
    """Asks anew what requisitions there are, before each batch and while none can be added."""

    def settle(self) -> int:
        """Journal what a run took away that was cut off; give how many files that were."""
        self.pending.sweep()
        told = told_of(self.journal, self.pending.batches())
        settled = 0
        for batch in self.pending.batches():
            if batch.unlinked:
                self._drop_erased(batch, told)
                continue
            gone = batch.of(tuple(item for item in batch.items if self._gone(item)))
            self._tell_unlinked(gone, told)
            settled += len(gone.items)
        return settled

    def _drop_erased(self, batch: Batch, told: Told) -> None:
        """Leave out what the journal says was erased, so that it is told once."""
        left = tuple(
            item for item in batch.items if ("erased", batch.id, item.camera, item.rule) not in told
        )
        if not left:
            self.pending.forget(batch)
        elif len(left) < len(batch.items):
            self.pending.save(batch.of(left))

    def expire(self, area: Area, folder: str) -> Sum:
        """Take away what is past of one subvolume."""
        counted = Sum(area)
        batch: list[tuple[Rule, Due]] = []
        emptied: list[str] = []
        size = max(1, min(BATCH_FILES, int(self.pace.rate * BATCH_S)))
        for day in self.planner.days(area, folder, counted):
            for part in _parts(day, size):
                if len(batch) + len(part) > size:
                    self._take_away(counted, batch, emptied)
                    batch, emptied = [], []
                batch += part
            if day.empties:
                emptied.append(day.path)
        self._take_away(counted, batch, emptied)
        return counted

    def _take_away(self, counted: Sum, due: list[tuple[Rule, Due]], emptied: list[str]) -> None:
        batch = self._unlink(counted, due) if due else None
        if batch:
            self.tree.sync()
            self._tell_unlinked(batch)
        for folder in emptied:
            with suppress(OSError):  # something was put there since: the next run sees it
                self.tree.rmdir(folder)

    def _unlink(self, counted: Sum, due: list[tuple[Rule, Due]]) -> Batch | None:
        """Take names away that nobody asks for by now; give them, or None if there are none.

        Who registers a requisition takes the tree for itself, too: what is on the register before a
        name goes was seen here.
        """
        with self.tree.alone():
            self.refresh()
            going = []
            for rule, one in due:
                if reference := self.planner.held_since(one):
                    counted.held[reference] += 1
                else:
                    going.append((rule, one))
            items = tuple(self._items(going))
            if not items:
                return None
            name = counted.area.subvolume
            batch = Batch(id=self.new_id(), at=self.clock(), subvolume=name, items=items)
            self.pending.save(batch)
            for item in items:
                self.pace.turn()
                with suppress(FileNotFoundError):
                    self.tree.unlink(item.path)
                self.step()
        counted.take(one for _, one in going)
        return batch

    def _items(self, due: list[tuple[Rule, Due]]) -> Iterator[Item]:
        for rule, one in due:
            segment = one.segment
            with suppress(FileNotFoundError):
                yield Item(
                    camera=one.camera,
                    path=segment.path,
                    inode=segment.inode,
                    size_bytes=segment.size_bytes,
                    start=segment.start,
                    end=one.end,
                    layout=self.tree.layout(segment.path),
                    rule=str(rule),
                )

    def _tell_unlinked(self, batch: Batch, told: Told | None = None) -> None:
        """Journal that a batch went; `told` is what is there of it, if a run was cut off."""
        if not batch.items:
            self.pending.forget(batch)
            return
        entries = entries_of(batch, "unlinked", resumed=told is not None)
        untold = [entry for entry in entries if key_of(entry) not in (told or ())]
        self.journal.append(self.clock(), untold)
        self.pending.save(batch.model_copy(update={"unlinked": True}))

    def _gone(self, item: Item) -> bool:
        """Say whether a file is gone; another one of its name is not it."""
        try:
            return self.tree.stat(item.path).inode != item.inode
        except FileNotFoundError:
            return True


def _parts(day: DueDay, size: int) -> Iterator[list[tuple[Rule, Due]]]:
    for first in range(0, len(day.due), size):
        yield [(day.rule, one) for one in day.due[first : first + size]]
