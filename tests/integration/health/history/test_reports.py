"""A report is the same from memory, from SQLite and from PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests import estates
from tests.integration.health.replay import record
from tests.unit.health.reporting import month

from maille.health.history.reading import Reading
from maille.health.reporting.compiling import compile_report
from maille.health.reporting.model import Asked
from maille.health.reporting.shift import compile_shift

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint
    from maille.health.history.database import Database


@pytest.fixture(scope="module")
def blueprint(tmp_path_factory: pytest.TempPathFactory) -> Blueprint:
    return estates.built(month.eventful(tmp_path_factory.mktemp("eventful"))).blueprint


def test_what_was_recorded_is_reported(blueprint: Blueprint, database: Database) -> None:
    memory = month.remembered(blueprint)
    record(database, memory)
    asked = Asked(month.MARCH, month.PARIS, "camera", frozenset({"camera", "switch"}))
    reading = Reading(database)
    assert compile_report(blueprint, reading, asked) == compile_report(blueprint, memory, asked)
    night = (month.NIGHT, month.PARIS)
    assert compile_shift(blueprint, reading, *night) == compile_shift(blueprint, memory, *night)
