"""Estates of any size: what the generator draws passes the check, wherever the communes lie."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from inventory.generate.communes import CommuneRow
from inventory.generate.scale import files, generate
from inventory.generate.scale_plan import LONGEST_LEG_KM, groups
from tests.examples import examples

from maille.allocation.lock import Lock
from maille.allocation.settle import settle
from maille.check.run import Checked, check_loaded
from maille.inventory.load import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CATALOGUE = Path(__file__).parents[2] / "inventory" / "catalogue"
TODAY = date(2026, 11, 22)


def commune(number: int, at: tuple[float, float], population: int = 1000) -> CommuneRow:
    return CommuneRow(f"28{number:03d}", f"Commune {number}", population, at)


def grid(side: int, step_degrees: float) -> list[CommuneRow]:
    return [
        commune(side * row + column, (48 + row * step_degrees, 1 + column * step_degrees))
        for row in range(side)
        for column in range(side)
    ]


def checked(
    folder: Path, rows: Sequence[CommuneRow], cameras: Callable[[CommuneRow], int]
) -> Checked:
    shutil.copytree(CATALOGUE, folder / "catalogue", dirs_exist_ok=True)
    estate = folder / "estate"
    shutil.rmtree(estate, ignore_errors=True)
    generate(rows, cameras, estate, seed=7)
    loaded = load(estate)
    lock = settle(loaded.whole(), Lock(), as_of=TODAY).lock
    return check_loaded(loaded, lock, TODAY, estate)


@pytest.mark.parametrize(
    ("rows", "cameras"),
    [
        pytest.param(grid(1, 0.0), 1, id="one camera"),
        pytest.param(grid(3, 0.03), 4, id="a small body: rings on the core"),
        pytest.param(grid(12, 0.03), 4, id="several pairs"),
        pytest.param(grid(6, 0.4), 3, id="far apart: leased lines"),
        pytest.param(grid(1, 0.0), 700, id="one town of 140 cabinets"),
    ],
)
def test_what_is_drawn_passes_the_check(
    rows: list[CommuneRow], cameras: int, tmp_path: Path
) -> None:
    found = checked(tmp_path, rows, lambda _: cameras)
    assert [finding.what for finding in found.findings if finding.fails] == []
    assert found.blueprint is not None
    assert len(found.blueprint.cameras) == cameras * len(rows)


@settings(
    max_examples=examples(15),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking whole estates takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    places=st.lists(
        st.tuples(st.floats(47.0, 49.0), st.floats(0.0, 3.0), st.integers(0, 30)),
        min_size=1,
        max_size=25,
    ).filter(lambda drawn: any(cameras for *_, cameras in drawn))
)
def test_any_places_with_any_numbers_pass_the_check(
    places: list[tuple[float, float, int]], tmp_path: Path
) -> None:
    rows = [
        commune(number, (round(north, 4), round(east, 4)), cameras)
        for number, (north, east, cameras) in enumerate(places)
    ]
    found = checked(tmp_path, rows, lambda row: row.population)
    assert [finding.what for finding in found.findings if finding.fails] == []


def test_the_codes_of_corsica_work(tmp_path: Path) -> None:
    rows = [CommuneRow(f"2A{n:03d}", f"Commune {n}", 500, (41.9 + n * 0.2, 8.9)) for n in range(4)]
    assert checked(tmp_path, rows, lambda _: 3).passes


def test_the_same_input_gives_the_same_bytes_and_the_seed_decides_who_runs() -> None:
    rows = grid(4, 0.03)
    first, again, other = (dict(files(rows, lambda _: 3, "x", seed)) for seed in (1, 1, 2))
    assert first == again
    assert first.keys() == other.keys()
    assert {path.partition("/")[0] for path in first if first[path] != other[path]} == {"communes"}


def test_no_leg_of_a_ring_is_longer_than_its_transceiver_reaches() -> None:
    for path, text in files(grid(6, 0.07), lambda _: 6, "x", 1):
        if path == "network/rings.yaml":
            legs = [float(part.split("}")[0]) for part in text.split("km: ")[1:]]
    assert legs
    assert max(legs) <= LONGEST_LEG_KM


def test_a_commune_without_cameras_gets_nothing() -> None:
    rows = grid(2, 0.03)
    drawn = groups(rows, lambda row: 0 if row.insee == "28000" else 2)
    seats = [seat for group in drawn for ring in group.rings.values() for seat in ring]
    assert {seat.insee for seat in seats} == {"28001", "28002", "28003"}


def test_an_estate_without_cameras_is_refused() -> None:
    with pytest.raises(ValueError, match="no commune has a camera"):
        list(files(grid(2, 0.03), lambda _: 0, "x", 1))
