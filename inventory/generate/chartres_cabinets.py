"""Where the cabinets of Chartres stand, how they are reached, what hangs on them, since when."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from inventory.generate.chartres_plan import (
    DAYS_BETWEEN_CABINETS,
    FIRST_DAY,
    FIRST_DAY_OF_RING,
    OF_ALL,
    OF_TOWN,
    PAIRS,
    RINGS,
    SITES,
    SPURS,
    TOWN,
    TOWN_SPOTS,
)
from inventory.generate.geography import fibre_km
from inventory.generate.mix import Load, cabinets_for, even, hang, share_out
from inventory.generate.naming import slug
from inventory.generate.places import Spot, spots
from inventory.generate.routes import RING_OPTIC, Route, Stop, along, route
from inventory.generate.writing import Flow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from inventory.generate.communes import CommuneRow
    from inventory.generate.geography import Point
    from inventory.generate.mix import Kind

FRIDAY = 4


class Seat(NamedTuple):
    """A cabinet that has a place and no cameras yet."""

    insee: str
    spot: Spot
    at: Point
    district: str
    """The quarter of the town, or the commune, whose supplies feed it."""
    ring: str = ""
    """Empty on a spur."""

    @property
    def switch(self) -> str:
        """Give the id of its switch."""
        return f"{self.insee}-{self.spot.key}"


class Cabinets:
    """Everything that is decided on the cabinets of the estate."""

    def __init__(self, rows: Sequence[CommuneRow]) -> None:
        """Take the communes of the table; those that are no members get nothing."""
        self._rows = {row.insee: row for row in rows if row.member}

    @cached_property
    def on_rings(self) -> dict[str, list[Seat]]:
        """Give the cabinets of each ring, in the order of the cable."""
        return {
            ring: list(self._in_town(ring) if plan.communes == (TOWN,) else self._outside(ring))
            for ring, plan in RINGS.items()
        }

    @cached_property
    def on_spurs(self) -> dict[str, Seat]:
        """Give the cabinets off the rings, by commune; each of these communes has one."""
        found = {}
        for insee in SPURS:
            row = self._rows[insee]
            (spot,) = spots(insee, 1)
            (at,) = along(self._parent(insee).at, row.at, row.at, 1)
            found[insee] = Seat(insee, spot, at, slug(row.name))
        return found

    @cached_property
    def of_commune(self) -> dict[str, list[Seat]]:
        """Give the cabinets of each member commune."""
        found: dict[str, list[Seat]] = {insee: [] for insee in self._rows}
        for seats in (*self.on_rings.values(), self.on_spurs.values()):
            for seat in seats:
                found[seat.insee].append(seat)
        return found

    @cached_property
    def routes(self) -> dict[str, Route]:
        """Give the route of each ring."""
        return {ring: self._route(ring) for ring in RINGS}

    @cached_property
    def kinds(self) -> dict[str, list[list[Kind]]]:
        """Give the kinds of the cameras of each commune, cabinet by cabinet."""
        cameras = {insee: row.cameras for insee, row in self._rows.items()}
        mixes = share_out(cameras, TOWN, OF_TOWN, OF_ALL)
        found = {}
        for insee, seats in self.of_commune.items():
            sizes = even(cameras[insee], len(seats))
            loads = [Load(s.spot.use, size) for s, size in zip(seats, sizes, strict=True)]
            found[insee] = hang(mixes[insee], loads)
        return found

    @cached_property
    def days(self) -> dict[str, str]:
        """Give the day on which each cabinet's switch went into service; later ones lack."""
        starts = {ring: self.on_rings[ring] for ring in FIRST_DAY_OF_RING}
        starts |= {insee: self.of_commune[insee] for insee in FIRST_DAY}
        found = {}
        for key, seats in starts.items():
            first = date.fromisoformat((FIRST_DAY | FIRST_DAY_OF_RING)[key])
            for number, seat in enumerate(seats):
                found[seat.switch] = working_day(first, number * DAYS_BETWEEN_CABINETS).isoformat()
        return found

    def way(self, seat: Seat) -> dict[str, Any]:
        """Give the fields of a cabinet that say how it is reached."""
        if not seat.ring:
            return self._spur(seat)
        number = self.on_rings[seat.ring].index(seat)
        return {"ring": seat.ring, "at_km": self.routes[seat.ring].at_km[number]}

    def spur_cables(self) -> dict[str, Flow]:
        """Give the cables of the spurs that are of fibre."""
        found = {}
        for insee, plan in SPURS.items():
            if plan.medium == "fibre":
                parent, seat = self._parent(insee), self.on_spurs[insee]
                title = f"{self.title(parent)} - {self.title(seat)}"
                km = fibre_km(parent.at, seat.at)
                found[spur_cable(seat)] = Flow(title=title, length_km=km, fibres=24)
        return found

    def feeds_a_fibre_spur(self, seat: Seat) -> bool:
        """Say whether a cabinet needs a third fibre port."""
        return any(
            plan.medium == "fibre" and self._parent(insee) == seat for insee, plan in SPURS.items()
        )

    def title(self, seat: Seat) -> str:
        """Give a cabinet's name among all communes."""
        return f"{self._rows[seat.insee].name} ({seat.spot.place})"

    def district_title(self, seat: Seat) -> str:
        """Give the name of the district that a cabinet's supply is named after."""
        name = self._rows[seat.insee].name
        if seat.insee != TOWN:
            return name
        quarter = seat.district.removeprefix("chartres-").replace("-", " ")
        return f"{name}, {quarter.replace('coeur', 'cœur')}"

    def _in_town(self, ring: str) -> Iterator[Seat]:
        for town in TOWN_SPOTS[ring]:
            yield Seat(TOWN, town.spot, town.at, f"chartres-{town.district}", ring)

    def _outside(self, ring: str) -> Iterator[Seat]:
        plan = RINGS[ring]
        out, back = (SITES[site].at for site in PAIRS[plan.pair])
        middles = [out, *(self._rows[insee].at for insee in plan.communes), back]
        for insee, before, after in zip(plan.communes, middles, middles[2:], strict=False):
            row = self._rows[insee]
            named = spots(insee, cabinets_for(row.cameras))
            for spot, at in zip(named, along(before, row.at, after, len(named)), strict=True):
                yield Seat(insee, spot, at, slug(row.name), ring)

    def _route(self, ring: str) -> Route:
        out, back = PAIRS[RINGS[ring].pair]
        stops = [Stop(self.title(seat), seat.at) for seat in self.on_rings[ring]]
        start, end = (Stop(SITES[site].title, SITES[site].at) for site in (out, back))
        return route(ring, start, stops, end)

    def _parent(self, insee: str) -> Seat:
        plan = SPURS[insee]
        seats = [s for ring in self.on_rings.values() for s in ring if s.insee == plan.parent]
        return seats[plan.cabinet]

    def _spur(self, seat: Seat) -> dict[str, Any]:
        plan = SPURS[seat.insee]
        km = fibre_km(self._parent(seat.insee).at, seat.at)
        strand = Flow(length_km=km)
        if plan.medium == "fibre":
            strand = Flow(cables=[spur_cable(seat)], length_km=km, optic=RING_OPTIC)
        spur = {
            "parent": self._parent(seat.insee).switch,
            "medium": plan.medium,
            "capacity_mbps": plan.capacity_mbps,
            "strand": strand,
        }
        return {f"## {plan.why}": None, "spur": spur}


def spur_cable(seat: Seat) -> str:
    """Give the id of the cable to a cabinet off the rings."""
    return f"antenne-{seat.district}"


def working_day(first: date, number: int) -> date:
    """Give the working day so many after the first; holidays are not counted out."""
    day = first
    for _ in range(number):
        day += timedelta(days=3 if day.weekday() == FRIDAY else 1)
    return day
