"""Where the history of an estate is, reading it, and writing it."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from maille.errors import UsageError
from maille.files import unversioned

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maille.health.history.reading import Reading
    from maille.health.watching.keeping import Keeper

HistoryAddress = Annotated[
    str | None,
    typer.Option(
        "--history",
        metavar="ADDRESS",
        help="Where rounds are kept: a file, or postgresql://user:env:NAME@host/database.",
        envvar="MAILLE_HEALTH_HISTORY",
        show_default=".maille/health.db of the estate",
    ),
]

SPOOL = "health.spool"
"""Below the estate's own folder: rounds that the database could not take yet."""


@contextmanager
def reading(estate: Path, address: str | None) -> Iterator[Reading]:
    """Open the history of an estate to read it.

    Raises:
        UsageError: there is none yet, or the address is none.
        OutOfReachError: the database does not answer.
    """
    from maille.health.history.database import DEFAULT_FILE, open_database
    from maille.health.history.reading import Reading
    from maille.health.history.schema import migrate

    file = estate / DEFAULT_FILE
    if address is None and not file.is_file():
        raise UsageError(
            f"there is no history yet: {file} is missing",
            "let `maille health watch --record` run, or name another place by --history",
        )
    database = open_database(address or file)
    try:
        migrate(database)
        yield Reading(database)
    finally:
        database.close()


@contextmanager
def recording(estate: Path, address: str | None, interval_s: float) -> Iterator[Keeper]:
    """Open the history of an estate to record a watch with rounds at an interval.

    Raises:
        UsageError: the address is none.
        OutOfReachError: the database does not answer, or this machine records the estate already.
    """
    from maille.health.history.database import DEFAULT_FILE, open_database
    from maille.health.watching.keeping import keeper

    own = unversioned(estate / DEFAULT_FILE.parent)
    database = open_database(address or estate / DEFAULT_FILE)
    try:
        with keeper(database, own / SPOOL, socket.gethostname(), interval_s) as found:
            yield found
    finally:
        database.close()
