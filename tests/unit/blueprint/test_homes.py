"""Where a spur belongs, and which trunks carry its segments."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from maille.allocation.lock import Lock
from maille.allocation.settle import settle
from maille.blueprint.build import build
from maille.inventory.load import load

ROOT = Path(__file__).parents[3]
AS_OF = date(2026, 11, 22)


def test_a_spur_off_an_access_switch_of_the_centre_is_reached_through_its_trunks(
    tmp_path: Path,
) -> None:
    shutil.copytree(ROOT / "inventory" / "catalogue", tmp_path / "catalogue")
    folder = tmp_path / "cecos"
    shutil.copytree(ROOT / "inventory" / "cecos", folder)
    file = folder / "communes" / "91377-massy.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count("parent: 94076-louis-aragon") == 1
    file.write_text(
        text.replace("parent: 94076-louis-aragon", "parent: cecos-acces-1"), encoding="utf-8"
    )
    estate = load(folder).whole()
    blueprint = build(estate, settle(estate, Lock(), as_of=AS_OF).lock, AS_OF)
    segments = {s.id for s in blueprint.segments.values() if s.commune == "91377"}
    spur = blueprint.links["91377-massy--cecos-acces-1"]
    assert set(spur.segments) == segments
    assert blueprint.switches["91377-massy"].pair == "coeur"
    for trunk in ("cecos-acces-1-coeur-1", "cecos-acces-1-coeur-2"):
        assert segments <= set(blueprint.links[trunk].segments)
    assert not segments & set(blueprint.links["cecos-acces-2-coeur-1"].segments)
