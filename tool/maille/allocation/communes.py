"""What communes have and want, as drafts with claims."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from maille.allocation.claims import Claim
from maille.allocation.demand import (
    FUNCTIONS,
    POE_RANK,
    POOLS,
    SegmentDemand,
    demand_of,
    held_segments,
    segment_size,
)
from maille.allocation.draft import Draft
from maille.allocation.lock import CommuneLock, State
from maille.allocation.ports import CameraNeed, Port
from maille.allocation.quarantine import POSITION
from maille.allocation.segments import next_key
from maille.allocation.spans import stretch, within
from maille.allocation.subject import Subject
from maille.inventory.schema.commune import SegmentPins
from maille.topology.naming import cabinet_switch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.allocation.demand import AttachmentDemand, CommuneDemand
    from maille.allocation.lock import AccessNumbers, Attachment, SegmentNumbers
    from maille.allocation.settling import Settling
    from maille.allocation.spans import Stretch

_NO_PINS: Final = SegmentPins()


@dataclass(slots=True)
class CommuneDrafts:
    """The drafts of one commune, by section."""

    insee: str
    lock: CommuneLock
    demand: CommuneDemand | None
    """Nothing for a commune that is not a member."""
    blocks: list[Draft] = field(default_factory=list)
    segments: list[Draft] = field(default_factory=list)
    switches: list[Draft] = field(default_factory=list)
    attachments: list[Draft] = field(default_factory=list)


def drafts_of(insee: str, run: Settling) -> CommuneDrafts:
    """Draft everything that a commune has in the lock or wants."""
    lock = run.lock.communes.get(insee) or CommuneLock(commune=insee)
    commune = run.members.get(insee)
    demand = demand_of(commune, lock, run.homes, run.estate) if commune else None
    if demand and demand.homeless:
        run.unjudged.add(insee)
        run.homeless.update(cabinet_switch(insee, cabinet) for cabinet in demand.homeless)
    found = CommuneDrafts(insee, lock, demand)
    held = held_segments(lock)
    found.segments = list(_segments(found, held, run))
    found.blocks = list(_blocks(found, run))
    found.switches = list(_switches(found, run))
    found.attachments = list(_attachments(found, run))
    return found


def segment_function(key: str) -> str:
    """Give the function that a segment's key names, `@` and former commune left out."""
    return key.rpartition("/")[2].partition("@")[0]


def _segments(drafts: CommuneDrafts, held: set[str], run: Settling) -> Iterator[Draft]:
    insee, lock, demand = drafts.insee, drafts.lock, drafts.demand
    wanted = demand.segments if demand else {}
    pins = demand.commune.pins.segments if demand else {}
    gone = lock.segments.keys() - wanted.keys()
    occupied = _occupied_segments(drafts, run) if gone else set()
    for key in sorted(lock.segments.keys() | wanted.keys()):
        subject = Subject(insee, "segments", key)
        entry, want = lock.segments.get(key), wanted.get(key)
        full = key in occupied
        if want is None and not (
            entry and run.stays(subject, entry, held=key in held, occupied=full)
        ):
            continue
        pin = pins.get(key, _NO_PINS)
        yield _segment(subject, entry, want, pin, run, held=key in held)


def _occupied_segments(drafts: CommuneDrafts, run: Settling) -> set[str]:
    """Give the segments with something deployed that does not go now, for all that is known."""
    insee, lock, demand = drafts.insee, drafts.lock, drafts.demand
    wanted = {want.key for want in demand.attachments} if demand else set()
    found = {
        entry.segment
        for section, entries in (("points", lock.points), ("cameras", lock.cameras))
        for key, entry in entries.items()
        if entry.state is State.DEPLOYED
        and (key in wanted or not run.goes(Subject(insee, section, key), entry.cabinet))
    }
    switches = demand.switches if demand else {}
    staying = [
        entry.management
        for key, entry in lock.switches.items()
        if entry.state is State.DEPLOYED
        and (key in switches or not run.goes(Subject(insee, "switches", key)))
    ]
    for key, segment in lock.segments.items() if staying else ():
        if any(address in segment.prefix for address in staying):
            found.add(key)
    return found


def _segment(
    subject: Subject,
    entry: SegmentNumbers | None,
    want: SegmentDemand | None,
    pin: SegmentPins,
    run: Settling,
    *,
    held: bool,
) -> Draft:
    above = ("communes", subject.scope, "pins", "segments", subject.key)
    moves, resized = run.move.reaches(subject), run.resize.reaches(subject)
    vlan = Claim(
        (subject, "vlan"),
        want.domain if want else run.homes.domain_of(subject.key),
        "access",
        pin.vlan,
        (*above, "vlan"),
        entry.vlan if entry else None,
        held,
        want is not None,
        moves,
    )
    function = segment_function(subject.key)
    prefix = Claim(
        (subject, "prefix"),
        (subject.scope, POOLS.get(function, "video")),  # type: ignore[call-overload]
        segment_size(want.count, run.estate.settings.pools) if want else 1,
        stretch(pin.prefix) if pin.prefix else None,
        (*above, "prefix"),
        stretch(entry.prefix) if entry else None,
        held,
        want is not None,
        moves or resized,
        resized,
    )
    return Draft(subject, entry, (vlan, prefix), want)


def vlan_order(claim: Claim) -> tuple[int, Subject]:
    """Order the giving of VLAN ids: by function, so that the ids of one are consecutive."""
    subject = claim.owner[0]
    function = segment_function(subject.key)
    return (FUNCTIONS.index(function) if function in FUNCTIONS else len(FUNCTIONS), subject)


def _blocks(drafts: CommuneDrafts, run: Settling) -> Iterator[Draft]:
    """Draft the blocks there are, and those that are pinned."""
    lock, insee = drafts.lock, drafts.insee
    prefixes = [draft.claims[1] for draft in drafts.segments]
    fixed = [claim.current for claim in prefixes if claim.deployed]
    pinned = _pinned_blocks(drafts)
    for key, entry in lock.blocks.items():
        subject = Subject(insee, "blocks", key)
        now = stretch(entry.prefix)
        occupied = any(within(each, (now,)) for each in fixed)
        in_use = entry.state is State.DEPLOYED or occupied
        if drafts.demand is None and not run.stays(subject, entry, held=in_use, occupied=occupied):
            continue
        path = pinned.pop(now, ())
        claim = Claim(
            (subject, "prefix"),
            entry.pool,
            pin=now if path else None,
            pinned_at=path,
            current=now,
            deployed=in_use,
            wanted=drafts.demand is not None,
            movable=run.move.reaches(subject),
        )
        yield Draft(subject, entry, (claim,), path)
    quarantined = [q.key for q in lock.quarantine if q.section == "blocks"]
    keys = [*lock.blocks, *quarantined]
    for now, path in pinned.items():
        pool = run.pool_of_block(now, insee, path)
        if pool:
            keys.append(next_key(pool, [key for key in keys if key.startswith(f"{pool}-")]))
            subject = Subject(insee, "blocks", keys[-1])
            claim = Claim((subject, "prefix"), pool, pin=now, pinned_at=path)
            yield Draft(subject, None, (claim,), path)


def _pinned_blocks(drafts: CommuneDrafts) -> dict[Stretch, tuple[str, ...]]:
    """Give the blocks that must be there, and the pin that each is for.

    A pinned segment needs the block that holds it; where there is none, one of its own size.
    """
    if drafts.demand is None:
        return {}
    pins = drafts.demand.commune.pins
    above = ("communes", drafts.insee, "pins")
    found: dict[Stretch, tuple[str, ...]] = {
        stretch(prefix): (*above, "blocks", str(number))
        for number, prefix in enumerate(pins.blocks)
    }
    there = [stretch(entry.prefix) for entry in drafts.lock.blocks.values()]
    for key in sorted(pins.segments):
        prefix_pin = pins.segments[key].prefix
        if prefix_pin is not None and key in drafts.demand.segments:
            now = stretch(prefix_pin)
            around = (block for block in (*found, *there) if within(now, (block,)))
            found.setdefault(next(around, now), (*above, "segments", key, "prefix"))
    return found


def _switches(drafts: CommuneDrafts, run: Settling) -> Iterator[Draft]:
    insee, lock, demand = drafts.insee, drafts.lock, drafts.demand
    wanted = demand.switches if demand else {}
    for cabinet in sorted(lock.switches.keys() | wanted.keys()):
        subject = Subject(insee, "switches", cabinet)
        entry, segment = lock.switches.get(cabinet), wanted.get(cabinet)
        live = entry is not None and entry.state is State.DEPLOYED
        if segment is None and not (entry and run.stays(subject, entry, held=live)):
            continue
        pin = demand.commune.cabinets[cabinet].pins.management if demand and segment else None
        path = ("communes", insee, "cabinets", cabinet, "pins", "management")
        yield access_switch(
            subject,
            cabinet_switch(insee, cabinet),
            entry,
            Claim(
                (subject, "management"),
                (insee, segment or ""),
                pin=int(pin) if pin else None,
                pinned_at=path,
                current=int(entry.management) if entry else None,
                deployed=live,
                wanted=segment is not None,
                movable=run.move.reaches(subject),
            ),
        )


def access_switch(
    subject: Subject, switch: str, entry: AccessNumbers | None, management: Claim
) -> Draft:
    """Draft an access switch: its name, which it keeps for ever, and its address."""
    hostname = Claim(
        (subject, "hostname"),
        switch,
        current=entry.hostname if entry else None,
        deployed=management.deployed,
        wanted=management.wanted,
        movable=management.movable,
    )
    return Draft(subject, entry, (hostname, management), switch)


def _attachments(drafts: CommuneDrafts, run: Settling) -> Iterator[Draft]:
    lock, demand = drafts.lock, drafts.demand
    wanted = {(want.section, want.key): want for want in (demand.attachments if demand else ())}
    seen = set()
    for section, entries in (("points", lock.points), ("cameras", lock.cameras)):
        for key in sorted(entries):
            entry = entries[key]
            want = wanted.get((section, key))  # type: ignore[arg-type]
            subject = Subject(drafts.insee, section, key)
            live = entry.state is State.DEPLOYED
            if want is None and not run.stays(subject, entry, entry.cabinet, held=live):
                continue
            seen.add((section, key))
            yield _attachment(subject, entry, want, run)
    for section, key in sorted(wanted.keys() - seen):
        if not (section == "cameras" and run.is_elsewhere(key, drafts.insee)):
            subject = Subject(drafts.insee, section, key)
            yield _attachment(subject, None, wanted[section, key], run)


def _attachment(
    subject: Subject, entry: Attachment | None, want: AttachmentDemand | None, run: Settling
) -> Draft:
    insee = subject.scope
    cabinet = want.cabinet if want else entry.cabinet if entry else ""
    segment = want.segment if want else entry.segment if entry else ""
    live = entry is not None and entry.state is State.DEPLOYED
    moves = run.move.reaches(subject, cabinet)
    switch = cabinet_switch(insee, cabinet)
    now = Port(cabinet_switch(insee, entry.cabinet), "access", entry.position) if entry else None
    pins = want.pins if want else None
    path = (*want.path, "pins") if want else ()
    port = Claim(
        (subject, POSITION),
        switch,
        CameraNeed(want.poe if want else POE_RANK["none"]),
        Port(switch, "access", pins.position) if pins and pins.position else None,
        (*path, "position"),
        now,
        live,
        want is not None,
        moves,
    )
    address = Claim(
        (subject, "address"),
        (insee, segment),
        1,
        int(pins.address) if pins and pins.address else None,
        (*path, "address"),
        int(entry.address) if entry else None,
        live,
        want is not None,
        moves,
    )
    return Draft(subject, entry, (port, address), want)


def port_order(draft: Draft) -> tuple[int, bool, Subject]:
    """Order the giving of ports: who needs most power first, then points, then by id.

    Nothing of this can move what is there: the order holds only among those without a port.
    Points come first, as people plug cameras into them by heart.
    """
    want = draft.detail
    return (-want.poe if want else 0, draft.subject.section == "cameras", draft.subject)
