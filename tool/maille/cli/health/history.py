"""Where the history of an estate is, and reading it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from maille.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maille.health.history.reading import Reading

HistoryAddress = Annotated[
    str | None,
    typer.Option(
        "--history",
        metavar="ADDRESS",
        help="Where the pollers write: a file, or postgresql://user:env:NAME@host/database.",
        envvar="MAILLE_HEALTH_HISTORY",
        show_default=".maille/health.db of the estate",
    ),
]


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
            "let `maille health serve` poll the estate, or name another place by --history",
        )
    database = open_database(address or file)
    try:
        migrate(database)
        yield Reading(database)
    finally:
        database.close()
