"""A commune from the command line is a file that passes, with every guess marked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.unit.batch.batches import INVENTORY, estate_in

from maille.batch.adding import add
from maille.batch.drafts import save
from maille.batch.siting import nearest_ring, spot_on
from maille.batch.wish import Wish
from maille.errors import InventoryError, UsageError
from maille.inventory.load import load
from maille.inventory.schema.base import Position

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parents[2] / "golden" / "batch" / "add"
ALLAN = (44.4837, 4.7467)
CHARTRES = load(INVENTORY / "chartres").whole()


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    return estate_in(tmp_path)


WISHES = {
    "nothing-but-a-name": Wish("26170", "Allan"),
    "everything-chosen": Wish("26170", "Allan", position=ALLAN, cameras=2, since=date(2026, 6, 1)),
    "everything-said": Wish(
        "26170",
        "Œuvre-l'Épine",
        position=ALLAN,
        zone="rural",
        since=date(2026, 6, 1),
        convention="commune-2014",
        authorisation="26-2026-0001",
        granted=date(2024, 2, 29),
        cabinet="ecole",
        place="École: cour",
        ring="village",
        at_km=2.5,
        switch="ie-3300-8p2s",
        supply="poste-ecole",
        cameras=1,
        model="q1700-le",
        view="plate",
    ),
}


@pytest.mark.parametrize("name", WISHES)
def test_files_of_a_commune(
    name: str, estate: Path, assert_golden: Callable[[str, Path], None]
) -> None:
    drafts = add(estate, load(estate), WISHES[name]).drafts
    save(drafts)
    loaded = load(estate)
    assert not [finding for finding in loaded.findings if finding.fails]
    assert "26170" in loaded.whole().communes
    text = "".join(
        f"==> {draft.path.relative_to(estate)}\n"
        f"{draft.after.decode() if draft.action == 'new' else draft.diff()}"
        for draft in drafts
    ).replace(f"{estate}/", "")
    assert_golden(text, GOLDEN / f"{name}.txt")


def test_comments_are_in_the_language_of_the_estate(estate: Path) -> None:
    settings = estate / "estate.yaml"
    settings.write_text(settings.read_text().replace("language: fr", "language: en"))
    draft = add(estate, load(estate), WISHES["everything-chosen"]).drafts[-1]
    assert "# the nearest ring" in draft.after.decode()


@pytest.mark.parametrize(
    ("wish", "what"),
    [
        (Wish("26169", "Malataverne"), "commune `26169` is in the estate: Malataverne"),
        (Wish("261690", "Allan"), "`261690` is not an INSEE code"),
        (Wish("26170", "Allan", cameras=2), "where the cabinet stands is not said"),
        (Wish("26170", "Allan", ring="vilage"), "ring `vilage` unknown"),
        (Wish("26170", "Allan", model="p1465"), "camera model `p1465` unknown"),
        (Wish("26170", "Allan", convention="2015"), "convention `2015` unknown"),
        (Wish("26170", "Allan", authorisation="1"), "half of the authorisation is missing"),
    ],
)
def test_wish_for_what_is_not_there_is_told(estate: Path, wish: Wish, what: str) -> None:
    with pytest.raises(UsageError) as refused:
        add(estate, load(estate), wish)
    assert refused.value.what == what
    assert refused.value.how


def test_wish_that_the_schema_refuses_is_told_like_any_file(estate: Path) -> None:
    with pytest.raises(InventoryError) as refused:
        add(estate, load(estate), Wish("26170", "Allan", zone="Rural Nord"))
    assert [found.place.path for found in refused.value.findings] == ["zone"]


def test_empty_estate_has_nothing_to_choose_from(estate: Path) -> None:
    for file in (estate / "communes").iterdir():
        file.unlink()
    with pytest.raises(UsageError) as refused:
        add(estate, load(estate), Wish("26170", "Allan", position=ALLAN, cameras=1))
    assert refused.value.what == "the estate has no supply to choose from"
    assert refused.value.how == "name it: --supply"


def _cabinets() -> list[tuple[str, str, float, Position]]:
    return [
        (f"{insee}-{key}", cabinet.ring, cabinet.at_km or 0.0, cabinet.position)
        for insee, commune in CHARTRES.communes.items()
        for key, cabinet in commune.cabinets.items()
        if cabinet.ring
    ]


def test_cabinet_that_stands_on_a_ring_is_found_there() -> None:
    for _, ring, at_km, position in _cabinets():
        spot = spot_on(CHARTRES, ring, position)
        assert spot is not None
        assert spot.detour_km == pytest.approx(0, abs=1e-6)
        assert spot.at_km == pytest.approx(at_km, abs=0.01)
        assert nearest_ring(CHARTRES, position) is not None


def test_cabinet_between_two_others_sits_between_them() -> None:
    members = sorted(
        (at_km, position) for _, ring, at_km, position in _cabinets() if ring == "beauce-est"
    )
    (low, one), (high, other) = members[0], members[1]
    middle = Position((one.latitude + other.latitude) / 2, (one.longitude + other.longitude) / 2)
    spot = spot_on(CHARTRES, "beauce-est", middle)
    assert spot is not None
    assert low < spot.at_km < high
