"""Where a retention that is too long is told: at the commune, or once at the estate."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.strategies import Sketch

from maille.rules.model import EstateContext
from maille.rules.retention import RULES

if TYPE_CHECKING:
    from maille.rules.model import Hit

COMMUNES = ("28001", "28002", "28003", "28085")


@pytest.fixture
def sketch() -> Sketch:
    """Give four communes that are authorised for 30 days; the estate keeps 15."""
    found = Sketch()
    for insee in COMMUNES:
        found.commune(insee)
        allow(found, insee, 30)
    return found


def allow(sketch: Sketch, insee: str, days: int) -> None:
    sketch.communes[insee]["authorisation"] = {
        "number": insee,
        "granted": "2024-01-01",
        "expires": "2028-12-31",
        "retention_max_days": days,
    }


def hits(sketch: Sketch) -> list[Hit]:
    context = EstateContext(sketch.estate(), date(2025, 6, 1))
    return [hit for rule in RULES for hit in rule.find(context)]


def told_at(sketch: Sketch) -> list[str]:
    """Give the commune, or the branch of the estate, that each hit is placed in."""
    return [str(hit.path[1]) for hit in hits(sketch)]


@pytest.mark.parametrize("allowed", [10, 15], ids=["too long", "erased too late"])
def test_what_few_communes_have_is_told_at_each(sketch: Sketch, allowed: int) -> None:
    for insee in COMMUNES[:2]:
        allow(sketch, insee, allowed)
    assert told_at(sketch) == ["28001", "28002"]


@pytest.mark.parametrize("allowed", [10, 15], ids=["too long", "erased too late"])
def test_what_most_communes_have_is_told_once_at_the_estate(sketch: Sketch, allowed: int) -> None:
    for insee in COMMUNES[:3]:
        allow(sketch, insee, allowed)
    (hit,) = hits(sketch)
    assert hit.path == ("settings", "retention", "days")
    assert f"the authorisations of 3 communes allow, {allowed} days at the least" in hit.what


def test_a_commune_with_a_wish_of_its_own_is_told_by_itself(sketch: Sketch) -> None:
    for insee in COMMUNES:
        allow(sketch, insee, 10)
    sketch.communes["28085"]["retention"] = {"days": 12}
    assert told_at(sketch) == ["retention", "28085"]


def test_a_single_commune_is_told_at_its_authorisation(sketch: Sketch) -> None:
    sketch.communes = {"28001": sketch.communes["28001"]}
    allow(sketch, "28001", 10)
    assert told_at(sketch) == ["28001"]


def test_its_own_days_count_for_erasure_whatever_the_estate_keeps(sketch: Sketch) -> None:
    """The estate keeps longer than the authorisation, the commune exactly as long."""
    sketch.settings["retention"]["days"] = 25
    sketch.communes["28001"]["retention"] = {"days": 20}
    allow(sketch, "28001", 20)
    (hit,) = hits(sketch)
    assert (hit.path[1], "20.05 days old" in hit.what) == ("28001", True)


def test_less_than_the_authorised_minimum_is_told(sketch: Sketch) -> None:
    sketch.communes["28002"]["authorisation"]["retention_min_days"] = 20
    assert told_at(sketch) == ["28002"]
