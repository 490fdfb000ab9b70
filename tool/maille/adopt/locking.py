"""The lock of the draft: what runs is deployed in it, under the numbers that it has.

Names, transit networks and ports of links cannot be pinned: they are put into a lock that is
settled, where they stay if they fit. What every device agrees with is then marked as deployed,
so that nothing but an explicit command changes it.
"""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import TYPE_CHECKING, Any, Final, TypeVar

from maille.adopt.numbers import PORT, entry_in, value_in
from maille.allocation.lock import (
    AccessNumbers,
    CommuneLock,
    Lock,
    RoutedNumbers,
    SharedLock,
    Socket,
    State,
    TransitNumbers,
)
from maille.allocation.subject import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maille.adopt.numbers import Key, Numbers
    from maille.allocation.subject import Subject

_File = TypeVar("_File", CommuneLock, SharedLock)

_WHOLE: Final[Mapping[str, tuple[frozenset[str], ...]]] = {
    "segments": (frozenset({"vlan", "prefix"}),),
    "switches": (
        frozenset({"hostname", "management"}),
        frozenset({"loopback_video", "loopback_mgmt"}),
    ),
    "cameras": (frozenset({PORT, "address"}),),
    "points": (frozenset({PORT, "address"}),),
    "hosts": (frozenset({"address"}),),
    "firewall": (frozenset({"address"}),),
    "transit": (frozenset({"video", "mgmt"}),),
    "sockets": (frozenset({PORT}),),
}
"""Which numbers make an entry of a section whole; any of the sets is enough."""
_UNKNOWN: Final = IPv4Address(0)
"""Fits nowhere, so that settling gives another one."""


def seed(numbers: Numbers) -> Lock:
    """Give a lock with what cannot be pinned, planned."""
    communes: dict[str, dict[str, AccessNumbers]] = {}
    switches: dict[str, RoutedNumbers | AccessNumbers] = {}
    transit: dict[str, TransitNumbers] = {}
    sockets: dict[str, Socket] = {}
    for (subject, part), seen in numbers.items():
        if part == "hostname":
            management = numbers.get((subject, "management"))
            entry = AccessNumbers(
                hostname=seen.value, management=management.value if management else _UNKNOWN
            )
            if subject.scope:
                communes.setdefault(subject.scope, {})[subject.key] = entry
            else:
                switches[subject.key] = entry
        elif subject.section == "transit":
            parts = {"video": seen.value, "mgmt": seen.value}
            parts |= {p: numbers[subject, p].value for p in parts if (subject, p) in numbers}
            transit[subject.key] = TransitNumbers(**parts)
        elif subject.section == "sockets":
            kind, position = seen.value
            sockets[subject.key] = Socket(kind=kind, position=position)
    return Lock(
        shared=SharedLock.model_construct(switches=switches, transit=transit, sockets=sockets),
        communes={
            insee: CommuneLock(commune=insee, switches=found) for insee, found in communes.items()
        },
    )


def refused(numbers: Numbers, lock: Lock) -> frozenset[Key]:
    """Give the numbers that a settled lock has otherwise."""
    return frozenset(key for key, seen in numbers.items() if value_in(lock, key) != seen.value)


def first_of(wrong: frozenset[Key]) -> frozenset[Key]:
    """Give those of some numbers that others may follow from: segments come before addresses."""
    segments = frozenset(key for key in wrong if key[0].section == "segments")
    return segments or wrong


def running(numbers: Numbers, lock: Lock) -> Lock:
    """Give a settled lock with everything deployed all of whose numbers were seen to run."""
    wrong = refused(numbers, lock)
    seen: dict[Subject, set[str]] = {}
    for key in numbers.keys() - wrong:
        seen.setdefault(key[0], set()).add(key[1])
    marks: dict[str, dict[str, set[str]]] = {}
    for subject, parts in seen.items():
        if any(whole <= parts for whole in _WHOLE[subject.section]) and entry_in(lock, subject):
            marks.setdefault(subject.scope, {}).setdefault(subject.section, set()).add(subject.key)
    communes = {
        insee: _with_blocks(_marked(file, marks.get(insee, {})))
        for insee, file in lock.communes.items()
    }
    return Lock.model_construct(
        shared=_marked(lock.shared, marks.get(SHARED, {})), communes=communes
    )


def _marked(file: _File, marks: Mapping[str, Iterable[str]]) -> _File:
    update = {
        section: {
            key: _deployed(entry) if key in keys else entry
            for key, entry in getattr(file, section).items()
        }
        for section, keys in marks.items()
    }
    return file.model_copy(update=update)


def _with_blocks(file: CommuneLock) -> CommuneLock:
    """Mark the blocks around segments that are deployed."""
    live = [each.prefix for each in file.segments.values() if each.state is State.DEPLOYED]
    blocks = {
        key: _deployed(block) if any(net.subnet_of(block.prefix) for net in live) else block
        for key, block in file.blocks.items()
    }
    return file.model_copy(update={"blocks": blocks})


def _deployed(entry: Any) -> Any:  # noqa: ANN401 — an entry of any section
    return entry.model_copy(update={"state": State.DEPLOYED})
