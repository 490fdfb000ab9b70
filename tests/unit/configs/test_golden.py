"""Every text of the small estate, as it was judged line by line against the references."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.unit.configs.conftest import DAY, FOLDER

from maille.check.run import check
from maille.configs.render import Renderer

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.blueprint.model import Blueprint
    from maille.configs.render import Rendered

CONFIGS = Path(__file__).parents[2] / "golden" / "configs"

SWITCHES = (
    "core-1",
    "core-2",
    "acces-1",
    "acces-2",
    "agg-1",
    "agg-2",
    "agg-3",
    "agg-4",
    "28085-epars",
    "28085-jardin",
    "28085-gare",
    "28110-mairie",
    "28110-ecole",
    "28110-stade",
    "28110-halle",
    "28110-buvette",
    "28110-moulin",
)


def test_the_estate_passes_the_check() -> None:
    failing = [finding for finding in check(FOLDER, DAY).findings if finding.fails]
    assert failing == []


def test_every_switch_has_a_golden_text(rendered: dict[str, Rendered]) -> None:
    assert tuple(rendered) == SWITCHES


@pytest.mark.parametrize("switch", SWITCHES)
def test_configuration_is_the_golden_one(
    switch: str, texts: dict[str, str], assert_golden: Callable[[str, Path], None]
) -> None:
    assert_golden(texts[switch], CONFIGS / "complete" / f"{switch}.cfg")


@pytest.mark.parametrize("switch", SWITCHES)
def test_bootstrap_is_the_golden_one(
    switch: str,
    complete: Blueprint,
    rendered: dict[str, Rendered],
    assert_golden: Callable[[str, Path], None],
) -> None:
    text = Renderer(complete).bootstrap(rendered[switch])
    assert_golden(text, CONFIGS / "complete" / "bootstrap" / f"{switch}.cfg")


@pytest.mark.parametrize("access", ["dot1x", "static_mac"])
@pytest.mark.parametrize("switch", ["28085-epars", "28110-mairie", "28110-halle"])
def test_other_access_methods_are_the_golden_ones(
    access: str,
    switch: str,
    with_access: Callable[[str], Blueprint],
    assert_golden: Callable[[str, Path], None],
) -> None:
    text = Renderer(with_access(access)).configuration(switch).text
    assert_golden(text, CONFIGS / f"complete-{access}" / f"{switch}.cfg")


def test_rendering_twice_gives_the_same_bytes(complete: Blueprint, texts: dict[str, str]) -> None:
    again = {each.switch.id: each.text for each in Renderer(complete).all()}
    assert again == texts


def test_a_text_does_not_depend_on_what_was_rendered_before(
    complete: Blueprint, texts: dict[str, str]
) -> None:
    alone = {switch: Renderer(complete).configuration(switch).text for switch in reversed(SWITCHES)}
    assert alone == texts
