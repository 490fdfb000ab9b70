"""Mark entries as deployed: from then on they change only by an explicit command.

A camera never stands alone: with it go its cabinet's switch, both segments and the blocks
around them, its commune's share of the storage, and the ports on its way to the gateways.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from maille.allocation.lock import CommuneLock, Lock, SharedLock, State
from maille.allocation.subject import SHARED, Subject
from maille.errors import AllocationError
from maille.topology.homes import Homes
from maille.topology.membership import members_of
from maille.topology.naming import cabinet_switch
from maille.topology.service import begun
from maille.topology.waves import wave_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from maille.allocation.lock import Attachment
    from maille.inventory.schema.centre import Host
    from maille.inventory.schema.commune import Cabinet, Commune
    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.network import Link, RoutedSwitch


_File = TypeVar("_File", CommuneLock, SharedLock)


@dataclass(frozen=True, slots=True)
class Deployment:
    """What is to be marked; several kinds add up."""

    communes: frozenset[str] = frozenset()
    cameras: frozenset[str] = frozenset()
    waves: frozenset[str] = frozenset()
    in_service: bool = False
    """Everything that the inventory has in service on the day, the centre's among it."""
    everything: bool = False


def deploy(estate: Estate, lock: Lock, what: Deployment, *, as_of: date) -> Lock:
    """Give the lock with more entries deployed.

    Raises:
        AllocationError: something that is named is not in the inventory or not in the lock.
    """
    _refuse_unknown(estate, lock, what)
    members = members_of(estate, as_of)
    marks = _Marks(estate, lock, members)
    if what.everything:
        marks.everything()
        return marks.applied()
    for insee, commune in members.items():
        if insee in lock.communes:
            _mark_commune(marks, commune, what, as_of)
    if what.in_service:
        _mark_shared(marks, as_of)
    return marks.applied()


def _refuse_unknown(estate: Estate, lock: Lock, what: Deployment) -> None:
    known = {
        "commune": (what.communes, estate.communes.keys()),
        "wave": (what.waves, estate.waves.keys()),
    }
    for kind, (named, there) in known.items():
        if missing := sorted(named - there):
            raise AllocationError(f"{kind} {missing[0]} is not in the inventory")
    given = {camera for commune in lock.communes.values() for camera in commune.cameras}
    if missing := sorted(what.cameras - given):
        raise AllocationError(
            f"camera {missing[0]} has no numbers in the lock", "run `maille allocation settle`"
        )


def _mark_commune(marks: _Marks, commune: Commune, what: Deployment, as_of: date) -> None:
    whole = commune.insee in what.communes
    for key, cabinet in commune.cabinets.items():
        runs = what.in_service and begun(cabinet.in_service, as_of)
        if whole or runs:
            marks.cabinet(commune.insee, key, cabinet)
            for point in cabinet.attachment_points:
                marks.attachment(Subject(commune.insee, "points", f"{key}/{point}"), key, cabinet)
        for camera, entry in cabinet.cameras.items():
            on = what.in_service and begun(entry.in_service, as_of)
            wave = wave_of(marks.estate, commune, entry)
            if whole or on or camera in what.cameras or wave in what.waves:
                marks.attachment(Subject(commune.insee, "cameras", camera), key, cabinet)


def _mark_shared(marks: _Marks, as_of: date) -> None:
    """Mark routed switches, links and hosts that run, and the segments of those hosts.

    The firewall has no date of its own: it runs if any host does.
    """
    estate = marks.estate
    for site in estate.network.sites.values():
        for key, switch in site.switches.items():
            if switch.in_service:
                marks.site_switch(key, switch)
    for key, link in estate.network.links.items():
        if link.in_service:
            marks.link(key, link)
    hosts = estate.centre.hosts.items()
    running = {key: host for key, host in hosts if begun(host.in_service, as_of)}
    for key, host in running.items():
        marks.host(key, host)
    for vrf, leg in estate.centre.firewall.legs.items() if running else ():
        marks.shared("firewall", vrf)
        marks.shared("segments", leg.segment)
        marks.sockets_of(f"firewall-{vrf}")


class _Marks:
    """Entries to be marked, by subject."""

    def __init__(self, estate: Estate, lock: Lock, members: dict[str, Commune]) -> None:
        self.estate = estate
        self._lock = lock
        self._homes = Homes(estate, members)
        self._subjects: set[Subject] = set()

    def everything(self) -> None:
        """Mark every entry there is."""
        files = {SHARED: self._lock.shared, **self._lock.communes}
        for scope, file in files.items():
            for section in type(file).model_fields:
                if section not in {"commune", "quarantine"}:
                    keys = getattr(file, section)
                    self._subjects.update(Subject(scope, section, key) for key in keys)

    def shared(self, section: str, key: str) -> None:
        self._subjects.add(Subject(SHARED, section, key))

    def sockets(self, keys: Iterable[str]) -> None:
        for key in keys:
            self.shared("sockets", key)

    def sockets_of(self, what: str) -> None:
        """Mark the ports of a host or a leg, whatever switches they are on."""
        keys = self._lock.shared.sockets
        self.sockets(key for key in keys if key.partition("/")[2].startswith(what))

    def site_switch(self, key: str, switch: RoutedSwitch) -> None:
        """Mark a switch of a site."""
        self.shared("switches", key)
        if switch.role == "access":
            self.shared("segments", self.estate.centre.management_segment)

    def link(self, key: str, link: Link) -> None:
        """Mark a link's networks, and its ports at both ends."""
        self.shared("transit", key)
        for end in link.ends:
            self.sockets(f"{end}/{key}.{number}" for number in range(len(link.strands)))

    def host(self, key: str, host: Host) -> None:
        """Mark a host, its segment and its ports."""
        self.shared("hosts", key)
        self.shared("segments", host.segment)
        self.sockets_of(f"{key}.")

    def attachment(self, subject: Subject, cabinet_key: str, cabinet: Cabinet) -> None:
        """Mark a camera or an attachment point, and all it depends on."""
        entry: Attachment | None = getattr(self._lock.communes[subject.scope], subject.section).get(
            subject.key
        )
        insee = subject.scope
        if entry is None or entry.segment not in self._lock.communes[insee].segments:
            return
        self._subjects.add(subject)
        self._segment(insee, entry.segment)
        self.cabinet(insee, cabinet_key, cabinet)
        if subvolume := getattr(entry, "subvolume", None):
            self._subjects.add(Subject(insee, "storage", subvolume))

    def cabinet(self, insee: str, key: str, cabinet: Cabinet) -> None:
        """Mark a cabinet's switch with its management segment, and its way to the gateways."""
        numbers = self._lock.communes[insee].switches.get(key)
        if numbers is None:
            return
        self._subjects.add(Subject(insee, "switches", key))
        for segment, entry in self._lock.communes[insee].segments.items():
            if numbers.management in entry.prefix:
                self._segment(insee, segment)
        self._way(cabinet_switch(insee, key), cabinet)

    def _segment(self, insee: str, key: str) -> None:
        lock = self._lock.communes[insee]
        self._subjects.add(Subject(insee, "segments", key))
        prefix = lock.segments[key].prefix
        for block, entry in lock.blocks.items():
            if prefix.subnet_of(entry.prefix):
                self._subjects.add(Subject(insee, "blocks", block))

    def _way(self, switch: str, cabinet: Cabinet) -> None:
        """Mark the sockets from a cabinet to the pair of its ring, and the pair's switches."""
        seen: set[str] = set()
        while cabinet.spur and switch not in seen:
            seen.add(switch)
            self.sockets([f"{cabinet.spur.parent}/{switch}"])
            switch = cabinet.spur.parent
            parent = self._homes.cabinet(switch)
            if parent is None:
                self.shared("switches", switch)
                return
            cabinet = parent
        ring = self.estate.network.rings.get(cabinet.ring or "")
        pair = self.estate.network.pairs.get(ring.pair) if ring else None
        if pair:
            for gateway, end in ((pair.primary, "a"), (pair.secondary, "b")):
                self.shared("switches", gateway)
                self.sockets([f"{gateway}/{cabinet.ring}/{end}"])

    def applied(self) -> Lock:
        """Give the lock with all marks applied; what it lacks stays away."""
        by_file: dict[str, dict[str, list[str]]] = {}
        for subject in self._subjects:
            sections = by_file.setdefault(subject.scope, {})
            sections.setdefault(subject.section, []).append(subject.key)
        communes = {
            insee: _marked(commune, by_file[insee]) if insee in by_file else commune
            for insee, commune in self._lock.communes.items()
        }
        shared = _marked(self._lock.shared, by_file.get(SHARED, {}))
        return Lock.model_construct(shared=shared, communes=communes)


def _marked(file: _File, marks: dict[str, list[str]]) -> _File:
    """Give a file of the lock with the entries under some keys deployed."""
    update = {
        section: dict(_deployed(getattr(file, section), frozenset(keys)))
        for section, keys in marks.items()
    }
    return file.model_copy(update=update)


def _deployed(entries: dict[str, Any], keys: frozenset[str]) -> Iterator[tuple[str, Any]]:
    for key, entry in entries.items():
        if key in keys and entry.state is not State.DEPLOYED:
            yield key, entry.model_copy(update={"state": State.DEPLOYED})
        else:
            yield key, entry
