"""How full each pool is, and the day on which it runs out at the planned growth."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from maille.allocation.lock import State
from maille.allocation.proof import holdings
from maille.allocation.spans import size_of
from maille.allocation.vlans import reserved_ids
from maille.topology.homes import Homes
from maille.topology.membership import members_of

if TYPE_CHECKING:
    from maille.allocation.lock import Lock
    from maille.allocation.proof import Held
    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.settings import Pools

_DAYS_A_YEAR: Final = 365.25
_HORIZON_YEARS: Final = 100
_DONE: Final = frozenset({"in-service", "accepted"})


@dataclass(frozen=True, slots=True)
class PoolUse:
    """One pool. All counts are in its unit: VLAN ids, or IPv4 addresses."""

    pool: str
    """`vlans.access`, `prefixes.video`, …"""
    domain: str
    """The layer-2 domain of VLAN ids; empty for prefixes."""
    size: int
    used: int
    """By what is deployed."""
    planned: int
    quarantined: int
    growth_per_year: float
    """What the next twelve months take, by the waves and the growth of the estate."""
    runs_out: date | None
    """The first day on which the growth no longer fits; nothing if that is far away."""

    @property
    def free(self) -> int:
        """What is left to give."""
        return self.size - self.used - self.planned - self.quarantined


@dataclass(frozen=True, slots=True)
class Growth:
    """Cameras to come: a steady rate, and waves on their days."""

    start: date
    cameras: int
    """In the inventory today, planned ones included."""
    per_year: float
    waves: tuple[tuple[date, int], ...]
    """Due day and cameras of waves whose places are not known yet, by date."""

    def at(self, day: date) -> float:
        """Give the cameras on a day."""
        years = (day - self.start).days / _DAYS_A_YEAR
        return self.cameras + self.per_year * years + self.of_waves(day)

    def of_waves(self, day: date) -> int:
        """Give the cameras that waves have brought by a day."""
        return sum(count for due, count in self.waves if due <= day)

    def exceeds(self, limit: float) -> date | None:
        """Give the first day with more cameras than `limit`; nothing within a century."""
        dates = [self.start, *(due for due, _ in self.waves if due > self.start)]
        for index, day in enumerate(dates):
            room = limit - self.at(day)
            if room < 0:
                return day
            if self.per_year <= 0:
                continue
            years = room / self.per_year
            if years > _HORIZON_YEARS:
                continue
            crossing = day + timedelta(days=int(years * _DAYS_A_YEAR) + 1)
            if index + 1 == len(dates) or crossing < dates[index + 1]:
                return crossing
        return None


def growth_of(estate: Estate, as_of: date) -> Growth:
    """Read the growth of an estate; a wave that is late is due today."""
    cameras = sum(
        len(cabinet.cameras)
        for commune in members_of(estate, as_of).values()
        for cabinet in commune.cabinets.values()
    )
    waves = sorted(
        (max(wave.due, as_of), wave.planned_cameras)
        for wave in estate.waves.values()
        if wave.planned_cameras and wave.state not in _DONE
    )
    return Growth(as_of, cameras, float(estate.settings.growth_cameras_per_year), tuple(waves))


def usage(estate: Estate, lock: Lock, as_of: date) -> tuple[PoolUse, ...]:
    """Give the use of every pool of the estate.

    VLAN ids and blocks of communes grow with the cameras: each further camera is reckoned
    with the share that the cameras of today have on average, room for growth included. The
    pools of the centre, of transit networks and of loopbacks do not grow by themselves.
    """
    homes = Homes(estate, members_of(estate, as_of))
    growth = growth_of(estate, as_of)
    tally = _Tally()
    for held in holdings(lock, homes):
        pool = _pool_of(held, lock)
        if pool:
            tally.add(pool, held)
    pools = estate.settings.pools
    sizes = {("vlans.centre", homes.centre): _ids(pools, "centre")}
    for domain in sorted(set(homes.domain_of_pair.values())):
        sizes["vlans.access", domain] = _ids(pools, "access")
    for name in type(pools.prefixes).model_fields:
        prefixes = getattr(pools.prefixes, name)
        sizes[f"prefixes.{name}", ""] = sum(prefix.num_addresses for prefix in prefixes)
    return tuple(_use(mark, size, tally, growth) for mark, size in sizes.items())


def _ids(pools: Pools, name: str) -> int:
    """Count the VLAN ids that a pool can give."""
    kept = reserved_ids(pools.vlans) | set(pools.vlans.bounds(pools.vlans.transit))
    return sum(number not in kept for number in pools.vlans.bounds(getattr(pools.vlans, name)))


_GROWING: Final = frozenset({"vlans.access", "prefixes.video", "prefixes.management"})
"""Pools out of which every further camera takes something."""


@dataclass(slots=True)
class _Tally:
    """Counts by pool and state."""

    counts: dict[tuple[tuple[str, str], str], int] = field(default_factory=dict)
    seen: set[tuple[str, str, object]] = field(default_factory=set)

    def add(self, pool: str, held: Held) -> None:
        """Count a number once, under the first state it appears in (quarantine comes last)."""
        domain = held.where if pool.startswith("vlans.") else ""
        if (pool, domain, held.number) not in self.seen:
            self.seen.add((pool, domain, held.number))
            count = size_of(held.number) if pool.startswith("prefixes.") else 1
            mark = ((pool, domain), str(held.state))
            self.counts[mark] = self.counts.get(mark, 0) + count

    def of(self, mark: tuple[str, str], state: str) -> int:
        """Give a count."""
        return self.counts.get((mark, state), 0)


def _pool_of(held: Held, lock: Lock) -> str:
    """Give the pool that a number was cut straight out of; empty for what lies inside others."""
    section, shared = held.subject.section, not held.subject.scope
    if held.kind == "vlan":
        return "vlans.centre" if shared else "vlans.access"
    if held.kind != "block":
        return ""
    if section == "blocks":
        return f"prefixes.{_kind_of_block(held, lock)}"
    return {"segments": "prefixes.centre", "transit": "prefixes.transit"}.get(
        section, "prefixes.loopbacks"
    )


def _kind_of_block(held: Held, lock: Lock) -> str:
    commune = lock.communes[held.subject.scope]
    block = commune.blocks.get(held.subject.key)
    return block.pool if block else held.subject.key.rpartition("-")[0]


def _use(mark: tuple[str, str], size: int, tally: _Tally, growth: Growth) -> PoolUse:
    used, planned = tally.of(mark, State.DEPLOYED), tally.of(mark, State.PLANNED)
    quarantined = tally.of(mark, "quarantined")
    growing = mark[0] in _GROWING and growth.cameras and used + planned
    share = (used + planned) / growth.cameras if growing else 0.0
    next_year = growth.start + timedelta(days=365)
    return PoolUse(
        pool=mark[0],
        domain=mark[1],
        size=size,
        used=used,
        planned=planned,
        quarantined=quarantined,
        growth_per_year=share * (growth.per_year + growth.of_waves(next_year)),
        runs_out=growth.exceeds((size - quarantined) / share) if share else None,
    )
