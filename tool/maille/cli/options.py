"""Arguments and options that mean the same in every command.

A command's signature reads:

    def sheet(estate: Estate, *, as_of: AsOf, as_json: AsJson = False, quiet: Quiet = False)

and one that also takes ids, where the estate may be left out:

    @app.command(options_metavar=ESTATE_FIRST)
    def show(words: Annotated[list[str], estate_and("ID", "What to show.")])

with `estates.split(words)` to part them. `words` is the name that completion looks for.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maille.cli import estates, ids
from maille.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


ESTATE_FIRST = "[OPTIONS] [ESTATE]"
"""How the usage line begins where `estate_and` follows."""


def _today() -> str:
    """Give the day by the local clock. Nothing below the command line asks for it."""
    return datetime.now(tz=UTC).astimezone().date().isoformat()


def _estate(folder: Path | None) -> Path:
    return estates.named(folder) if folder else estates.here()


def parse_day(text: str) -> date:
    """Read a day, for an option that takes one."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise typer.BadParameter(f"'{text}' is no day; write year-month-day: 2025-03-31")
    return day


def file_to_write(file: Path | None) -> Path | None:
    """Refuse, before any work is done, a file that cannot be written where it is wanted."""
    if file and file.is_dir():
        raise UsageError(f"{file} is a folder", "name a file in it")
    if file and not file.parent.is_dir():
        raise UsageError(f"there is no folder {file.parent}", "make it first")
    return file


def complete_estates(incomplete: str) -> list[str]:
    """Complete the folder of an estate."""
    return [str(folder) for folder in estates.known() if str(folder).startswith(incomplete)]


def complete_ids(*kinds: ids.Kind) -> Callable[[typer.Context, str], list[str]]:
    """Complete the ids of the estate that the command line is about, of some kinds or all."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        try:
            estate = ctx.params.get("estate") or estates.default()
        except UsageError:
            return []
        return _matching(estate, kinds, incomplete)

    return complete


def estate_and(name: str, help: str, *kinds: ids.Kind) -> Any:  # noqa: A002, ANN401  # as Typer has them
    """Make the argument `[ESTATE] NAME…`, for ids of some kinds or all."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        words = list(ctx.params.get("words") or ())
        folders = [] if words else complete_estates(incomplete)
        try:
            estate, _ = estates.split(words)
        except UsageError:
            return folders
        return folders + _matching(estate, kinds, incomplete)

    help = f"{help} The folder of the estate may stand before."  # noqa: A001
    return typer.Argument(metavar=name, help=help, autocompletion=complete, show_default=False)


def _matching(estate: Path, kinds: tuple[ids.Kind, ...], incomplete: str) -> list[str]:
    return [found for found in ids.ids(estate, *kinds) if found.startswith(incomplete)]


Estate = Annotated[
    Path,
    typer.Argument(
        metavar="ESTATE",
        help="The folder of the estate.",
        envvar=estates.VARIABLE,
        default_factory=lambda: None,
        show_default="the one that the current folder is in",
        callback=_estate,
        autocompletion=complete_estates,
    ),
]
AsOf = Annotated[
    date,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="The day to judge by, year-month-day.",
        default_factory=_today,
        show_default="today",
        parser=parse_day,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print the result and errors only.")]
