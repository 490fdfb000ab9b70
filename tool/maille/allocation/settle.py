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
from typing import TYPE_CHECKING, Final

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
    from collections.abc import Iterable
    from datetime import date

    from maille.allocation.changes import Change
    from maille.allocation.lock import Lock
    from maille.errors import Finding
    from maille.inventory.schema.estate import Estate
    from maille.inventory.source import Sources


_NOTHING: Final = Selection()
_EXHAUSTED: Final = "A030"
_LACKING: Final = frozenset({"A020", "A021", _EXHAUSTED})
"""What tells that something did not get all of its numbers."""


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
    retire: Iterable[str] = (),
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
    first = _Words(Selection.of(move), Selection.of(retire), Selection.of(resize))
    commanded = _until_idle(estate, lock, as_of, first, sources)
    if first == _Words():
        return commanded
    idle = [each for each in commanded.findings if each.code == IDLE_COMMAND]
    after = _until_idle(estate, commanded.lock, as_of, _Words(), sources)
    in_vain = [
        each
        for each in commanded.findings
        if each.code == _EXHAUSTED and each not in after.findings
    ]
    told = (*after.findings, *in_vain, *idle)
    return Settled(after.lock, changes_between(lock, after.lock), told)


@dataclass(frozen=True, slots=True)
class _Words:
    """What an explicit command names."""

    move: Selection = _NOTHING
    retire: Selection = _NOTHING
    resize: Selection = _NOTHING


def _until_idle(
    estate: Estate, lock: Lock, as_of: date, words: _Words, sources: Sources | None
) -> Settled:
    """Settle until nothing changes, where once may not be enough.

    A command empties what may then be retired too, and frees room that others wait for; and
    what did not get all of its numbers gives back those that it held meanwhile. It ends: what
    is complete stays so, and what a command has moved is deployed no more.
    """
    found = first = _once(estate, lock, as_of, words, sources)
    while found.changes and (
        words != _Words() or _LACKING & {each.code for each in found.findings}
    ):
        found = _once(estate, found.lock, as_of, words, sources)
    told = [each for each in found.findings if each.code != IDLE_COMMAND]
    idle = [each for each in first.findings if each.code == IDLE_COMMAND]
    return Settled(found.lock, changes_between(lock, found.lock), (*told, *idle))


def _lacks(found: Settled) -> bool:
    return any(finding.code in _LACKING for finding in found.findings)


def _once(
    estate: Estate, lock: Lock, as_of: date, words: _Words, sources: Sources | None
) -> Settled:
    """Take all steps, in the order in which one kind of number depends on another."""
    notes = Notes(sources)
    known = before_renaming(estate, members_of(estate, as_of), lock, words.retire, notes)
    members = members_of(known, as_of)
    run = Settling(
        estate=known,
        lock=lock,
        as_of=as_of,
        homes=Homes(known, members),
        prefixes=PrefixSpace(estate.settings.pools.prefixes),
        members=members,
        move=words.move,
        retire=words.retire,
        resize=words.resize,
        notes=notes,
    )
    take_over(run)
    drafts = draft_all(run)
    settle_vlans(drafts, run)
    segments = settle_prefixes(drafts, run)
    settle_ports(drafts, run)
    settle_addresses(drafts, run)
    settle_names(drafts, run)
    after = settled_lock(drafts, segments, run)
    tell(drafts, run)
    return Settled(after, changes_between(lock, after), run.notes.all())
