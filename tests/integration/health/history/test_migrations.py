"""Tables are brought to what the program needs, whatever was in them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from maille.errors import MailleError
from maille.health.history.database import open_database
from maille.health.history.reading import Reading
from maille.health.history.schema import migrate, version_of
from maille.health.history.tables import SHARDS, metadata
from maille.health.history.times import micros

if TYPE_CHECKING:
    from maille.health.history.database import Database

MARCH = (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))


def test_the_steps_lead_to_the_tables_that_the_program_uses(database: Database) -> None:
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.execute(text("SELECT count(*) FROM lease")).scalar() == SHARDS


def test_rows_of_the_first_version_are_read_after_the_next(address: str) -> None:
    database = open_database(address)
    migrate(database, "0001")
    began, ended = (micros(datetime(2026, 3, day, tzinfo=UTC)) for day in (2, 3))
    with database.writing() as connection:
        for row in (f"'c', {began}, {ended}, 'unreachable'", f"'c', {ended}, NULL, 'down'"):
            connection.execute(text(f"INSERT INTO state VALUES ({row}, NULL, '[]')"))  # noqa: S608
    migrate(database)
    migrate(database)
    away, down = Reading(database).states(["c"], MARCH)["c"]
    assert (away.state, away.origin, away.ended) == ("unreachable", "upstream", down.began)
    assert (down.state, down.origin, down.ended) == ("down", "own", None)
    database.close()


def test_a_database_of_a_later_program_is_left_alone(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(MailleError, match="version 9999, which is later"):
        migrate(database)
    with database.reading() as connection:
        assert version_of(connection) == "9999"
