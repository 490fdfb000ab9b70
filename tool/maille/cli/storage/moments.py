"""The time that retention judges by; nothing below the command line reads the clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer


def now() -> datetime:
    """Give the time by this machine's clock, in UTC."""
    return datetime.now(tz=UTC)


def parse_moment(text: str) -> datetime:
    """Read a time with its zone, for an option that takes one."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise typer.BadParameter(f"'{text}' is no time; write it in UTC: 2026-11-22T14:00:00Z")
    return moment.astimezone(UTC)


AsOfTime = Annotated[
    datetime | None,
    typer.Option(
        "--as-of-time",
        metavar="TIME",
        help="The time to judge by, in UTC.",
        show_default="now",
        parser=parse_moment,
    ),
]
