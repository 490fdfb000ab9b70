"""A cable is cut at one place: what a cut takes where cabinets sit on the way."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from maille.allocation.lock import Lock
from maille.allocation.settle import settle
from maille.blueprint.build import build
from maille.blueprint.disjoint_ways import disjoint_ways
from maille.inventory.load import load

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint

ROOT = Path(__file__).parents[3]
AS_OF = date(2026, 11, 22)


def village(folder: Path, *edits: tuple[str, str, str]) -> Blueprint:
    shutil.copytree(ROOT / "inventory" / "catalogue", folder / "catalogue")
    estate = folder / "malataverne"
    shutil.copytree(ROOT / "inventory" / "malataverne", estate)
    for name, old, new in edits:
        file = estate / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), encoding="utf-8")
    loaded = load(estate).whole()
    return build(loaded, settle(loaded, Lock(), as_of=AS_OF).lock, AS_OF)


def cuts(blueprint: Blueprint, cable: str) -> set[frozenset[str]]:
    return {
        frozenset(link for link, _ in failure.links)
        for failure in blueprint.failures
        if (failure.kind, failure.id) == ("cable", cable)
    }


def test_a_cut_meets_one_side_of_a_cabinet_that_sits_on_the_cable(tmp_path: Path) -> None:
    moved = ("communes/26169-malataverne.yaml", "at_km: 0.125", "at_km: 1.125")
    blueprint = village(tmp_path, moved)
    assert cuts(blueprint, "nord") == {frozenset({"village/0"}), frozenset({"village/1"})}
    assert disjoint_ways(blueprint) == ()


def test_a_cut_takes_both_passages_of_a_route_that_comes_back_in_its_cable(tmp_path: Path) -> None:
    back = ("network/rings.yaml", "{cable: sud, km: 0.375}", "{cable: nord, km: 0.375}")
    blueprint = village(tmp_path, back)
    assert cuts(blueprint, "nord") == {frozenset({"village/1", "village/3"})}
    assert [(fate.kind, fate.id) for fate in disjoint_ways(blueprint)] == [
        ("cable", "nord"),
        ("duct", "route-nord"),
    ]
