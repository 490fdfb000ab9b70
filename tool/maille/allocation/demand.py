"""What a commune needs numbers for, by the inventory and what it has already."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Address
from math import ceil
from typing import TYPE_CHECKING, Final, Literal

from maille.allocation.lock import State
from maille.allocation.spans import power_of_two

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.allocation.lock import AccessNumbers, Attachment, CommuneLock, Quarantined
    from maille.inventory.schema.commune import Cabinet, CameraPins, Commune
    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.settings import Pools
    from maille.topology.homes import Home, Homes

Function = Literal["cameras", "management", "ppms"]
Pool = Literal["video", "management"]

FUNCTIONS: Final[tuple[Function, ...]] = ("cameras", "management", "ppms")
"""In the order in which VLAN ids are given, so that one function's are consecutive."""

POOLS: Final[dict[Function, Pool]] = {
    "cameras": "video",
    "ppms": "video",
    "management": "management",
}

GATEWAYS: Final = 3
"""First host addresses of a segment: the virtual one, the primary's and the secondary's."""
_NETWORK_AND_BROADCAST: Final = 2

POE_RANK: Final = {"none": 0, "af": 1, "at": 2, "bt-60": 3, "bt-90": 4}
"""Each standard feeds everything that a lower one feeds."""


@dataclass(slots=True)
class SegmentDemand:
    """A segment: how many addresses it holds, and the domain of its VLAN id."""

    function: Function
    domain: str
    count: int = 0

    @property
    def pool(self) -> Pool:
        """The pool of prefixes that it is cut out of."""
        return POOLS[self.function]


@dataclass(frozen=True, slots=True)
class AttachmentDemand:
    """A camera or an attachment point: it needs a port and an address."""

    section: Literal["cameras", "points"]
    key: str
    cabinet: str
    segment: str
    poe: int
    pins: CameraPins
    path: tuple[str, ...]
    """Where in the inventory it stands."""


@dataclass(slots=True)
class CommuneDemand:
    """Everything that a member commune needs."""

    commune: Commune
    segments: dict[str, SegmentDemand] = field(default_factory=dict)
    switches: dict[str, str] = field(default_factory=dict)
    """The management segment of each cabinet's switch."""
    attachments: list[AttachmentDemand] = field(default_factory=list)
    homeless: list[str] = field(default_factory=list)
    """Cabinets whose ring or parent is not known."""


def segment_size(count: int, pools: Pools) -> int:
    """Give the number of addresses of the prefix that suits `count` devices and their growth."""
    hosts = ceil(round(count * pools.camera_headroom, 6))
    return prefix_size(hosts, pools.smallest_segment)


def prefix_size(hosts: int, longest: int) -> int:
    """Give the size of a prefix for `hosts` addresses behind the gateways."""
    return max(power_of_two(hosts + GATEWAYS + _NETWORK_AND_BROADCAST), 1 << (32 - longest))


def demand_of(commune: Commune, lock: CommuneLock, homes: Homes, estate: Estate) -> CommuneDemand:
    """Derive what a member commune needs.

    `lock` decides only between segments of one ring and function, where a merger has left
    several: what has an address in one of them stays there.
    """
    demand = CommuneDemand(commune)
    for cabinet_key in sorted(commune.cabinets):
        cabinet = commune.cabinets[cabinet_key]
        home = homes.of_cabinet(cabinet)
        if home is None:
            demand.homeless.append(cabinet_key)
            continue
        numbers = lock.switches.get(cabinet_key)
        demand.switches[cabinet_key] = _join(
            demand, lock, home, "management", _home_of_address(lock, home, numbers)
        )
        _attach(demand, lock, estate, home, cabinet_key, cabinet)
    return demand


def _attach(
    demand: CommuneDemand,
    lock: CommuneLock,
    estate: Estate,
    home: Home,
    cabinet_key: str,
    cabinet: Cabinet,
) -> None:
    function: Function = "ppms" if cabinet.ppms else "cameras"
    above = ("communes", demand.commune.insee, "cabinets", cabinet_key)
    models = estate.catalogue.cameras
    for key, camera in cabinet.cameras.items():
        segment = _join(demand, lock, home, function, _segment_of(lock.cameras.get(key)))
        poe = POE_RANK[models[camera.model].poe] if camera.model in models else 0
        path = (*above, "cameras", key)
        demand.attachments.append(
            AttachmentDemand("cameras", key, cabinet_key, segment, poe, camera.pins, path)
        )
    for name, point in cabinet.attachment_points.items():
        key = f"{cabinet_key}/{name}"
        segment = _join(demand, lock, home, function, _segment_of(lock.points.get(key)))
        path = (*above, "attachment_points", name)
        demand.attachments.append(
            AttachmentDemand(
                "points", key, cabinet_key, segment, POE_RANK[point.poe], point.pins, path
            )
        )


def _join(
    demand: CommuneDemand, lock: CommuneLock, home: Home, function: Function, present: str
) -> str:
    """Count a device into its segment: where it is, if that is of its home and function."""
    key = f"{home.name}/{function}"
    if present.startswith(f"{key}@") and present in lock.segments:
        key = present
    segment = demand.segments.get(key)
    if segment is None:
        segment = demand.segments[key] = SegmentDemand(function, home.domain)
    segment.count += 1
    return key


def _segment_of(entry: Attachment | None) -> str:
    return entry.segment if entry else ""


def _home_of_address(lock: CommuneLock, home: Home, numbers: AccessNumbers | None) -> str:
    """Find the management segment of a home that a switch has its address in."""
    if numbers is None:
        return ""
    base = f"{home.name}/management@"
    return next(
        (
            key
            for key, segment in lock.segments.items()
            if key.startswith(base) and numbers.management in segment.prefix
        ),
        "",
    )


def deployed(entry: Attachment | AccessNumbers) -> bool:
    """Say whether an entry may only change by an explicit command."""
    return entry.state is State.DEPLOYED


def held_segments(lock: CommuneLock) -> set[str]:
    """Give the segments that must stay: deployed ones, and those with something in them that is.

    Addresses in quarantine count: what once had them may still answer.
    """
    found = {key for key, entry in lock.segments.items() if entry.state is State.DEPLOYED}
    attached: Iterable[Attachment] = (*lock.cameras.values(), *lock.points.values())
    found.update(entry.segment for entry in attached if deployed(entry))
    live = [entry.management for entry in lock.switches.values() if deployed(entry)]
    live += _quarantined_addresses(lock.quarantine)
    for key, entry in lock.segments.items() if live else ():
        if key not in found and any(address in entry.prefix for address in live):
            found.add(key)
    return found & lock.segments.keys()


def _quarantined_addresses(entries: Iterable[Quarantined]) -> Iterator[IPv4Address]:
    for entry in entries:
        for name in ("address", "management"):
            if name in entry.numbers:
                yield IPv4Address(entry.numbers[name])
