"""What was meant by an unknown name."""

from __future__ import annotations

import pytest

from maille.inventory.suggest import nearest, unknown

MODELS = ["axis-p1465", "axis-p1465-le", "axis-p3265-lve", "axis-q6135-le", "hanwha-xnv-8080r"]


def test_style_of_an_unknown_id() -> None:
    """Give what and how, ready to be joined by a comma."""
    what, how = unknown("camera model", "axis-p1455", ["axis-p1465", "axis-q6135"])
    assert f"{what}, {how}" == "camera model `axis-p1455` unknown, did you mean `axis-p1465`?"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Axis P1465 LE", "axis-p1465-le"),
        ("axis_q6135_le", "axis-q6135-le"),
        ("axis-q6153-le", "axis-q6135-le"),
        ("p3265", "axis-p3265-lve"),
        ("hanwha-xnv8080r", "hanwha-xnv-8080r"),
    ],
)
def test_nearest(name: str, first: str) -> None:
    """See through case, spaces, swapped letters and what was left out."""
    assert nearest(name, MODELS)[0] == first


def test_accents_do_not_count() -> None:
    """Find an id under the name that is on the street sign."""
    assert nearest("Place des Épars", ["place-des-epars", "gare"]) == ["place-des-epars"]


@pytest.mark.parametrize("name", ["", "x", "bosch-nbe", "-", "日本"])
def test_nothing_near(name: str) -> None:
    """Keep quiet rather than guess wildly."""
    assert nearest(name, MODELS) == []


def test_without_a_guess_what_is_known_is_told() -> None:
    """List a few names, count many, say so if there are none."""
    assert unknown("ring", "x", ["nord", "sud"])[1] == "known: `nord` and `sud`"
    assert unknown("ring", "x", [])[1] == "no ring is defined"
    many = [f"ring-{number:03}" for number in range(100)]
    assert unknown("ring", "zzz", many)[1] == (
        "100 are known, such as `ring-000`, `ring-001` and `ring-002`"
    )


def test_at_most_three_are_offered() -> None:
    """Don't drown the likely one."""
    assert len(nearest("ring-01", [f"ring-0{number}" for number in range(2, 9)])) == 3
