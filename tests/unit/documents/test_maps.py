"""Maps: distances are true, names do not cover each other, everybody is on them."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import estates

from maille.documents.maps.estate_map import estate_map, shows_cabinets
from maille.documents.maps.local_map import local_map
from maille.documents.maps.names import Box, Place, place_names
from maille.documents.maps.projection import fit, scale_bar
from maille.inventory.schema.base import Position
from maille.tongue import tongue

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint, Camera
    from maille.check.built import Built

ENGLISH = tongue("en")
FRAME = Box(0, 0, 1000, 1000)

PLACES = st.lists(
    st.builds(
        Place,
        key=st.uuids().map(str),
        name=st.text("abcé -", min_size=1, max_size=24),
        x=st.floats(0, 1000),
        y=st.floats(0, 1000),
        radius=st.floats(2, 30),
    ),
    max_size=40,
)


def box_of(place: Place, side: str, x: float, y: float, type_px: float) -> Box:
    """Give the room that a name takes, by the widths that the placing counts with."""
    wide = len(place.name) * type_px * 0.56
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[side]
    return Box(left, y - type_px * 0.8, left + wide, y + type_px * 0.15)


def on_switch(blueprint: Blueprint) -> dict[str, list[Camera]]:
    found: dict[str, list[Camera]] = {}
    for camera in blueprint.cameras.values():
        found.setdefault(camera.switch or "", []).append(camera)
    return found


@given(PLACES)
def test_no_name_covers_another_or_a_place(places: list[Place]) -> None:
    found = place_names(places, FRAME, type_px=12)
    boxes = {
        place.key: box_of(place, found[place.key].side, found[place.key].x, found[place.key].y, 12)
        for place in places
        if place.key in found
    }
    keys = list(boxes)
    for number, key in enumerate(keys):
        box = boxes[key]
        assert box.left >= 0
        assert box.right <= 1000
        assert not any(box.meets(boxes[other]) for other in keys[number + 1 :])
        for place in places:
            disc = Box(
                place.x - place.radius * 0.99,
                place.y - place.radius * 0.99,
                place.x + place.radius * 0.99,
                place.y + place.radius * 0.99,
            )
            assert place.key == key or not box.meets(disc)


def test_a_lone_place_always_has_its_name() -> None:
    place = Place("a", "Chartres", 500, 500, 10)
    assert "a" in place_names([place], FRAME, type_px=12)


def test_distances_are_those_of_the_earth() -> None:
    chartres, maintenon = Position(48.4471, 1.5057), Position(48.5869, 1.5783)
    projection = fit([chartres, maintenon], 1000, margin=40, least_km=1)
    (x1, y1), (x2, y2) = projection.at(chartres), projection.at(maintenon)
    km = math.dist((x1, y1), (x2, y2)) / projection.px_per_km
    assert km == pytest.approx(great_circle_km(chartres, maintenon), rel=0.002)


def great_circle_km(a: Position, b: Position) -> float:
    la, lb = math.radians(a[0]), math.radians(b[0])
    dx = math.radians(b[1] - a[1])
    cosine = math.sin(la) * math.sin(lb) + math.cos(la) * math.cos(lb) * math.cos(dx)
    return 6371.0 * math.acos(cosine)


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    projection = fit([Position(48.4, 1.4), Position(48.5, 1.6)], 1000, margin=40, least_km=1)
    drawn = scale_bar(projection, ENGLISH)
    length, km = re.search(r"h([\d.]+)v-5", drawn), re.search(r">([\d.]+) km<", drawn)
    assert length is not None
    assert km is not None
    assert float(length[1]) / projection.px_per_km == pytest.approx(float(km[1]), rel=0.01)


def test_everything_lies_within_the_map(chartres: Built) -> None:
    blueprint = chartres.blueprint
    positions = [switch.location for switch in blueprint.switches.values()]
    projection = fit(positions, 1000, margin=40, least_km=3)
    for position in positions:
        x, y = projection.at(position)
        assert 39.9 <= x <= 960.1
        assert 39.9 <= y <= projection.height - 39.9


def test_the_map_has_every_commune_ring_and_site(chartres: Built) -> None:
    blueprint = chartres.blueprint
    body = estate_map(blueprint, on_switch(blueprint), ENGLISH).body
    for insee in blueprint.communes:
        assert f'href="communes/{insee}.html"' in body
    for ring in blueprint.rings:
        assert f'href="rings/{ring}.html"' in body
    for site in blueprint.estate.network.sites:
        assert f'href="sites/{site}.html"' in body
    assert body.count('class="outsider"') == len(blueprint.estate.communes) - len(
        blueprint.communes
    )
    names = re.findall(r'class="name [a-z]+">([^<]+)<', body)
    assert len(names) >= len(blueprint.estate.communes) - 2


def test_areas_are_as_the_numbers_of_cameras(chartres: Built) -> None:
    body = estate_map(chartres.blueprint, on_switch(chartres.blueprint), ENGLISH).body
    share = chartres.blueprint.communes["28218"]
    found = re.search(r'communes/28218\.html".*?r="([\d.]+)" class="planned"', body)
    whole = re.search(r'communes/28085\.html".*?r="([\d.]+)" class="planned"', body)
    assert found is not None
    assert whole is not None
    ratio = (float(found[1]) / float(whole[1])) ** 2
    assert ratio == pytest.approx(share.planned / 148, rel=0.02)


def test_of_one_commune_the_cabinets_are_shown() -> None:
    blueprint = estates.built(estates.INVENTORY / "chalon").blueprint
    assert shows_cabinets(blueprint)
    body = estate_map(blueprint, on_switch(blueprint), ENGLISH).body
    cabinets = [switch.id for switch in blueprint.switches.values() if switch.cabinet]
    assert all(f'href="cabinets/{ident}.html"' in body for ident in cabinets)


def test_a_commune_has_its_cabinets_and_the_rings_that_pass(chartres: Built) -> None:
    blueprint = chartres.blueprint
    drawn = local_map(blueprint, blueprint.communes["28085"], on_switch(blueprint), ENGLISH)
    assert drawn is not None
    for ident in blueprint.communes["28085"].switches:
        assert f'href="../cabinets/{ident}.html"' in drawn.body
    assert 'href="../rings/chartres-centre.html"' in drawn.body
