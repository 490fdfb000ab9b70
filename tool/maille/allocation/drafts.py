"""All drafts of a run: of what is shared, and of every commune."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.allocation.centre import SharedDrafts, shared_drafts
from maille.allocation.communes import CommuneDrafts, drafts_of
from maille.allocation.lock import State
from maille.allocation.quarantine import read_records
from maille.allocation.subject import SHARED, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maille.allocation.draft import Draft
    from maille.allocation.lock import Quarantined
    from maille.allocation.quarantine import Record
    from maille.allocation.settling import Settling


@dataclass(frozen=True, slots=True)
class Drafts:
    """Everything that has numbers or is to get some."""

    shared: SharedDrafts
    communes: tuple[CommuneDrafts, ...]

    def all(self) -> Iterator[Draft]:
        """Give every draft."""
        shared = self.shared
        yield from (*shared.segments, *shared.firewall, *shared.hosts, *shared.switches)
        yield from (*shared.transit, *shared.sockets)
        for commune in self.communes:
            yield from (*commune.blocks, *commune.segments, *commune.switches)
            yield from commune.attachments

    def segments(self) -> Iterator[Draft]:
        """Give the segments of the centre and of communes."""
        yield from self.shared.segments
        for commune in self.communes:
            yield from commune.segments


def draft_all(run: Settling) -> Drafts:
    """Draft everything, and read what is in quarantine: before, and by the command."""
    kept = {insee: lock.quarantine for insee, lock in run.lock.communes.items()}
    run.records = list(_read(run, {SHARED: run.lock.shared.quarantine, **kept}))
    run.wandering = _wandering(run)
    codes = sorted(run.lock.communes.keys() | run.members.keys())
    communes = tuple(drafts_of(insee, run) for insee in codes)
    drafts = Drafts(shared_drafts(run), communes)
    retired, run.retired = run.retired, {}
    run.records += _read(run, retired)
    return drafts


def _read(run: Settling, quarantine: Mapping[str, Iterable[Quarantined]]) -> Iterator[Record]:
    for scope in sorted(quarantine):
        domain_of = run.homes.domain_of if scope else lambda _: run.homes.centre
        yield from read_records(scope, quarantine[scope], domain_of)


def _wandering(run: Settling) -> dict[Subject, str]:
    """Find deployed cameras that the inventory now has in another commune."""
    home: dict[str, str] = {}
    own: set[tuple[str, str]] = set()
    for insee, commune in run.members.items():
        for cabinet in commune.cabinets.values():
            for camera in cabinet.cameras:
                home.setdefault(camera, insee)
                own.add((insee, camera))
    locks = run.lock.communes
    return {
        Subject(insee, "cameras", camera): home[camera]
        for insee in sorted(locks)
        for camera, entry in locks[insee].cameras.items()
        if entry.state is State.DEPLOYED
        and camera in home
        and (insee, camera) not in own
        and not (home[camera] in locks and camera in locks[home[camera]].cameras)
    }
