"""Communes' shares of the storage: the subvolume's name, and the recorder that fills it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.allocation.lock import CameraNumbers, ShareNumbers, State
from maille.allocation.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.allocation.communes import CommuneDrafts
    from maille.allocation.settling import Settling


def settle_shares(
    drafts: Iterable[CommuneDrafts], run: Settling
) -> dict[str, dict[str, ShareNumbers]]:
    """Give every member commune its share, by commune and subvolume, the first one first.

    A new share goes to the recorder that has the fewest cameras at that moment. Subvolumes
    that came with merged communes stay behind the commune's own, as long as they are
    deployed or a camera records to them.
    """
    recorders = run.estate.centre.recorders
    load = dict.fromkeys(sorted(recorders), 0)
    found: dict[str, dict[str, ShareNumbers]] = {}
    members = []
    for draft in drafts:
        if draft.demand is None:
            found[draft.insee] = _of_former_member(draft, run)
            continue
        members.append(draft)
        found[draft.insee] = _kept(draft, run)
        for share in found[draft.insee].values():
            if share.recorder in load:
                load[share.recorder] += _cameras(draft)
    for draft in members:
        _complete(draft, found[draft.insee], load, run)
    return found


def own_subvolume(run: Settling, insee: str) -> str:
    """Give the name of a commune's own subvolume."""
    return f"{run.estate.settings.estate}-{insee}"


def _cameras(draft: CommuneDrafts) -> int:
    wanted = draft.demand.attachments if draft.demand else ()
    return sum(want.section == "cameras" for want in wanted)


def _used(draft: CommuneDrafts) -> set[str]:
    """Give the subvolumes that cameras which stay record to."""
    cameras = (entry.entry for entry in draft.attachments if entry.subject.section == "cameras")
    return {camera.subvolume for camera in cameras if isinstance(camera, CameraNumbers)}


def _of_former_member(draft: CommuneDrafts, run: Settling) -> dict[str, ShareNumbers]:
    return {
        name: share
        for name, share in draft.lock.storage.items()
        if run.stays(
            Subject(draft.insee, "storage", name), share, held=share.state is State.DEPLOYED
        )
    }


def _kept(draft: CommuneDrafts, run: Settling) -> dict[str, ShareNumbers]:
    """Keep shares that still fit; deployed ones always, unless they are moved."""
    own = own_subvolume(run, draft.insee)
    used = _used(draft)
    pin = draft.demand.commune.recorder if draft.demand else None
    kept = {}
    for name in sorted(draft.lock.storage, key=lambda name: (name != own, name)):
        share = draft.lock.storage[name]
        subject = Subject(draft.insee, "storage", name)
        reason = _contradiction(share, pin if name == own else None, run)
        if share.state is not State.DEPLOYED:
            if not reason and (name == own or name in used):
                kept[name] = share
        elif reason and run.move.reaches(subject):
            run.reached |= subject.names()
        elif _let_go(subject, own, used, run):
            run.reached |= subject.names()
            run.put_away(subject, share)
        else:
            kept[name] = share
            if reason:
                run.notes.contradictions[subject] = [f"recorder {share.recorder}, but {reason}"]
    return kept


def _let_go(subject: Subject, own: str, used: set[str], run: Settling) -> bool:
    """Say whether a subvolume of a former commune is retired by its very name.

    `all` does not reach it: its recordings may still have to be kept.
    """
    return subject.key != own and subject.key not in used and subject.key in run.retire.words


def _contradiction(share: ShareNumbers, pin: str | None, run: Settling) -> str:
    if share.recorder not in run.estate.centre.recorders:
        return "there is no such recorder"
    return f"{pin} is pinned" if pin and pin != share.recorder else ""


def _complete(
    draft: CommuneDrafts, shares: dict[str, ShareNumbers], load: dict[str, int], run: Settling
) -> None:
    """Give a recorder to the commune's own share, and to those of its cameras, if they lack one."""
    own = own_subvolume(run, draft.insee)
    used = _used(draft)
    for name in [own, *sorted((used & draft.lock.storage.keys()) - {own})]:
        if name in shares:
            continue
        recorder = _choose(draft, name, own, load)
        if recorder is None:
            run.notes.no_recorder(Subject(draft.insee, "storage", name))
            continue
        load[recorder] = load.get(recorder, 0) + _cameras(draft)
        shares[name] = ShareNumbers(recorder=recorder)
    if own in shares:
        ordered = {own: shares.pop(own), **shares}
        shares.clear()
        shares.update(ordered)


def _choose(draft: CommuneDrafts, name: str, own: str, load: dict[str, int]) -> str | None:
    """Choose the pinned recorder, the one of before, or the least loaded one."""
    pin = draft.demand.commune.recorder if draft.demand else None
    if name == own and pin in load:
        return pin
    for entry in reversed(draft.lock.quarantine):
        before = str(entry.numbers.get("recorder", ""))
        if entry.section == "storage" and entry.key == name and before in load:
            return before
    return min(load, key=lambda recorder: (load[recorder], recorder), default=None)
