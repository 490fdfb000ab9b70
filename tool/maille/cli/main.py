"""The entry point: `maille`."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Annotated

import typer
import typer.main
from typer.core import TyperGroup

from maille.cli.edge import guarded
from maille.cli.lazy import Entry, LazyCommand, keep_examples
from maille.cli.table import COMMANDS
from maille.cli.terminal import tolerate_poor_encodings

if TYPE_CHECKING:
    from collections.abc import Mapping

OBJECTS_BETWEEN_COLLECTIONS = 100_000
"""An estate is built of objects that stay: Python's own 700 means looking through them for
nothing, again and again. What is collected at this pace keeps a long-running command small, too."""

_SETTINGS = {"help_option_names": ["--help", "-h"], "max_content_width": 100}


def _print_version(asked: bool) -> None:  # noqa: FBT001  # Typer calls it with the value
    if asked:
        from importlib.metadata import version

        typer.echo(f"maille {version('maille')}")
        raise typer.Exit


def maille(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", is_eager=True, callback=_print_version
        ),
    ] = False,
) -> None:
    """An intercommunal video-protection estate as code.

    An inventory of communes, cameras, switches and fibres gives configurations, sizing,
    documents and the checks before them. `maille COMMAND --help` has examples of each command.

    Example:
        maille init inventory/dreux
        maille check inventory/chartres
        maille show inventory/chartres 28085-0001
    """


def root(commands: Mapping[str, Entry]) -> TyperGroup:
    """Make the command of all commands; none of them is imported yet."""
    app = typer.Typer(
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings=_SETTINGS,
    )
    app.callback()(maille)
    group = typer.main.get_command(app)
    if not isinstance(group, TyperGroup):
        raise TypeError("an app with a callback is a group")
    keep_examples(group)
    for name, entry in commands.items():
        group.add_command(LazyCommand(name, entry))
    return group


def run(commands: Mapping[str, Entry] = COMMANDS) -> None:
    """Run the command line of this process and end it."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    tolerate_poor_encodings()
    sys.exit(guarded(lambda: root(commands).main(prog_name="maille")))
