"""Bringing the tables of a database to what this version of maille needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select

from maille.errors import MailleError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from maille.health.history.database import Database

_LOCK = 0x6D61696C6C65
"""Of PostgreSQL's advisory locks the one that migrations take: `maille` in ASCII."""


def migrate(database: Database, to: str = "head") -> None:
    """Bring the tables to a version, in one transaction; whoever does so at once waits.

    Raises:
        MailleError: the tables are of a later version than this program knows.
        OutOfReachError: the database does not answer.
    """
    steps = _steps()
    with database.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        version = version_of(connection)
        known = {step.revision for step in ScriptDirectory.from_config(steps).walk_revisions()}
        if version is not None and version not in known:
            raise MailleError(
                f"the history {database.shown} is of version {version}, which is later than this"
                " program's",
                "use the newer maille that has written it",
            )
        steps.attributes["connection"] = connection
        command.upgrade(steps, to)


def version_of(connection: Connection) -> str | None:
    """Give the version of a database's tables; None if it has none."""
    return MigrationContext.configure(connection).get_current_revision()


def _steps() -> Config:
    config = Config()
    config.set_main_option("script_location", "maille.health.history:migrations")
    config.set_main_option("path_separator", "os")
    return config
