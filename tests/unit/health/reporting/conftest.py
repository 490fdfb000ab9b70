"""The estate of `month.py` and what it has behind it, made once for all tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests import estates
from tests.unit.health.reporting import month

if TYPE_CHECKING:
    from tests.unit.health.reporting.memory import Memory

    from maille.blueprint.model import Blueprint
    from maille.health.uptime.spans import Span


@pytest.fixture(scope="session")
def blueprint(tmp_path_factory: pytest.TempPathFactory) -> Blueprint:
    return estates.built(month.eventful(tmp_path_factory.mktemp("eventful"))).blueprint


@pytest.fixture(scope="session")
def march() -> Span:
    return month.MARCH


@pytest.fixture(scope="session")
def history(blueprint: Blueprint) -> Memory:
    return month.remembered(blueprint)
