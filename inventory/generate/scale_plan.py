"""Any communes as a network that holds: groups of cabinets, a pair of rooms each, rings, spurs.

Compact groups come from halving the map again and again. In a group each ring is a petal: out
from one room, back to the other. What lies farther from its neighbours than a transceiver
reaches hangs off the nearest ring by a leased line.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from math import pi, sqrt
from typing import TYPE_CHECKING, NamedTuple

from inventory.generate.geography import bearing, beside, distance_km, fibre_km
from inventory.generate.mix import Load, cabinets_for, even, hang, usual
from inventory.generate.places import Spot, spots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from inventory.generate.communes import CommuneRow
    from inventory.generate.geography import Point
    from inventory.generate.mix import Kind

CABINETS_PER_RING, MOST_CABINETS_PER_RING = 13, 16
CABINETS_PER_PAIR = 98
LONGEST_LEG_KM = 9.5
"""Of fibre; 1000BASE-LX reaches 10 km, patches included."""
ROOMS_APART_KM = 1.0
BESIDE_KM = 0.2
TURN = pi * (3 - sqrt(5))
"""The golden angle: cabinets of a town on a sunflower's spiral."""
SPIRAL_KM = 0.35
SPURS_PER_PARENT = 2
MBPS: dict[Kind, float] = {"fixed": 3, "ptz": 4, "multisensor": 12, "lpr": 4}
FULL_MBPS = 540.0
"""No spur is added to a ring or a line beyond; 600 are allowed."""


class Seat(NamedTuple):
    """A cabinet with its place and its cameras."""

    insee: str
    spot: Spot
    at: Point
    kinds: tuple[Kind, ...]

    @property
    def switch(self) -> str:
        """Give the id of its switch."""
        return f"{self.insee}-{self.spot.key}"


@dataclass
class Group:
    """The cabinets behind one pair, and how they hang together."""

    key: str
    rooms: tuple[Point, Point]
    rings: dict[str, list[Seat]] = field(default_factory=dict)
    spurs: dict[Seat, Seat | None] = field(default_factory=dict)
    """Cabinets on leased lines, with their parents; None is the first room's switch."""


def seats_of(row: CommuneRow, cameras: int) -> list[Seat]:
    """Give the cabinets of a commune, on a spiral from its middle outwards."""
    count = cabinets_for(cameras)
    named = spots(row.insee, count)
    loads = [Load(spot.use, size) for spot, size in zip(named, even(cameras, count), strict=True)]
    kinds = hang(usual(cameras), loads)
    return [
        Seat(row.insee, spot, _on_spiral(row.at, number), tuple(hung))
        for number, (spot, hung) in enumerate(zip(named, kinds, strict=True))
    ]


def _on_spiral(middle: Point, number: int) -> Point:
    return beside(middle, number * TURN, SPIRAL_KM * sqrt(number))


def groups(
    rows: Sequence[CommuneRow], cameras_per_commune: Callable[[CommuneRow], int]
) -> list[Group]:
    """Plan the network of all communes that have cameras.

    A single group has both its rooms at one place: it closes on the core itself.
    """
    seats = [
        seat
        for row in rows
        if (cameras := cameras_per_commune(row)) > 0
        for seat in seats_of(row, cameras)
    ]
    parts = list(_halved(seats)) if seats else []
    apart = ROOMS_APART_KM if len(parts) > 1 else 0
    return [_group(f"g{number}", part, apart) for number, part in enumerate(parts, start=1)]


def _halved(seats: list[Seat]) -> Iterator[list[Seat]]:
    """Halve across the longer side until a part is small enough for one pair."""
    if len(seats) <= CABINETS_PER_PAIR:
        yield seats
        return
    spans = [_span([seat.at[axis] for seat in seats]) for axis in (0, 1)]
    axis = 0 if spans[0] > spans[1] * 0.7 else 1
    ordered = sorted(seats, key=lambda seat: (seat.at[axis], seat.switch))
    middle = len(ordered) // 2
    yield from _halved(ordered[:middle])
    yield from _halved(ordered[middle:])


def _span(values: Sequence[float]) -> float:
    return max(values) - min(values)


def _group(key: str, seats: list[Seat], apart_km: float) -> Group:
    middle = _mean([seat.at for seat in seats])
    nearest = min(seats, key=lambda seat: (distance_km(seat.at, middle), seat.switch)).at
    room = beside(nearest, 0, BESIDE_KM)
    rooms = (room, beside(room, pi / 2, apart_km))
    group = Group(key, rooms)
    left_over: list[Seat] = []
    for number, petal in enumerate(_petals(seats, rooms[0]), start=1):
        reached, missed = _within_reach(_tour(petal, rooms), rooms)
        left_over += missed
        if reached:
            group.rings[f"{key}-{number}"] = reached
    _hang_off(group, [_on_a_line(seat) for seat in _taken_in(group, left_over)])
    return group


def _mean(points: Sequence[Point]) -> Point:
    latitude = sum(point[0] for point in points) / len(points)
    return (latitude, sum(point[1] for point in points) / len(points))


def _petals(seats: list[Seat], room: Point) -> Iterator[list[Seat]]:
    """Cut the group like a cake, into pieces of as equal a number of cabinets as can be."""
    around = sorted(seats, key=lambda seat: (bearing(room, seat.at), seat.switch))
    start = 0
    for size in even(len(around), -(-len(around) // CABINETS_PER_RING)):
        yield around[start : start + size]
        start += size


def _tour(petal: list[Seat], rooms: tuple[Point, Point]) -> list[Seat]:
    """Give an order that leaves one room and comes back to the other without a long way round."""
    tour = _inserted(petal, rooms)
    return _untangled(tour, rooms) if _too_long(_legs(tour, rooms)) else tour


def _inserted(petal: list[Seat], rooms: tuple[Point, Point]) -> list[Seat]:
    tour: list[Seat] = []
    by_distance = sorted(petal, key=lambda seat: (-distance_km(rooms[0], seat.at), seat.switch))
    for seat in by_distance:
        places = [rooms[0], *(other.at for other in tour), rooms[1]]
        more = [
            distance_km(a, seat.at) + distance_km(seat.at, b) - distance_km(a, b)
            for a, b in pairwise(places)
        ]
        tour.insert(more.index(min(more)), seat)
    return tour


def _legs(tour: Sequence[Seat], rooms: tuple[Point, Point]) -> list[float]:
    places = [rooms[0], *(seat.at for seat in tour), rooms[1]]
    return [fibre_km(one, other) for one, other in pairwise(places)]


def _too_long(legs: Sequence[float]) -> float:
    return sum(max(0.0, leg - LONGEST_LEG_KM) for leg in legs)


def _untangled(tour: list[Seat], rooms: tuple[Point, Point]) -> list[Seat]:
    """Turn stretches round or move single cabinets as long as that shortens too long legs."""
    best = tour
    improved = True
    while improved and _too_long(_legs(best, rooms)):
        found = min(_neighbours(best), key=lambda other: _cost(other, rooms), default=best)
        improved = _cost(found, rooms) < _cost(best, rooms)
        best = found if improved else best
    return best


def _cost(tour: Sequence[Seat], rooms: tuple[Point, Point]) -> tuple[float, float]:
    legs = _legs(tour, rooms)
    return (_too_long(legs), sum(legs))


def _neighbours(tour: list[Seat]) -> Iterator[list[Seat]]:
    for first in range(len(tour)):
        for last in range(first + 1, len(tour)):
            yield tour[:first] + tour[first : last + 1][::-1] + tour[last + 1 :]
        rest = tour[:first] + tour[first + 1 :]
        for place in range(len(tour)):
            yield [*rest[:place], tour[first], *rest[place:]]


def _within_reach(tour: list[Seat], rooms: tuple[Point, Point]) -> tuple[list[Seat], list[Seat]]:
    """Take out cabinets, one by one, until no leg of the tour is too long."""
    tour, missed = list(tour), list[Seat]()
    while True:
        legs = _legs(tour, rooms)
        longest = max(range(len(legs)), key=lambda n: legs[n])
        if not tour or legs[longest] <= LONGEST_LEG_KM:
            return tour, missed
        ends = [n for n in (longest - 1, longest) if 0 <= n < len(tour)]
        worst = max(ends, key=lambda n: distance_km(rooms[0], tour[n].at))
        missed.append(tour.pop(worst))


def _taken_in(group: Group, left_over: list[Seat]) -> list[Seat]:
    """Put cabinets into rings of the group that pass near enough; give those that remain."""
    waiting = sorted(left_over, key=lambda s: (distance_km(group.rooms[0], s.at), s.switch))
    while True:
        remain = [seat for seat in waiting if not _put_in(group, seat)]
        if len(remain) == len(waiting):
            return remain
        waiting = remain


def _put_in(group: Group, seat: Seat) -> bool:
    for tour in group.rings.values():
        if len(tour) >= MOST_CABINETS_PER_RING:
            continue
        places = [group.rooms[0], *(other.at for other in tour), group.rooms[1]]
        for number, (near, far) in enumerate(pairwise(places)):
            if max(fibre_km(near, seat.at), fibre_km(seat.at, far)) <= LONGEST_LEG_KM:
                tour.insert(number, seat)
                return True
    return False


def _hang_off(group: Group, left_over: list[Seat]) -> None:
    """Give each cabinet out of reach a parent: the nearest that can carry it, else the room."""
    lines = _Lines(group)
    for seat in sorted(left_over, key=lambda s: (distance_km(group.rooms[0], s.at), s.switch)):
        lines.add(seat)


class _Lines:
    """The leased lines of a group while they are planned, with what each of them carries."""

    def __init__(self, group: Group) -> None:
        self._spurs = group.spurs
        self._ring_of = {seat: ring for ring, seats in group.rings.items() for seat in seats}
        self._carried = {ring: sum(map(load_mbps, seats)) for ring, seats in group.rings.items()}
        self._behind: dict[Seat, float] = {}
        self._children: Counter[Seat] = Counter()

    def add(self, seat: Seat) -> None:
        """Hang a cabinet off the nearest that has a port and a way with room to spare."""
        free = [host for host in self._hosts() if self._children[host] < SPURS_PER_PARENT]
        free.sort(key=lambda host: (distance_km(host.at, seat.at), host.switch))
        load = load_mbps(seat)
        parent = next((host for host in free if self._fits(host, load)), None)
        self._spurs[seat] = parent
        self._behind[seat] = load
        if parent:
            self._children[parent] += 1
            self._carry(parent, load)

    def _hosts(self) -> Iterator[Seat]:
        yield from self._ring_of
        yield from self._spurs

    def _up(self, seat: Seat) -> Iterator[Seat]:
        """Give the cabinets on lines from here to the ring or the room, then the ring's."""
        at: Seat | None = seat
        while at:
            yield at
            at = self._spurs.get(at)

    def _fits(self, host: Seat, load: float) -> bool:
        return all(self._used(seat) + load <= FULL_MBPS for seat in self._up(host))

    def _used(self, seat: Seat) -> float:
        ring = self._ring_of.get(seat)
        return self._carried[ring] if ring else self._behind[seat]

    def _carry(self, host: Seat, load: float) -> None:
        for seat in self._up(host):
            if ring := self._ring_of.get(seat):
                self._carried[ring] += load
            else:
                self._behind[seat] += load


def load_mbps(seat: Seat) -> float:
    """Give what the cameras of a cabinet send."""
    return sum(MBPS[kind] for kind in seat.kinds)


def _on_a_line(seat: Seat) -> Seat:
    """Give a cabinet off the rings, where four-sensor cameras would be too much for the line."""
    return seat._replace(
        kinds=tuple("fixed" if kind == "multisensor" else kind for kind in seat.kinds)
    )
