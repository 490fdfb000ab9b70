"""A connection to the history: SQLite in a file of the estate, or PostgreSQL by its URL.

What the database says against a question is told in one of two ways: it is out of reach, which
passes, or it is ours to mend. A password is a reference and resolved here; no error shows it.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    InterfaceError,
    OperationalError,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement

from maille.errors import OutOfReachError, UsageError
from maille.secrets import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection, Engine

DEFAULT_FILE = Path(".maille/health.db")
"""Below the estate's folder."""
PATIENCE_S = 5
"""How long a question waits for a lock, and a connection for the server."""
_WRITES = "maille_writes"
_KEEPERS = ("42501", "42P01", "3F000")
"""What PostgreSQL's keeper has to see to: rights, tables or a schema that are not there."""


class now_us(FunctionElement[int]):  # noqa: N801  # it is written as a function of SQL is
    """The database's own clock, in microseconds: pollers need not agree on the time."""

    type = BigInteger()
    inherit_cache = True


@compiles(now_us, "sqlite")
def _now_of_sqlite(*_: Any, **__: Any) -> str:  # noqa: ANN401  # SQLAlchemy's to say
    return "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)"


@compiles(now_us, "postgresql")
def _now_of_postgresql(*_: Any, **__: Any) -> str:  # noqa: ANN401
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"


class Database:
    """Gives connections, each for one transaction."""

    def __init__(self, engine: Engine, shown: str) -> None:
        """Keep an engine, and the address as it may be shown."""
        self._engine = engine
        self.shown = shown

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to ask by.

        Raises:
            OutOfReachError: the database does not answer.
        """
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are kept together at its end, or not at all.

        Raises:
            OutOfReachError: the database does not answer, or is kept locked by another; whether
                the changes were kept is then not known.
        """
        engine = self._engine.execution_options(**{_WRITES: True})
        with self._told(), engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Leave the database."""
        self._engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if not _passes(error):
                raise
            raise self._away(error) from None

    def _away(self, error: DBAPIError) -> OutOfReachError:
        reason = str(error.orig).strip().partition("\n")[0].rstrip(".")
        return OutOfReachError(
            f"the history {self.shown} is out of reach: {reason}",
            "see that the database runs, that its address is right, and that its disk has room",
        )


def _passes(error: DBAPIError) -> bool:
    """Say whether an error is the database's state or its keeper's to mend, and no fault of ours.

    A damaged file of SQLite is a DatabaseError and none of those that follow from it.
    """
    refused = getattr(error.orig, "sqlstate", None) in _KEEPERS
    away = isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError
    return refused or away or error.connection_invalidated


def open_database(address: str | Path, *, patience_s: int = PATIENCE_S) -> Database:
    """Give the database at a path (SQLite), or at a URL `postgresql://user:env:NAME@host/name`.

    Nobody is asked yet. A file and its folder are made.

    Raises:
        UsageError: the address is none, or has a password in plain text.
        SecretError: the password cannot be had.
    """
    if isinstance(address, Path) or "://" not in address:
        return _sqlite(Path(address), patience_s)
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise _no_address("the address of the history is no URL") from None
    if url.get_backend_name() == "sqlite":
        return _sqlite(Path(url.database or ""), patience_s)
    if url.get_backend_name() != "postgresql":
        raise _no_address(f"history is not kept in {url.get_backend_name()}")
    return _postgresql(url, patience_s)


def _no_address(what: str) -> UsageError:
    return UsageError(what, "give a file, or postgresql://user:env:NAME@host/database")


def _sqlite(file: Path, patience_s: int) -> Database:
    if not file.name:
        raise _no_address("the address of the history names no file")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))  # what it says is not everybody's
    except OSError as error:
        raise OutOfReachError(
            f"the history {file} cannot be opened: {error.strerror}", "see to the folder's rights"
        ) from None
    engine = create_engine(
        f"sqlite:///{file}", hide_parameters=True, connect_args={"timeout": patience_s}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, str(file))


def _prepare_sqlite(connection: Any, _: object) -> None:  # noqa: ANN401
    """Keep a log that readers and a writer share, and bring it to the disk at each commit."""
    connection.isolation_level = None  # transactions are begun below, not by the driver
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Begin a writer as one: who only turns out to be one may find that another came before."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(url: URL, patience_s: int) -> Database:
    password = url.password
    if password and not str(password).startswith(("env:", "file:", "command:")):
        raise UsageError(
            "the address of the history has a password in plain text",
            "name where it is kept: postgresql://user:env:NAME@host/database",
        )
    shown = url.render_as_string()
    if password:
        url = url.set(password=resolve(str(password)))
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,  # a server that was started anew does not know the connections kept
        connect_args={
            "connect_timeout": patience_s,
            "tcp_user_timeout": patience_s * 1000,
            "options": f"-c lock_timeout={patience_s}s -c timezone=UTC",
        },
    )
    return Database(engine, shown)
