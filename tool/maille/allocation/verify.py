"""Verify a lock: nothing twice, all inside its pools, complete, not stale, pins kept."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from maille.allocation.lost import lost_files
from maille.allocation.lost import told as lost_findings
from maille.allocation.notes import SETTLE
from maille.allocation.proof import duplicates, outside
from maille.allocation.settle import settle
from maille.allocation.subject import lock_file
from maille.errors import Finding, Place, Severity
from maille.topology.homes import Homes
from maille.topology.membership import members_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from datetime import date

    from maille.allocation.changes import Change
    from maille.allocation.lock import Lock
    from maille.inventory.schema.estate import Estate
    from maille.inventory.source import Sources

_NAMED = 3
"""How many changes of a file a finding names; it counts the others."""


def verify(
    estate: Estate, lock: Lock, as_of: date, sources: Sources | None = None
) -> tuple[Finding, ...]:
    """Give everything that is wrong with a lock; empty if settling it would change nothing.

    Duplicates and strays are found by counting what the lock says; that it is complete and
    that pins are kept is proved by settling it, which must change nothing.
    """
    homes = Homes(estate, members_of(estate, as_of))
    proved = [*duplicates(lock, homes), *outside(estate, lock)]
    settled = settle(estate, lock, as_of=as_of, sources=sources)
    told = [finding for finding in settled.findings if finding.code != "A002"]
    known = {finding.subject for finding in told}
    proved = [
        finding for finding in proved if finding.code != "A003" or finding.subject not in known
    ]
    lost = lost_files(estate, lock, as_of)
    return (*proved, *told, *lost_findings(lost), *_stale(settled.changes, lost))


def _stale(changes: tuple[Change, ...], lost: Container[str]) -> Iterator[Finding]:
    """Tell what settling would change, file by file, except in those that are lost."""
    for scope, group in groupby(changes, key=lambda change: change.subject.scope):
        if scope in lost:
            continue
        found = list(group)
        named = [f"{change.subject.title} {_verb(change)}" for change in found[:_NAMED]]
        if len(found) > _NAMED:
            named.append(f"and {len(found) - _NAMED} more")
        yield Finding(
            "A001",
            Severity.ERROR,
            f"the lock is behind the inventory: {', '.join(named)}",
            f"run `{SETTLE}`, and commit what it writes",
            Place(lock_file(scope)),
            scope or "shared",
        )


def _verb(change: Change) -> str:
    return {
        "added": "has no numbers yet",
        "changed": "needs other numbers",
        "removed": "is gone",
        "quarantined": "is to be quarantined",
        "unquarantined": "comes back",
    }[change.kind]
