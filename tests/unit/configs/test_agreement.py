"""What is rendered is what the comparison can read, and what a change touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.configs.conftest import DAY, FOLDER

from maille.allocation.files import require_lock
from maille.allocation.settle import settle
from maille.blueprint.build import build
from maille.configs.compare import compare
from maille.configs.render import Renderer

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint
    from maille.configs.render import Rendered
    from maille.inventory.schema.commune import Camera, Commune

EVERY_SWITCH = (
    "core-1",
    "core-2",
    "acces-1",
    "acces-2",
    "agg-1",
    "agg-2",
    "28085-epars",
    "28085-jardin",
    "28085-gare",
    "28110-mairie",
    "28110-ecole",
    "28110-stade",
)


@pytest.mark.parametrize("switch", EVERY_SWITCH)
def test_a_text_is_equal_to_itself_and_applies_no_list_that_is_not_there(
    switch: str, rendered: dict[str, Rendered]
) -> None:
    each = rendered[switch]
    found = compare(each.switch.model.platform, each.text, each.text)
    assert found.in_sync
    assert found.remediation == ()


@pytest.mark.parametrize("switch", EVERY_SWITCH)
def test_every_list_is_applied(switch: str, texts: dict[str, str]) -> None:
    lines = texts[switch].splitlines()
    names = [line.split()[-1] for line in lines if " access-list " in line and line[0] not in " s"]
    assert names
    for name in names:
        assert sum(name in line.split() for line in lines) > 1, name


def with_commune(complete: Blueprint) -> Blueprint:
    """Give the estate with one commune more, in the northern ring."""
    like = complete.estate.communes["28110"]
    cabinet = like.cabinets["mairie"].model_copy(
        update={"ring": "boucle-nord", "at_km": 2.5, "attachment_points": {}}
    )
    camera = cabinet.cameras["28110-0002"]
    cameras: dict[str, Camera] = {
        "28201-0001": camera.model_copy(update={"mac": "ac:cc:8e:00:00:21"})
    }
    commune: Commune = like.model_copy(
        update={
            "commune": "Jouy",
            "insee": "28201",
            "cabinets": {"mairie": cabinet.model_copy(update={"cameras": cameras})},
        }
    )
    estate = complete.estate.model_copy(
        update={"communes": complete.estate.communes | {"28201": commune}}
    )
    settled = settle(estate, require_lock(FOLDER), as_of=DAY)
    assert not settled.findings
    return build(estate, settled.lock, DAY)


def test_a_new_commune_touches_its_ring_and_its_pair_alone(
    complete: Blueprint, texts: dict[str, str]
) -> None:
    after = with_commune(complete)
    now = {each.switch.id: each.text for each in Renderer(after).all()}
    changed = {switch for switch in texts if now[switch] != texts[switch]}
    assert set(now) - set(texts) == {"28201-mairie"}
    assert changed == {"28085-gare", "agg-1", "agg-2"}
    assert {flow for flow in complete.flows if flow not in after.flows} == set()
    assert any("Jouy" in flow.source for flow in after.flows)
