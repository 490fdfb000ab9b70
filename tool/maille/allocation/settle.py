"""Settle the lock: give numbers to all that needs some, and keep all that has some.

Pure: the same inventory with the same lock before gives the same lock. Settling twice changes
nothing the second time. What is deployed changes only by one of the three commands:

- *move*: where the inventory contradicts what is deployed (another cabinet, another pin,
  the same number twice), the old numbers go into quarantine and new ones are given;
- *retire*: what the inventory has no more goes into quarantine;
- *resize*: a segment (or a run of hosts) gets the size that it needs now.

New and moved entries are `planned`. Planned ones that no longer fit get other numbers by
themselves, part by part: a camera whose segment grew keeps its port.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.allocation.changes import changes_between
from maille.allocation.drafts import draft_all
from maille.allocation.notes import Notes
from maille.allocation.outcome import settled_lock
from maille.allocation.prefixes import PrefixSpace
from maille.allocation.renamed import before_renaming
from maille.allocation.settling import Settling
from maille.allocation.steps import (
    settle_addresses,
    settle_names,
    settle_ports,
    settle_prefixes,
    settle_vlans,
)
from maille.allocation.subject import Selection
from maille.allocation.takeover import take_over
from maille.allocation.telling import IDLE_COMMAND, tell
from maille.topology.homes import Homes
from maille.topology.membership import members_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from maille.allocation.changes import Change
    from maille.allocation.lock import Lock
    from maille.errors import Finding
    from maille.inventory.schema.estate import Estate
    from maille.inventory.source import Sources


@dataclass(frozen=True, slots=True)
class Settled:
    """The lock after settling, what changed in it, and what only a person can decide."""

    lock: Lock
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


def settle(
    estate: Estate,
    lock: Lock,
    *,
    as_of: date,
    move: Iterable[str] = (),
    retire: Collection[str] = (),
    resize: Iterable[str] = (),
    sources: Sources | None = None,
) -> Settled:
    """Settle the lock of an estate on a day.

    Args:
        estate: the inventory; broken references in it leave gaps, not exceptions.
        lock: the lock of before.
        as_of: the day by which membership is judged, and which quarantine notes.
        move: ids of deployed things whose numbers may change where the inventory asks.
        retire: ids of deployed things that are gone; a commune's code, or `all`.
        resize: ids of segments and hosts that are to get the size they need.
        sources: the files behind the inventory, so that findings name their lines.

    Raises:
        AllocationError: the quarantine of the lock holds something that is no number.
    """
    notes, gone = Notes(sources), Selection.of(retire)
    known = before_renaming(estate, members_of(estate, as_of), lock, gone, notes)
    members = members_of(known, as_of)
    run = Settling(
        estate=known,
        lock=lock,
        as_of=as_of,
        homes=Homes(known, members),
        prefixes=PrefixSpace(estate.settings.pools.prefixes),
        members=members,
        move=Selection.of(move),
        retire=gone,
        resize=Selection.of(resize),
        notes=notes,
    )
    settled = _settled(run)
    if not (run.move.words or run.retire.words or run.resize.words):
        return settled
    return _settled_after(settled, estate, lock, as_of, retire, sources)


def _settled(run: Settling) -> Settled:
    """Take all steps, in the order in which one kind of number depends on another."""
    before = run.lock
    take_over(run)
    drafts = draft_all(run)
    settle_vlans(drafts, run)
    segments = settle_prefixes(drafts, run)
    settle_ports(drafts, run)
    settle_addresses(drafts, run)
    settle_names(drafts, run)
    after = settled_lock(drafts, segments, run)
    tell(drafts, run)
    return Settled(after, changes_between(before, after), run.notes.all())


def _settled_after(
    commanded: Settled,
    estate: Estate,
    before: Lock,
    as_of: date,
    retire: Collection[str],
    sources: Sources | None,
) -> Settled:
    """Settle once more after a command, until it has no more to do.

    What it emptied may be retired too, and what it set free may let planned things fit better.
    """
    again = retire if commanded.changes else ()
    after = settle(estate, commanded.lock, as_of=as_of, retire=again, sources=sources)
    told = [finding for finding in after.findings if finding.code != IDLE_COMMAND]
    idle = [finding for finding in commanded.findings if finding.code == IDLE_COMMAND]
    return Settled(after.lock, changes_between(before, after.lock), (*told, *idle))
