"""How full pools are, and when they run out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import Sketch
from tests.unit.allocation.helpers import AS_OF, deployed, settled

from maille.allocation.usage import Growth, PoolUse, usage

if TYPE_CHECKING:
    from maille.allocation.lock import Lock


@pytest.fixture
def sketch() -> Sketch:
    """Give two communes of eight cameras in all, in two blocks of 32 addresses."""
    found = Sketch()
    for insee in ("28001", "28002"):
        found.commune(insee)
        found.cabinet(insee, "mairie", cameras=2)
        found.cabinet(insee, "stade", ring="sud", cameras=2)
    return found


def use(sketch: Sketch, lock: Lock, pool: str, domain: str = "") -> PoolUse:
    found = usage(sketch.estate(), lock, AS_OF)
    return next(each for each in found if (each.pool, each.domain) == (pool, domain))


def test_counts_follow_the_lock(sketch: Sketch) -> None:
    lock = deployed(sketch)
    sketch.commune("28003")
    sketch.cabinet("28003", "mairie", cameras=1)
    lock = settled(sketch, lock).lock
    del sketch.communes["28002"]
    lock = settled(sketch, lock, retire=("28002",)).lock
    video = use(sketch, lock, "prefixes.video")
    assert (video.size, video.used, video.planned, video.quarantined) == (3072, 32, 16, 32)
    assert video.free == 3072 - 80
    hub = use(sketch, lock, "vlans.access", "hub")
    assert (hub.size, hub.used, hub.planned, hub.quarantined) == (100, 2, 2, 2)
    core = use(sketch, lock, "vlans.access", "core")
    assert (core.used, core.planned, core.quarantined) == (2, 0, 2)
    assert use(sketch, lock, "vlans.centre", "core").used == 2
    assert use(sketch, lock, "prefixes.loopbacks").used == 8
    assert use(sketch, lock, "prefixes.transit").used == 4


def test_reserved_ids_are_no_part_of_a_pool(sketch: Sketch) -> None:
    sketch.settings["pools"]["vlans"] |= {"access": "990-1009", "transit": "1006-1007"}
    hub = use(sketch, settled(sketch).lock, "vlans.access", "hub")
    assert hub.size == 20 - len({998, 999, *range(1002, 1006), 1006, 1007})


def test_pool_that_does_not_grow_never_runs_out(sketch: Sketch) -> None:
    video = use(sketch, settled(sketch).lock, "prefixes.video")
    assert (video.growth_per_year, video.runs_out) == (0.0, None)


def test_steady_growth_runs_out_on_the_day_it_must(sketch: Sketch) -> None:
    """64 addresses for 8 cameras: 3072 are enough for 384, 376 more; 94 a year last 4 years."""
    sketch.settings["growth_cameras_per_year"] = 94
    video = use(sketch, settled(sketch).lock, "prefixes.video")
    assert video.growth_per_year == pytest.approx(94 * 8)
    assert video.runs_out is not None
    assert abs((video.runs_out - AS_OF).days - 4 * 365.25) <= 1


def test_wave_counts_on_its_day_until_it_is_built(sketch: Sketch) -> None:
    sketch.waves = {"w": {"title": "W", "due": "2026-01-15", "planned_cameras": 377}}
    lock = settled(sketch).lock
    assert use(sketch, lock, "prefixes.video").runs_out == date(2026, 1, 15)
    sketch.waves["w"]["due"] = "2025-01-15"
    assert use(sketch, lock, "prefixes.video").runs_out == AS_OF, "late, so due today"
    sketch.waves["w"]["state"] = "accepted"
    assert use(sketch, lock, "prefixes.video").runs_out is None


@given(
    cameras=st.integers(1, 500),
    per_year=st.floats(0, 200),
    waves=st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 300)), max_size=4),
    limit=st.floats(1, 2000),
)
def test_first_day_above_the_limit_is_the_first(
    cameras: int, per_year: float, waves: list[tuple[int, int]], limit: float
) -> None:
    dated = tuple(sorted((AS_OF + timedelta(days=days), count) for days, count in waves))
    growth = Growth(AS_OF, cameras, per_year, dated)
    found = growth.exceeds(limit)
    if found is None:
        assert growth.at(AS_OF + timedelta(days=36_000)) <= limit + per_year * 2
        return
    assert growth.at(found) >= limit - 1e-6
    if found > AS_OF:
        assert growth.at(found - timedelta(days=1)) <= limit + 1e-6
