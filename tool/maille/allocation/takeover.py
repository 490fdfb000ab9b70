"""Communes that merge and cabinets that are renamed keep their numbers under the new key.

`formerly` of a commune takes over whole lock files, `formerly` of a cabinet what is kept
under the cabinet: its switch, its attachments, the sockets at both ends of its spurs. Numbers
and host names stay as they are, only keys change; where a key is taken already, `@` and the
former commune's code tell the two apart. Doing it twice changes nothing: the old keys are gone
after the first time, and what two branches took over, or a run that was cut short, is
recognised by its numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias

from maille.allocation.lock import CommuneLock, Lock, State
from maille.allocation.segments import next_key
from maille.topology.naming import cabinet_switch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.allocation.lock import Block, Given, Quarantined
    from maille.allocation.settling import Settling
    from maille.inventory.schema.commune import Commune

CabinetKey: TypeAlias = tuple[str, str]
"""INSEE code and cabinet."""

_SECTIONS = ("blocks", "segments", "switches", "cameras", "points", "storage")


def take_over(run: Settling) -> None:
    """Move entries in the lock of a run to the keys that the inventory has for them now."""
    merged = dict(_merged_communes(run))
    renamed = dict(_renamed_cabinets(run))
    if not merged and not renamed:
        return
    files = {insee: _File.of(lock) for insee, lock in run.lock.communes.items()}
    mover = _Mover(files, renamed)
    for old, new in merged.items():
        mover.merge(old, new)
    for old_cabinet, new_cabinet in renamed.items():
        mover.rename(old_cabinet, new_cabinet)
    run.lock = Lock.model_construct(
        shared=run.lock.shared.model_copy(
            update={
                "sockets": {
                    mover.socket(key): entry for key, entry in run.lock.shared.sockets.items()
                },
                "quarantine": tuple(
                    entry.model_copy(update={"key": mover.socket(entry.key)})
                    if entry.section == "sockets"
                    else entry
                    for entry in run.lock.shared.quarantine
                ),
            }
        ),
        communes={insee: file.lock(insee) for insee, file in files.items()},
    )


def _merged_communes(run: Settling) -> Iterator[tuple[str, str]]:
    """Give former communes that still have a file of their own, and what they are part of."""
    for insee, commune in run.members.items():
        for old in commune.formerly:
            if old == insee or old not in run.lock.communes:
                continue
            if old in run.members:
                run.notes.tell(
                    "A040",
                    old,
                    f"commune {old} is a member, and {insee} says that it was formerly {old}",
                    f"end the membership of {old}, or take it out of `formerly`",
                    ("communes", insee, "formerly"),
                )
            else:
                yield old, insee


def _renamed_cabinets(run: Settling) -> Iterator[tuple[CabinetKey, CabinetKey]]:
    """Give cabinets that the lock still knows by their former key only."""
    taken = set()
    for insee, commune in run.members.items():
        for key, former in _formers(commune):
            old, _, cabinet = former.partition("/")
            lock = run.lock.communes.get(old)
            here = run.lock.communes.get(insee)
            known = here is not None and key in here.switches
            if lock and cabinet in lock.switches and not known and former not in taken:
                taken.add(former)
                yield (old, cabinet), (insee, key)


def _formers(commune: Commune) -> Iterator[tuple[str, str]]:
    for key in sorted(commune.cabinets):
        former = commune.cabinets[key].formerly
        if former:
            yield key, former


@dataclass(slots=True)
class _File:
    """A file of the lock whose entries can be moved."""

    sections: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {section: {} for section in _SECTIONS}
    )
    quarantine: list[Quarantined] = field(default_factory=list)

    @classmethod
    def of(cls, lock: CommuneLock) -> _File:
        sections = {section: dict(getattr(lock, section)) for section in _SECTIONS}
        return cls(sections, list(lock.quarantine))

    def lock(self, insee: str) -> CommuneLock:
        sections: dict[str, Any] = {**self.sections}
        return CommuneLock.model_construct(
            commune=insee, quarantine=tuple(self.quarantine), **sections
        )

    def add(self, section: str, key: str, former: str, entry: Given) -> str:
        """Add an entry under its key, or under one that tells the former commune.

        Gives the key. An entry that is there already, by its numbers, is not added again.
        """
        entries = self.sections[section]
        there = self._key_of(section, entry)
        if there is not None:
            if entry.state is State.DEPLOYED:
                entries[there] = entry
            return there
        free = next(free for free in _keys(key, former) if free not in entries)
        entries[free] = entry
        return free

    def _key_of(self, section: str, entry: Given) -> str | None:
        """Find an entry by its numbers, whatever its key."""
        there = self.sections[section].items()
        return next((key for key, other in there if _same(other, entry)), None)

    def add_block(self, key: str, block: Block) -> str:
        """Add a block of another file under the next number; gives its key."""
        found = self._key_of("blocks", block) or self.next_block(key)
        self.sections["blocks"][found] = block
        return found

    def next_block(self, key: str) -> str:
        """Give a block of another file its number in this one."""
        pool = key.rpartition("-")[0]
        keys = [*self.sections["blocks"]]
        keys += [entry.key for entry in self.quarantine if entry.section == "blocks"]
        return next_key(pool, [mine for mine in keys if mine.startswith(f"{pool}-")])


def _keys(key: str, former: str) -> Iterator[str]:
    """Give the keys that an entry may get, the plainest first."""
    yield key
    yield f"{key}@{former}"
    for number in count(2):
        yield f"{key}@{former}@{number}"


def _same(one: Given, other: Given) -> bool:
    """Say whether two entries hold the same numbers, under whatever labels."""
    labels = {"cabinet": "", "segment": "", "state": State.PLANNED}
    return one.model_copy(update=labels) == other.model_copy(update=labels)


@dataclass(slots=True)
class _Mover:
    files: dict[str, _File]
    renamed: dict[CabinetKey, CabinetKey]
    switches: dict[str, str] = field(default_factory=dict)
    """New ids of switches by the old ones."""

    def merge(self, old: str, new: str) -> None:
        """Move a whole file into another; cabinets that are renamed on the way come later."""
        source, target = self.files.pop(old), self.files.setdefault(new, _File())
        blocks = {
            key: target.add_block(key, source.sections["blocks"][key])
            for key in sorted(source.sections["blocks"], key=_block_order)
        }
        segments = _moved(source, target, "segments", old)
        cabinets = self._cabinets(source, target, old, new)
        for section in ("cameras", "points"):
            for key, entry in source.sections[section].items():
                place = {
                    "cabinet": cabinets.get(entry.cabinet, entry.cabinet),
                    "segment": segments.get(entry.segment, entry.segment),
                }
                now = _point(key, cabinets) if section == "points" else key
                target.add(section, now, old, entry.model_copy(update=place))
        for name, share in source.sections["storage"].items():
            target.sections["storage"].setdefault(name, share)
        keys = {"blocks": blocks, "segments": segments, "switches": cabinets}
        for entry in source.quarantine:
            target.quarantine.append(_quarantined(entry, target, keys))

    def _cabinets(self, source: _File, target: _File, old: str, new: str) -> dict[str, str]:
        """Move the switches of a merged commune; gives the new key of each cabinet."""
        found = {}
        coming = {key for (_, key) in self.renamed.values()}
        for cabinet in sorted(source.sections["switches"]):
            entry = source.sections["switches"][cabinet]
            insee, key = self.renamed.pop((old, cabinet), (new, cabinet))
            if insee != new:
                key = cabinet
            elif key == cabinet and cabinet in coming:
                key = f"{cabinet}@{old}"
            found[cabinet] = target.add("switches", key, old, entry)
            self.switches[cabinet_switch(old, cabinet)] = cabinet_switch(new, found[cabinet])
        return found

    def rename(self, old: CabinetKey, new: CabinetKey) -> None:
        """Move what is kept under one cabinet."""
        if old[0] not in self.files:
            return
        source, target = self.files[old[0]], self.files.setdefault(new[0], _File())
        cabinets = {old[1]: new[1]}
        target.sections["switches"][new[1]] = source.sections["switches"].pop(old[1])
        self.switches[cabinet_switch(*old)] = cabinet_switch(*new)
        for section in ("cameras", "points"):
            for key, entry in list(source.sections[section].items()):
                if entry.cabinet == old[1]:
                    del source.sections[section][key]
                    now = _point(key, cabinets) if section == "points" else key
                    place = {"cabinet": new[1]}
                    target.sections[section][now] = entry.model_copy(update=place)
        for index, entry in enumerate(source.quarantine):
            if old[0] == new[0]:
                source.quarantine[index] = _quarantined(entry, target, {"switches": cabinets})

    def socket(self, key: str) -> str:
        """Give a socket's key after switches have changed their ids."""
        switch, slash, what = key.partition("/")
        return self.switches.get(switch, switch) + slash + self.switches.get(what, what)


def _moved(source: _File, target: _File, section: str, old: str) -> dict[str, str]:
    """Move the entries of a section; gives the new key of each."""
    keys = {}
    for key, entry in source.sections[section].items():
        keys[key] = target.add(section, key, old, entry)
    return keys


def _point(key: str, cabinets: Mapping[str, str]) -> str:
    cabinet, slash, name = key.partition("/")
    return cabinets.get(cabinet, cabinet) + slash + name


def _quarantined(
    entry: Quarantined, target: _File, keys: Mapping[str, Mapping[str, str]]
) -> Quarantined:
    """Give a quarantined entry the key under which it would come back."""
    cabinets = keys.get("switches", {})
    if entry.section == "blocks" and "blocks" in keys:
        key = keys["blocks"].get(entry.key) or target.next_block(entry.key)
    elif entry.section == "points":
        key = _point(entry.key, cabinets)
    else:
        key = keys.get(entry.section, {}).get(entry.key, entry.key)
    numbers = dict(entry.numbers)
    for name, section in (("cabinet", "switches"), ("segment", "segments")):
        if name in numbers:
            before = str(numbers[name])
            numbers[name] = keys.get(section, {}).get(before, before)
    return entry.model_copy(update={"key": key, "numbers": numbers})


def _block_order(key: str) -> tuple[str, int]:
    pool, _, number = key.rpartition("-")
    return pool, int(number)
