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

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from maille.allocation.addresses import AddressSpace
from maille.allocation.assemble import commune_lock, shared_lock
from maille.allocation.centre import shared_drafts, site_switches
from maille.allocation.changes import changes_between
from maille.allocation.claims import give_claims, keep_claims, settle_claims
from maille.allocation.communes import drafts_of, port_order, vlan_order
from maille.allocation.demand import members_of
from maille.allocation.homes import Homes
from maille.allocation.lock import Lock, State
from maille.allocation.names import NameSpace
from maille.allocation.notes import Notes
from maille.allocation.ports import PortSpace
from maille.allocation.prefixes import PrefixSpace
from maille.allocation.quarantine import read_records
from maille.allocation.segments import Block, SegmentSpace, give_segments
from maille.allocation.settling import Settling
from maille.allocation.shares import own_subvolume, settle_shares
from maille.allocation.sockets import switches_of
from maille.allocation.spans import size_of, within
from maille.allocation.subject import ALL, SHARED, Selection, Subject
from maille.allocation.takeover import take_over
from maille.allocation.vlans import VlanSpace
from maille.errors import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from maille.allocation.addresses import SegmentName
    from maille.allocation.centre import SharedDrafts
    from maille.allocation.changes import Change
    from maille.allocation.claims import Claim, Number, Owner
    from maille.allocation.communes import CommuneDrafts
    from maille.allocation.draft import Draft
    from maille.allocation.lock import Quarantined, ShareNumbers
    from maille.allocation.quarantine import Record
    from maille.allocation.spans import Stretch
    from maille.errors import Finding
    from maille.inventory.schema.estate import Estate
    from maille.inventory.source import Sources


IDLE_COMMAND: Final = "A050"

_OF_MANAGEMENT: Final = frozenset({"mgmt", "loopback_mgmt"})
"""Parts of an entry in VRF MGMT: they come behind all of VRF VIDEO."""


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
    members = members_of(estate, as_of)
    run = Settling(
        estate=estate,
        lock=lock,
        as_of=as_of,
        homes=Homes(estate, members),
        prefixes=PrefixSpace(estate.settings.pools.prefixes),
        members=members,
        move=Selection.of(move),
        retire=Selection.of(retire),
        resize=Selection.of(resize),
        notes=Notes(sources),
    )
    settled = _Steps(run).settled()
    if not (run.move.words or run.retire.words or run.resize.words):
        return settled
    return _settled_after(settled, estate, lock, as_of, sources)


def _settled_after(
    commanded: Settled, estate: Estate, before: Lock, as_of: date, sources: Sources | None
) -> Settled:
    """Settle once more after a command: what it set free may let planned things fit better."""
    after = settle(estate, commanded.lock, as_of=as_of, sources=sources)
    idle = [finding for finding in commanded.findings if finding.code == IDLE_COMMAND]
    return Settled(after.lock, changes_between(before, after.lock), (*after.findings, *idle))


class _Steps:
    """The steps of settling, in their order."""

    def __init__(self, run: Settling) -> None:
        self.before = run.lock
        self.run = run
        take_over(run)
        kept = {insee: lock.quarantine for insee, lock in run.lock.communes.items()}
        run.records = list(self._read({SHARED: run.lock.shared.quarantine, **kept}))
        run.wandering = self._wandering()
        codes = sorted(run.lock.communes.keys() | run.members.keys())
        self.communes: list[CommuneDrafts] = [drafts_of(insee, run) for insee in codes]
        self.shared: SharedDrafts = shared_drafts(run)
        retired, run.retired = run.retired, {}
        run.records += self._read(retired)

    def settled(self) -> Settled:
        self._vlans()
        segments = self._prefixes()
        self._ports()
        self._addresses()
        self._names()
        lock = self._lock(segments)
        self._tell()
        return Settled(lock, changes_between(self.before, lock), self.run.notes.all())

    def _read(self, quarantine: Mapping[str, Iterable[Quarantined]]) -> Iterator[Record]:
        for scope in sorted(quarantine):
            domain_of = self._domain_of if scope else lambda _: self.run.homes.centre
            yield from read_records(scope, quarantine[scope], domain_of)

    def _domain_of(self, segment: str) -> str:
        home = self.run.homes.of_name(segment.rpartition("/")[0])
        return home.domain if home else ""

    def _wandering(self) -> dict[Subject, str]:
        """Find deployed cameras that the inventory now has in another commune."""
        home: dict[str, str] = {}
        own: set[tuple[str, str]] = set()
        for insee, commune in self.run.members.items():
            for cabinet in commune.cabinets.values():
                for camera in cabinet.cameras:
                    home.setdefault(camera, insee)
                    own.add((insee, camera))
        locks = self.run.lock.communes
        return {
            Subject(insee, "cameras", camera): home[camera]
            for insee in sorted(locks)
            for camera, entry in locks[insee].cameras.items()
            if entry.state is State.DEPLOYED
            and camera in home
            and (insee, camera) not in own
            and not (home[camera] in locks and camera in locks[home[camera]].cameras)
        }

    def _vlans(self) -> None:
        claims = [draft.claims[0] for draft in self.shared.segments]
        own = [draft.claims[0] for commune in self.communes for draft in commune.segments]
        claims += sorted(own, key=vlan_order)
        space = VlanSpace(self.run.estate.settings.pools.vlans)
        settle_claims(claims, space, self.run.quarantined("vlan"), self.run.notes)

    def _prefixes(self) -> SegmentSpace:
        """Settle all prefixes: pools first, then segments inside blocks."""
        run = self.run
        quarantine = run.quarantined("prefix")
        blocks = [draft.claims[0] for commune in self.communes for draft in commune.blocks]
        keep_claims(blocks, run.prefixes, quarantine, run.notes)
        direct = [draft.claims[1] for draft in self.shared.segments]
        for draft in (*self.shared.switches, *self.shared.transit):
            direct += [claim for claim in draft.claims if claim.where in run.prefixes.pools]
        direct.sort(key=lambda claim: (claim.owner[1] in _OF_MANAGEMENT, claim.owner))
        waiting = keep_claims(direct, run.prefixes, (), run.notes)
        space = SegmentSpace(self._blocks(), run.prefixes)
        self._hold_strays(space)
        give_claims(waiting, run.prefixes, quarantine, run.notes)
        claims = [draft.claims[1] for commune in self.communes for draft in commune.segments]
        inside = run.quarantined("segment")
        give_segments(keep_claims(claims, space, inside, run.notes), space, inside, run.notes)
        return space

    def _blocks(self) -> dict[tuple[str, str], list[Block]]:
        found: dict[tuple[str, str], list[Block]] = {}
        for commune in self.communes:
            for draft in commune.blocks:
                claim = draft.claims[0]
                if claim.number:
                    where = (commune.insee, claim.where)
                    found.setdefault(where, []).append(Block(draft.subject.key, claim.number))
        for record in self.run.records:
            for part in record.parts if record.entry.section == "blocks" else ():
                where = (record.scope, str(record.entry.numbers.get("pool", "video")))
                sleeping = Block(record.entry.key, part.freed.number, dormant=True)
                found.setdefault(where, []).append(sleeping)
        return found

    def _hold_strays(self, space: SegmentSpace) -> None:
        """Hold what lies in no block or segment of its own, so that nobody gets it.

        That is what a release of the block, but not of what lay inside, leaves behind.
        """
        prefixes = self.run.prefixes
        for commune in self.communes:
            for draft in commune.segments:
                claim = draft.claims[1]
                if claim.deployed and not self._in_block(space, commune.insee, claim.current):
                    prefixes.hold(claim.current, claim.owner)
        for freed in self.run.quarantined("segment"):
            if not self._in_block(space, freed.owner[0].scope, freed.number):
                prefixes.hold(freed.number, freed.owner)
        known = self._known_segments()
        for freed in self.run.quarantined("address"):
            scope = freed.owner[0].scope
            where = (freed.number, freed.number + freed.count - 1)
            if within(where, known.get(scope, ())):
                continue
            space.reserve(replace(freed, number=where))
            if not scope or not self._in_block(space, scope, where):
                prefixes.hold(where, freed.owner)

    def _in_block(self, space: SegmentSpace, insee: str, where: Stretch) -> bool:
        pools = ("video", "management")
        return any(
            within(where, (block.stretch,))
            for pool in pools
            for block in space.blocks.get((insee, pool), ())
        )

    def _known_segments(self) -> dict[str, list[Stretch]]:
        """Give the segments there were, or are in quarantine, by scope."""
        found: dict[str, list[Stretch]] = {}
        for draft in self._segment_drafts():
            if (now := draft.claims[1].current) is not None:
                found.setdefault(draft.subject.scope, []).append(now)
        for record in self.run.records:
            for part in record.parts if record.entry.section == "segments" else ():
                if part.layer != "vlan":
                    found.setdefault(record.scope, []).append(part.freed.number)
        return found

    def _ports(self) -> None:
        """Settle ports; sockets come first, as a link has less choice than a camera."""
        sockets = sorted(
            self.shared.sockets,
            key=lambda draft: (
                getattr(draft.detail, "patient", True),
                -getattr(draft.detail, "speed_mbps", 0),
                draft.subject,
            ),
        )
        attached = [draft for commune in self.communes for draft in commune.attachments]
        drafts = [*sockets, *sorted(attached, key=port_order)]
        space = PortSpace(switches_of(self.run.estate, self.run.members))
        claims = [draft.claims[0] for draft in drafts]
        settle_claims(claims, space, self.run.quarantined("port"), self.run.notes)

    def _addresses(self) -> None:
        segments: dict[SegmentName, Stretch] = {}
        moved: set[SegmentName] = set()
        for draft in self._segment_drafts():
            name = (draft.subject.scope, draft.subject.key)
            if (number := draft.claims[1].number) is not None:
                segments[name] = number
            if draft.moved:
                moved.add(name)
        drafts: list[Draft] = [*self.shared.firewall, *self.shared.hosts, *self.shared.switches]
        for commune in self.communes:
            drafts += [*commune.switches, *commune.attachments]
        claims = [draft.claims[-1] for draft in drafts]
        claims = [claim for claim in claims if claim.owner[1] in {"address", "management"}]
        for claim in claims if moved else ():
            claim.movable = claim.movable or claim.where in moved
        space = AddressSpace(segments)
        settle_claims(claims, space, self.run.quarantined("address"), self.run.notes)

    def _names(self) -> None:
        routed = [switch for switch, entry in site_switches(self.run) if entry.role != "access"]
        access = [*self.shared.switches]
        for commune in self.communes:
            access += commune.switches
        claims = [draft.claims[0] for draft in access if draft.claims[0].owner[1] == "hostname"]
        settle_claims(claims, NameSpace(routed), self.run.quarantined("name"), self.run.notes)

    def _lock(self, segments: SegmentSpace) -> Lock:
        shares = settle_shares(self.communes, self.run)
        held = self._held(segments)
        quarantine: dict[str, list[Quarantined]] = {}
        for record in self.run.records:
            left = record.without(held)
            if left is not None and not _is_share_again(left, shares.get(record.scope, {})):
                quarantine.setdefault(record.scope, []).append(left)
        for scope, entries in self.run.retired.items():
            quarantine.setdefault(scope, []).extend(entries)
        for draft in self._drafts():
            quarantine.setdefault(draft.subject.scope, []).extend(draft.freed(self.run.as_of))
        communes = {}
        for commune in self.communes:
            insee = commune.insee
            given = commune_lock(
                commune,
                segments.blocks,
                shares[insee],
                own_subvolume(self.run, insee),
                _in_order(quarantine.get(insee, ())),
            )
            if given is not None:
                communes[insee] = given
        shared = shared_lock(self.shared, _in_order(quarantine.get(SHARED, ())))
        return Lock.model_construct(shared=shared, communes=communes)

    def _held(self, segments: SegmentSpace) -> dict[Owner, Number]:
        """Give what is held by its owner, woken blocks among it; empty if nobody asks."""
        if not self.run.records:
            return {}
        held: dict[Owner, Number] = {
            claim.owner: claim.number
            for draft in self._drafts()
            if not draft.reverted
            for claim in draft.claims
        }
        for (insee, _), blocks in segments.blocks.items():
            for block in blocks:
                if not block.dormant:
                    held[Subject(insee, "blocks", block.key), "prefix"] = block.stretch
        return held

    def _drafts(self) -> Iterator[Draft]:
        shared = self.shared
        yield from (*shared.segments, *shared.firewall, *shared.hosts, *shared.switches)
        yield from (*shared.transit, *shared.sockets)
        for commune in self.communes:
            yield from (*commune.blocks, *commune.segments, *commune.switches)
            yield from commune.attachments

    def _segment_drafts(self) -> Iterator[Draft]:
        yield from self.shared.segments
        for commune in self.communes:
            yield from commune.segments

    def _tell(self) -> None:
        """Tell what is small, who has left, which cabinets hang nowhere, and idle words."""
        run = self.run
        for draft in self._segment_drafts():
            claim = draft.claims[1]
            if claim.deployed and claim.wanted and _too_small(claim):
                run.notes.small(
                    draft.subject,
                    f"{draft.subject.title} is {run.prefixes.show(claim.number)}: too small for"
                    " the growth that pools.camera_headroom asks for",
                )
        for commune in self.communes:
            for cabinet in commune.demand.homeless if commune.demand else ():
                run.notes.tell(
                    "A032",
                    f"{commune.insee}-{cabinet}",
                    f"cabinet {cabinet} of commune {commune.insee} belongs to no ring",
                    "name a ring with at_km, or a spur whose parents lead to one by way of members",
                    ("communes", commune.insee, "cabinets", cabinet),
                )
        for insee, count in run.left.items():
            place = Place(Subject(insee, "blocks", "").place.file)
            run.notes.left(insee, count, place)
        self._tell_idle_words()

    def _tell_idle_words(self) -> None:
        run = self.run
        words = run.move.words | run.retire.words | run.resize.words
        if not words:
            return
        for draft in self._drafts():
            if draft.moved:
                run.reached |= draft.subject.names(getattr(draft.detail, "cabinet", ""))
        for word in sorted(words - run.reached - {ALL}):
            run.notes.tell(
                IDLE_COMMAND,
                word,
                f"nothing of `{word}` is to be moved, retired or resized",
                "`maille allocation verify` names what is",
                (),
                Severity.WARNING,
            )


def _is_share_again(entry: Quarantined, shares: Mapping[str, ShareNumbers]) -> bool:
    """Say whether a subvolume is in use again; its recorder was never anybody's own."""
    return entry.section == "storage" and entry.key in shares


def _too_small(claim: Claim) -> bool:
    return claim.pin is None and claim.number is not None and size_of(claim.number) < claim.need


def _in_order(entries: Iterable[Quarantined]) -> list[Quarantined]:
    return sorted(
        entries, key=lambda entry: (entry.section, entry.key, entry.since, str(entry.numbers))
    )
