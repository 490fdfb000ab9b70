"""How a command speaks: its result on standard output, all else on standard error."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import date, time
from ipaddress import IPv4Address, IPv4Network
from pathlib import PurePath
from typing import TYPE_CHECKING

import typer

from maille.cli.progress import progress
from maille.cli.terminal import wants_colour

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

_PIPE_WIDTH_CHARS = 1000
"""Wide enough that no table is folded where a program reads it."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The two streams, as `--json` and `--quiet` want them used."""

    as_json: bool = False
    quiet: bool = False

    def answer(self, document: object, human: Callable[[], object]) -> None:
        """Give the command's one result.

        Args:
            document: what `--json` prints; its keys are a promise. Mappings, sequences and
                scalars, dates, addresses and paths among them.
            human: makes what a person reads, a text or anything that rich can print; of an
                empty text nothing is seen. It is not called for JSON.
        """
        if self.as_json:
            typer.echo(json.dumps(document, indent=2, ensure_ascii=False, default=_plain))
        else:
            self._show(human())

    def say(self, message: str) -> None:
        """Tell something beside the result; `--quiet` silences it."""
        if not self.quiet:
            typer.echo(message, err=True, color=wants_colour(sys.stderr))

    def progress(
        self, title: str, total: int | None = None
    ) -> AbstractContextManager[Callable[[], None]]:
        """Show how far a piece of work is: `with shell.progress("rendering", 130) as step:`.

        Call `step()` after each of the `total` parts; without a total only that it goes on
        is shown. Nothing is seen of what is done within a second.
        """
        return progress(title, total, visible=not self.quiet)

    def _show(self, result: object) -> None:
        colour = wants_colour(sys.stdout)
        if isinstance(result, str):
            typer.echo(result, nl=bool(result), color=colour)
            return
        from rich.console import Console

        terminal = sys.stdout.isatty()
        Console(
            force_terminal=terminal,
            color_system="auto" if colour else None,
            width=None if terminal else _PIPE_WIDTH_CHARS,
            markup=False,
            emoji=False,
            highlight=False,
        ).print(result)


def _plain(value: object) -> str:
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (IPv4Address, IPv4Network, PurePath)):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
