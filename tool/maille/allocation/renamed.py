"""Cabinets that seem to have been renamed without a word, and the estate as it was before.

A cabinet's key names its numbers in the lock. With another key, and nothing to say that it is
the same cabinet, its switch would be a new one, its cameras would all have moved, and its old
key would be of something that is gone: a dozen findings for one slip. Where its cameras give
it away, one finding asks, and its numbers are settled as under the key of before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.allocation.lock import State
from maille.allocation.notes import SETTLE
from maille.allocation.subject import Subject
from maille.topology.naming import cabinet_switch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.allocation.lock import CommuneLock, Lock
    from maille.allocation.notes import Notes
    from maille.allocation.subject import Selection
    from maille.inventory.schema.commune import Cabinet, Commune
    from maille.inventory.schema.estate import Estate


def before_renaming(
    estate: Estate, members: Mapping[str, Commune], lock: Lock, retire: Selection, notes: Notes
) -> Estate:
    """Give the estate with cabinets under the keys that the lock has deployed them by.

    What `retire` reaches is gone by what people say, so nothing was renamed.
    """
    keys = {
        (insee, new): old
        for insee, commune in members.items()
        for new, old in _renamed(commune, lock.communes.get(insee))
        if not retire.reaches(Subject(insee, "switches", old))
        and not _is_told(members, f"{insee}/{old}")
    }
    for (insee, new), old in keys.items():
        _tell(notes, insee, new, old)
    return _with_keys(estate, keys) if keys else estate


def _is_told(members: Mapping[str, Commune], old: str) -> bool:
    """Say whether a cabinet says of itself that it was the old one."""
    cabinets = (each for commune in members.values() for each in commune.cabinets.values())
    return any(cabinet.formerly == old for cabinet in cabinets)


def _renamed(commune: Commune, lock: CommuneLock | None) -> Iterator[tuple[str, str]]:
    """Give the new and the old key of each cabinet that looks renamed.

    All deployed cameras of a new cabinet come from one that is gone, and none of those went
    anywhere else.
    """
    if lock is None:
        return
    gone = {
        key
        for key, entry in lock.switches.items()
        if entry.state is State.DEPLOYED and key not in commune.cabinets
    }
    if not gone:
        return
    ways = {
        (lock.cameras[camera].cabinet, key)
        for key, cabinet in commune.cabinets.items()
        for camera in cabinet.cameras
        if camera in lock.cameras and lock.cameras[camera].state is State.DEPLOYED
    }
    for old, new in sorted(ways):
        alone = sum(old in way[:1] or new in way[1:] for way in ways) == 1
        known = new in lock.switches or commune.cabinets[new].formerly
        if old in gone and alone and not known:
            yield new, old


def _tell(notes: Notes, insee: str, new: str, old: str) -> None:
    notes.tell(
        "A014",
        cabinet_switch(insee, new),
        f"cabinet {new} has the cameras that are deployed in cabinet {old}, which is gone: it"
        " looks renamed",
        f"write `formerly: {insee}/{old}` in it, and it keeps its numbers; if it is another"
        f" cabinet, {SETTLE} --retire {cabinet_switch(insee, old)}"
        f" --move {cabinet_switch(insee, new)}",
        ("communes", insee, "cabinets", new),
    )


def _with_keys(estate: Estate, keys: Mapping[tuple[str, str], str]) -> Estate:
    """Give the estate with cabinets under other keys, in what names them as a parent too."""
    switches = {cabinet_switch(*new): cabinet_switch(new[0], old) for new, old in keys.items()}
    communes = {
        insee: commune.model_copy(
            update={
                "cabinets": {
                    keys.get((insee, key), key): _under(cabinet, switches)
                    for key, cabinet in commune.cabinets.items()
                }
            }
        )
        for insee, commune in estate.communes.items()
    }
    return estate.model_copy(update={"communes": communes})


def _under(cabinet: Cabinet, switches: Mapping[str, str]) -> Cabinet:
    """Give a cabinet whose parent has the key of before."""
    if cabinet.spur is None or cabinet.spur.parent not in switches:
        return cabinet
    spur = cabinet.spur.model_copy(update={"parent": switches[cabinet.spur.parent]})
    return cabinet.model_copy(update={"spur": spur})
