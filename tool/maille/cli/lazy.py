"""Commands that are imported when they are used, and no sooner."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import typer.main
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from typer._click.core import Command, Context


class Entry(NamedTuple):
    """A line of the table of commands."""

    target: str
    """`module:attribute`, the attribute being a `typer.Typer`."""
    help: str
    """One line for the overview, without a full stop."""


class LazyCommand(TyperCommand):
    """Stands in the overview for a command or a group that is not imported yet."""

    def __init__(self, name: str, entry: Entry) -> None:
        """Take its line of the table."""
        super().__init__(name, short_help=entry.help, rich_markup_mode=None)
        self._target = entry.target

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: Context | None = None,
        **extra: Any,  # noqa: ANN401  # the signature is Typer's
    ) -> Context:
        """Hand over to the command itself: the context is its own, and so is all that follows."""
        return self.load().make_context(info_name, args, parent, **extra)

    def load(self) -> Command:
        """Import the command. A Typer app of one command is that command, else a group."""
        module, _, attribute = self._target.partition(":")
        command = typer.main.get_command(getattr(import_module(module), attribute))
        keep_examples(command)
        return command


def keep_examples(command: Command) -> None:
    r"""Keep the lines of each help text's `Example:` section as they are written.

    Typer refills paragraphs; one that begins with a `\b` line is left alone.
    """
    if command.help:
        command.help = re.sub(r"^(?=Examples?:$)", "\b\n", command.help, flags=re.MULTILINE)
    if isinstance(command, TyperGroup):
        for member in command.commands.values():
            keep_examples(member)
