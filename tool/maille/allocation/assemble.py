"""From settled drafts back to entries of the lock, in canonical order."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import TYPE_CHECKING, Any

from maille.allocation.lock import (
    AccessNumbers,
    Attachment,
    Block,
    CameraNumbers,
    CommuneLock,
    HostNumbers,
    RoutedNumbers,
    SegmentNumbers,
    SharedLock,
    Socket,
    State,
    TransitNumbers,
)
from maille.allocation.spans import prefix_of, stretch, within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from maille.allocation.centre import SharedDrafts
    from maille.allocation.communes import CommuneDrafts
    from maille.allocation.demand import Pool
    from maille.allocation.draft import Draft
    from maille.allocation.lock import Given, Quarantined, ShareNumbers
    from maille.allocation.segments import Block as SettledBlock
    from maille.allocation.spans import Stretch


def commune_lock(
    drafts: CommuneDrafts,
    blocks: Mapping[tuple[str, str], Sequence[SettledBlock]],
    storage: dict[str, ShareNumbers],
    subvolume: str,
    quarantine: Sequence[Quarantined],
) -> CommuneLock | None:
    """Assemble the file of a commune; nothing if there is nothing in it.

    `subvolume` takes cameras that have none yet.
    """
    insee = drafts.insee
    segments = _entries(drafts.segments, segment_entry)
    cameras = [draft for draft in drafts.attachments if draft.subject.section == "cameras"]
    points = [draft for draft in drafts.attachments if draft.subject.section == "points"]
    lock = CommuneLock.model_construct(
        commune=insee,
        blocks=dict(_blocks(drafts, blocks)),
        segments=segments,
        switches=_entries(drafts.switches, access_entry),
        cameras=_entries(cameras, lambda draft: _camera(draft, storage, subvolume)),
        points=_entries(points, _point),
        storage=storage,
        quarantine=tuple(quarantine),
    )
    empty = drafts.demand is None and not any(
        getattr(lock, name) for name in CommuneLock.model_fields if name != "commune"
    )
    return None if empty else lock


def shared_lock(drafts: SharedDrafts, quarantine: Sequence[Quarantined]) -> SharedLock:
    """Assemble the file of what is shared."""
    firewall: dict[Any, Any] = _entries(drafts.firewall, _host)
    return SharedLock.model_construct(
        segments=_entries(drafts.segments, segment_entry),
        hosts=_entries(drafts.hosts, _host),
        firewall=firewall,
        switches=_entries(drafts.switches, _switch),
        transit=_entries(drafts.transit, _transit),
        sockets=_entries(drafts.sockets, _socket),
        quarantine=tuple(quarantine),
    )


def _entries(drafts: Iterable[Draft], make: Callable[[Draft], Given]) -> dict[str, Any]:
    """Make entries by key; one that lacks a number is left out, and a finding has told it."""
    return {
        draft.subject.key: make(draft)
        for draft in sorted(drafts, key=lambda draft: draft.subject.key)
        if draft.complete
    }


def segment_entry(draft: Draft) -> Given:
    """Make a segment's entry."""
    if draft.unchanged and draft.entry:
        return draft.entry
    vlan, prefix = (claim.number for claim in draft.claims)
    return SegmentNumbers.model_construct(state=draft.state, vlan=vlan, prefix=prefix_of(prefix))


def access_entry(draft: Draft) -> Given:
    """Make an access switch's entry."""
    if draft.unchanged and draft.entry:
        return draft.entry
    hostname, address = (claim.number for claim in draft.claims)
    return AccessNumbers.model_construct(
        state=draft.state, hostname=hostname, management=IPv4Address(address)
    )


def _camera(draft: Draft, storage: Mapping[str, ShareNumbers], subvolume: str) -> Given:
    before = getattr(draft.entry, "subvolume", subvolume)
    if draft.state is State.PLANNED and before not in storage:
        before = subvolume
    elif _same_attachment(draft) and draft.entry:
        return draft.entry
    return CameraNumbers.model_construct(**_attachment(draft), subvolume=before)


def _point(draft: Draft) -> Given:
    if _same_attachment(draft) and draft.entry:
        return draft.entry
    return Attachment.model_construct(**_attachment(draft))


def _same_attachment(draft: Draft) -> bool:
    """Say whether an entry stays as it is; the same address may now be of another segment."""
    if not draft.unchanged:
        return False
    segment = draft.claims[1].where[1]
    return draft.state is State.DEPLOYED or getattr(draft.entry, "segment", "") == segment


def _attachment(draft: Draft) -> dict[str, Any]:
    port, address = draft.claims
    where = port.number.switch.removeprefix(f"{draft.subject.scope}-")
    return {
        "state": draft.state,
        "cabinet": where,
        "position": port.number.position,
        "address": IPv4Address(address.number),
        "segment": address.where[1],
    }


def _host(draft: Draft) -> Given:
    (claim,) = draft.claims
    if draft.unchanged and draft.entry and getattr(draft.entry, "count", 0) == claim.need:
        return draft.entry
    return HostNumbers.model_construct(
        state=draft.state, address=IPv4Address(claim.number), count=claim.need
    )


def _switch(draft: Draft) -> Given:
    if draft.claims[0].owner[1] == "hostname":
        return access_entry(draft)
    if draft.unchanged and draft.entry:
        return draft.entry
    video, mgmt = (claim.number for claim in draft.claims)
    return RoutedNumbers.model_construct(
        state=draft.state,
        loopback_video=IPv4Address(video[0]),
        loopback_mgmt=IPv4Address(mgmt[0]),
    )


def _transit(draft: Draft) -> Given:
    if draft.unchanged and draft.entry:
        return draft.entry
    video, mgmt = (claim.number for claim in draft.claims)
    return TransitNumbers.model_construct(
        state=draft.state, video=prefix_of(video), mgmt=prefix_of(mgmt)
    )


def _socket(draft: Draft) -> Given:
    if draft.unchanged and draft.entry:
        return draft.entry
    port = draft.claims[0].number
    return Socket.model_construct(state=draft.state, position=port.position, kind=port.kind)


def _blocks(
    drafts: CommuneDrafts, settled: Mapping[tuple[str, str], Sequence[SettledBlock]]
) -> Iterable[tuple[str, Block]]:
    """Give the blocks that are deployed, pinned or in use, the video pool's first."""
    before = {draft.subject.key: draft for draft in drafts.blocks}
    pools: tuple[Pool, ...] = ("video", "management")
    for pool in pools:
        used = [
            claim.number
            for draft in drafts.segments
            for claim in draft.claims
            if claim.owner[1] == "prefix" and claim.number and claim.where == (drafts.insee, pool)
        ]
        for block in settled.get((drafts.insee, pool), ()):
            draft = before.get(block.key)
            if not block.dormant and (_stays(draft) or _in_use(block.stretch, used)):
                yield block.key, _block(block, pool, draft)


def _stays(draft: Draft | None) -> bool:
    """Say whether a block stays even while it is empty."""
    if draft is None:
        return False
    deployed = draft.entry is not None and draft.entry.state is State.DEPLOYED
    return deployed or draft.claims[0].pin is not None


def _in_use(block: Stretch, segments: Iterable[Stretch]) -> bool:
    return any(within(segment, (block,)) for segment in segments)


def _block(block: SettledBlock, pool: Pool, draft: Draft | None) -> Block:
    if draft and isinstance(draft.entry, Block) and stretch(draft.entry.prefix) == block.stretch:
        return draft.entry
    return Block.model_construct(state=State.PLANNED, pool=pool, prefix=prefix_of(block.stretch))
