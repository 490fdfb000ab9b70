"""What is broken in a plant, and what follows from it.

Faults are orthogonal: each breaks one thing, any number may be there at once, and what a device
shows is computed from all of them. They stand in `faults.json` of the folder.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import TypeAdapter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from maille.twin.agents.plant import Cable, Device, End, Plant

FaultKind = Literal[
    "silence",
    "slow",
    "management-lost",
    "switch-dead",
    "device-replaced",
    "wrong-credentials",
    "port-down",
    "poe-off",
    "port-errors",
    "link-cut",
    "wrong-mac",
    "no-video",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is broken."""

    kind: FaultKind
    subject: str
    """A device or a link."""
    port: str | None = None
    """The port's name, where it is one of the subject's."""
    seconds: float | None = None
    """How slow."""

    def __str__(self) -> str:
        """Give it as a command says it."""
        seconds = None if self.seconds is None else f"{self.seconds:g}"
        return " ".join(word for word in (self.kind, self.subject, self.port, seconds) if word)


@dataclass(frozen=True, slots=True)
class Effects:
    """What all faults together do to the devices of a plant."""

    off: frozenset[str]
    """Without power."""
    silent: frozenset[str]
    """Those whose agents answer nobody, for whatever reason."""
    cables: frozenset[Cable]
    """Those that carry."""
    starved: frozenset[tuple[str, str]]
    """Ports that give no power although they could."""
    erring: frozenset[tuple[str, str]]
    """Ports that receive damaged frames."""
    strange: frozenset[str]
    """Cameras with another MAC address than the inventory's."""
    blind: frozenset[str]
    """Cameras that send no video."""
    slow_s: Mapping[str, float]
    rejecting: frozenset[str]
    """Agents that know other secrets."""
    replaced: frozenset[str]


_FAULTS = TypeAdapter(tuple[Fault, ...])


def as_json(faults: Iterable[Fault]) -> bytes:
    """Write faults."""
    return _FAULTS.dump_json(tuple(faults), indent=2, exclude_none=True) + b"\n"


def read(content: bytes) -> tuple[Fault, ...]:
    """Read faults. Raises ValueError where they are none."""
    return _FAULTS.validate_json(content)


def effects(plant: Plant, faults: Iterable[Fault]) -> Effects:
    """Give what follows from faults; of none, a plant that is well."""
    by = _Sorted(faults)
    dead = by.subjects("switch-dead")
    starved = by.ports("poe-off")
    broken = _broken(plant, by.ports("port-down"), by.subjects("link-cut"))
    off = dead | frozenset(_unfed(plant, dead, starved, broken))
    cables = frozenset(
        cable
        for cable in plant.cables
        if cable not in broken and not {cable.a.device, cable.b.device} & off
    )
    mute = by.subjects("silence") | by.subjects("management-lost")
    return Effects(
        off=off,
        silent=off | mute | frozenset(_cut_off(plant, cables)),
        cables=cables,
        starved=starved,
        erring=by.ports("port-errors"),
        strange=by.subjects("wrong-mac"),
        blind=by.subjects("no-video"),
        slow_s={fault.subject: fault.seconds or 0.0 for fault in by.of("slow")},
        rejecting=by.subjects("wrong-credentials"),
        replaced=by.subjects("device-replaced"),
    )


class _Sorted:
    """Faults by their kind."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self._faults = tuple(faults)

    def of(self, kind: FaultKind) -> Iterator[Fault]:
        return (fault for fault in self._faults if fault.kind == kind)

    def subjects(self, kind: FaultKind) -> frozenset[str]:
        return frozenset(fault.subject for fault in self.of(kind))

    def ports(self, kind: FaultKind) -> frozenset[tuple[str, str]]:
        return frozenset((fault.subject, fault.port) for fault in self.of(kind) if fault.port)


def _broken(
    plant: Plant, ports: AbstractSet[tuple[str, str]], links: AbstractSet[str]
) -> frozenset[Cable]:
    return frozenset(
        cable
        for cable in plant.cables
        if cable.link in links or _at(cable.a) in ports or _at(cable.b) in ports
    )


def _unfed(
    plant: Plant,
    dead: AbstractSet[str],
    starved: AbstractSet[tuple[str, str]],
    broken: AbstractSet[Cable],
) -> Iterator[str]:
    """Give the devices that lose the power which comes with their cable."""
    for cable in plant.cables:
        if cable.feeds and (cable.a.device in dead or _at(cable.a) in starved or cable in broken):
            yield cable.b.device


def _cut_off(plant: Plant, cables: AbstractSet[Cable]) -> Iterator[str]:
    """Give the devices that the pollers of their VRF do not reach any more."""
    for vrf, pollers in plant.pollers.items():
        reached = _reached(plant, pollers or _substitutes(plant), cables)
        for device in plant.devices.values():
            if device.vrf == vrf and device.id not in reached:
                yield device.id


def _reached(plant: Plant, starts: Iterable[str], cables: AbstractSet[Cable]) -> set[str]:
    """Give what is reached over cables that carry; only switches pass on."""
    reached = set(starts)
    waiting = deque(reached)
    while waiting:
        here = waiting.popleft()
        for cable in plant.cables_of[here]:
            there = cable.far(here).device
            if cable in cables and there not in reached:
                reached.add(there)
                if plant.devices[there].switches:
                    waiting.append(there)
    return reached


def _substitutes(plant: Plant) -> tuple[str, ...]:
    """Give where an estate without pollers would have them: where all of its hosts are."""
    return tuple(device.id for device in plant.devices.values() if device.make == "host")


def _at(end: End) -> tuple[str, str]:
    return end.device, end.port


def rebooting(before: Effects, after: Effects, agents: Iterable[Device]) -> tuple[str, ...]:
    """Give the agents that start anew between two states of a plant.

    They are those that get power again, and those that get another engine or other secrets.
    """
    return tuple(
        device.id
        for device in agents
        if (device.id in before.off and device.id not in after.off)
        or (device.id in before.rejecting) != (device.id in after.rejecting)
        or (device.id in before.replaced) != (device.id in after.replaced)
    )
