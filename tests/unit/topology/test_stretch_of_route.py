"""The cables of a ring's link are those its stretch of the route runs through, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.inventory.schema.network import Ring, RouteSection
from maille.topology.build import StretchOfRoute


def ring(*lengths_km: float) -> Ring:
    sections = tuple(
        RouteSection(cable=f"c{number}", km=km) for number, km in enumerate(lengths_km)
    )
    return Ring(title="ring", pair="core", route=sections, optic="1000base-lx")


@pytest.mark.parametrize(
    ("start_km", "stop_km", "cables"),
    [
        (0.0, 0.3, ("c0", "c1")),
        (0.3, 0.6, ("c2",)),
        (0.25, 0.35, ("c1", "c2")),
        (0.31, 0.32, ("c2",)),
    ],
)
def test_a_cabinet_where_two_cables_meet_parts_them(
    start_km: float, stop_km: float, cables: tuple[str, ...]
) -> None:
    assert StretchOfRoute(ring(0.1, 0.2, 0.3), start_km, stop_km).cables == cables


@given(st.lists(st.integers(1, 20_000), min_size=2, max_size=12))
def test_cabinets_at_every_joint_have_a_cable_to_each_side(lengths_m: list[int]) -> None:
    route = ring(*(metres / 1000 for metres in lengths_m))
    joints_km = [sum(lengths_m[:count]) / 1000 for count in range(len(lengths_m) + 1)]
    for number in range(len(lengths_m)):
        stretch = StretchOfRoute(route, joints_km[number], joints_km[number + 1])
        assert stretch.cables == (f"c{number}",)
