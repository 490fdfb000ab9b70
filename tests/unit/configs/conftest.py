"""The small estate that has one of everything, checked once, and variants of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maille.allocation.files import require_lock
from maille.blueprint.build import build
from maille.configs.render import Renderer
from maille.inventory.load import load
from maille.inventory.schema.settings import PortSecurity

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.blueprint.model import Blueprint
    from maille.configs.render import Rendered
    from maille.inventory.schema.estate import Estate

GOLDEN = Path(__file__).parents[2] / "golden"
FOLDER = GOLDEN / "estates" / "complete"
DAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def complete() -> Blueprint:
    estate = load(FOLDER).estate
    assert estate is not None
    return build(estate, require_lock(FOLDER), DAY)


@pytest.fixture(scope="session")
def rendered(complete: Blueprint) -> dict[str, Rendered]:
    """Give what is rendered for each switch of the estate, by its id."""
    return {each.switch.id: each for each in Renderer(complete).all()}


@pytest.fixture(scope="session")
def texts(rendered: dict[str, Rendered]) -> dict[str, str]:
    return {switch: each.text for switch, each in rendered.items()}


@pytest.fixture(scope="session")
def built(complete: Blueprint) -> Callable[[Estate], Blueprint]:
    """Give a function that builds a variant of the estate on the numbers of the first."""
    lock = require_lock(FOLDER)
    del complete
    return lambda estate: build(estate, lock, DAY)


@pytest.fixture(scope="session")
def with_access(
    complete: Blueprint, built: Callable[[Estate], Blueprint]
) -> Callable[[str], Blueprint]:
    """Give a function that builds the estate with another access method on its ports."""

    def make(access: str) -> Blueprint:
        settings = complete.estate.settings.model_copy(
            update={"port_security": PortSecurity.model_validate({"access": access})}
        )
        return built(complete.estate.model_copy(update={"settings": settings}))

    return make
