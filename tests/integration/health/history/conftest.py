"""Both databases that history is kept in, for the same tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.postgres import Server, new_server

from maille.health.history.database import open_database
from maille.health.history.schema import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maille.health.history.database import Database


@pytest.fixture(scope="session")
def postgres(testrun_uid: str) -> Server:
    """Give a server for this process of the run; the watchdog ends it."""
    return new_server(testrun_uid)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty database."""
    if request.param == "sqlite":
        return str(tmp_path / "estate" / ".maille" / "health.db")
    server: Server = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """Give an empty database with its tables."""
    opened = open_database(address)
    migrate(opened)
    yield opened
    opened.close()
