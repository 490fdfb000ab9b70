"""What goes through every port: the streams of the cameras on their ways to the recorders.

Rates are in bytes a second. A stream takes the way of least cost over cables that carry, costs
as spanning trees and routing have them (the faster the cheaper); parallel cables share alike.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.twin.agents.faults import Effects
    from maille.twin.agents.plant import Cable, Plant

Rates = dict[tuple[str, str], tuple[float, float]]
"""What comes into a port and what goes out of it, by device and port."""

_IDLE_BYTES_S = 500.0
"""Spanning tree, LLDP, ARP: what is on a cable where nothing else is."""
_BLIND_BYTES_S = 2_000.0
"""A camera's control and time, without its video."""
_BYTES_A_MEGABIT = 125_000
_RETURN = 0.01
"""Of a stream, what goes back to acknowledge it."""
_COST_MBPS = 20_000_000

_Ways = dict[str, tuple["Cable", ...]]
"""Of each device, the cables of its first step."""


def rates(plant: Plant, effects: Effects) -> Rates:
    """Give the rates of all ports whose cable carries."""
    leaving: dict[tuple[str, str], float] = defaultdict(float)
    for cable in effects.cables:
        for end in (cable.a, cable.b):
            leaving[end.device, end.port] = _IDLE_BYTES_S
    for sink, cameras in _by_sink(plant, effects).items():
        ways = _ways(plant, effects, sink)
        for camera, bytes_s in cameras.items():
            for device, cable, share in _course(ways, camera, sink):
                near, far = cable.near(device), cable.far(device)
                leaving[near.device, near.port] += bytes_s * share
                leaving[far.device, far.port] += bytes_s * share * _RETURN
    found: Rates = {}
    for cable in effects.cables:
        a, b = (cable.a.device, cable.a.port), (cable.b.device, cable.b.port)
        found[a], found[b] = (leaving[b], leaving[a]), (leaving[a], leaving[b])
    return found


def _by_sink(plant: Plant, effects: Effects) -> Mapping[str, dict[str, float]]:
    """Give what each camera sends, in bytes a second, by where it is recorded."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for device in plant.devices.values():
        if device.sends_to and device.id not in effects.off:
            full = device.sends_mbps * _BYTES_A_MEGABIT
            found[device.sends_to][device.id] = (
                _BLIND_BYTES_S if device.id in effects.blind else full
            )
    return found


def _ways(plant: Plant, effects: Effects, sink: str) -> _Ways:
    """Give the first step from every device towards a sink (Dijkstra, from the sink)."""
    ways: _Ways = {}
    done: set[str] = set()
    order = count()  # of equals the first that was found goes first; cables have no order
    waiting: list[tuple[int, int, str, tuple[Cable, ...]]] = [(0, next(order), sink, ())]
    while waiting:
        cost, _, here, step = heapq.heappop(waiting)
        if here in done:
            continue
        done.add(here)
        ways[here] = step
        if here != sink and not plant.devices[here].switches:
            continue
        for there, cables in _neighbours(plant, effects, here):
            if there not in done:
                heapq.heappush(waiting, (cost + _cost(plant, cables), next(order), there, cables))
    return ways


def _neighbours(
    plant: Plant, effects: Effects, here: str
) -> Iterator[tuple[str, tuple[Cable, ...]]]:
    found: dict[str, list[Cable]] = defaultdict(list)
    for cable in plant.cables_of[here]:
        if cable in effects.cables:
            found[cable.far(here).device].append(cable)
    for there, cables in found.items():
        yield there, tuple(cables)


def _cost(plant: Plant, cables: tuple[Cable, ...]) -> int:
    return _COST_MBPS // sum(plant.speeds[cable] for cable in cables)


def _course(ways: _Ways, camera: str, sink: str) -> Iterator[tuple[str, Cable, float]]:
    """Give each device and cable that a stream leaves by, and its share there; none, no way."""
    here = camera
    while here != sink and here in ways:
        cables = ways[here]
        for cable in cables:
            yield here, cable, 1 / len(cables)
        here = cables[0].far(here).device
