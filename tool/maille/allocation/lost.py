"""Files of the lock that are missing while what they number is in service.

Settling would give such a file anew, with every entry planned: other numbers than the devices
outside have, and nothing would tell. So it is told before, and only an explicit command does it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maille.allocation.notes import SETTLE
from maille.allocation.subject import ALL, SHARED, lock_file
from maille.errors import AllocationError, Finding, Place, Severity, UsageError
from maille.topology.membership import members_of
from maille.topology.service import begun, films

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from maille.allocation.lock import Lock
    from maille.inventory.schema.commune import Commune
    from maille.inventory.schema.estate import Estate

SHARED_WORD: Final = "shared"
"""Names the file of what communes share, on the command line and in findings."""


def lost_files(estate: Estate, lock: Lock, as_of: date) -> dict[str, str]:
    """Give the scope of each file that is missing though its subject runs, and what runs."""
    found = {}
    members = members_of(estate, as_of)
    if not any(getattr(lock.shared, section) for section in type(lock.shared).model_fields):
        found[SHARED] = _running_shared(estate, as_of) or _running(members.values(), as_of)
    for insee, commune in members.items():
        if lock.communes.keys().isdisjoint((insee, *commune.formerly)):
            found[insee] = _running([commune], as_of)
    return {scope: running for scope, running in found.items() if running}


def _running(communes: Collection[Commune], as_of: date) -> str:
    """Say what of communes is in service; empty if nothing is."""
    cabinets = [cabinet for commune in communes for cabinet in commune.cabinets.values()]
    cameras = sum(films(camera, as_of) for each in cabinets for camera in each.cameras.values())
    if cameras:
        return _counted(cameras, "camera")
    return _counted(sum(begun(cabinet.in_service, as_of) for cabinet in cabinets), "cabinet")


def _running_shared(estate: Estate, as_of: date) -> str:
    """Say what of the centre or the network is in service; empty if nothing is."""
    network, hosts = estate.network, estate.centre.hosts.values()
    switches = [switch for site in network.sites.values() for switch in site.switches.values()]
    counts = {
        "host": sum(begun(host.in_service, as_of) for host in hosts),
        "switch": sum(switch.in_service for switch in switches),
        "link": sum(link.in_service for link in network.links.values()),
    }
    return next((_counted(count, noun) for noun, count in counts.items() if count), "")


def _counted(count: int, noun: str) -> str:
    plural = "es" if noun.endswith("ch") else "s"
    return f"{count} {noun}{plural if count != 1 else ''}" if count else ""


def told(lost: dict[str, str]) -> tuple[Finding, ...]:
    """Give a finding for each file that is lost."""
    return tuple(
        Finding(
            "A001",
            Severity.ERROR,
            f"{_title(scope)} has no lock file, but {running} in service",
            f"restore it: `git checkout HEAD -- {lock_file(scope)}`, or an earlier revision;"
            f" where there never was one, `{SETTLE} --renumber {scope or SHARED_WORD}` gives"
            " numbers",
            Place(lock_file(scope)),
            scope or SHARED_WORD,
        )
        for scope, running in lost.items()
    )


def refuse_lost(lost: dict[str, str], renumber: Collection[str]) -> None:
    """Refuse to give a lost file anew, unless it is named.

    Raises:
        AllocationError: a file is lost and `renumber` does not name it.
        UsageError: `renumber` names what is not lost.
    """
    left = {scope: running for scope, running in lost.items() if scope not in _scopes(renumber)}
    if left and ALL not in renumber:
        findings = told(left)
        first, others = findings[0], len(findings) - 1
        more = f" (and {others} more {'files are' if others > 1 else 'file is'} missing)"
        raise AllocationError(first.what + (more if others else ""), first.how, first.place)
    if idle := sorted(_scopes(renumber) - lost.keys() - {ALL}):
        raise UsageError(
            f"the lock file of {_title(idle[0])} is not missing, or nothing of it is in service",
            "leave --renumber out; single numbers change with --move",
        )


def _scopes(words: Collection[str]) -> set[str]:
    return {SHARED if word == SHARED_WORD else word for word in words}


def _title(scope: str) -> str:
    return f"commune {scope}" if scope else "what communes share"
