"""What holds for every command that there is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.core import TyperGroup

from maille.cli.lazy import LazyCommand
from maille.cli.main import root
from maille.cli.table import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typer._click.core import Command

MAILLE = str(Path(sys.executable).with_name("maille"))
HEAVY = {"babel", "hier_config", "jinja2", "matplotlib", "numpy", "openpyxl", "pydantic", "rich"}


def commands(path: tuple[str, ...], command: Command) -> Iterator[tuple[tuple[str, ...], Command]]:
    """Give a command and all below it, each with the words that call it."""
    if isinstance(command, LazyCommand):
        command = command.load()
    yield path, command
    if isinstance(command, TyperGroup):
        for name, member in command.commands.items():
            yield from commands((*path, name), member)


@pytest.mark.parametrize(
    ("path", "command"),
    [pytest.param(path, found, id=" ".join(path)) for path, found in commands((), root(COMMANDS))],
)
def test_help_of_every_command_carries_an_example_of_it(
    path: tuple[str, ...], command: Command
) -> None:
    start = " ".join(("maille", *path))
    assert command.help, f"{start} has no help"
    assert re.search(rf"^Example:\n    {re.escape(start)}\b", command.help, flags=re.MULTILINE), (
        f"the docstring of {start} needs a section `Example:` that begins with `{start}`"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_overview_has_one_plain_line_for_every_command(name: str) -> None:
    line = COMMANDS[name].help
    assert re.fullmatch(r"[A-Z].{4,66}[^.\s]", line)


def test_overview_imports_none_of_the_heavy_libraries() -> None:
    timed = subprocess.run(
        [sys.executable, "-X", "importtime", MAILLE, "--help"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    imported = {line.rsplit("|", 1)[-1].strip() for line in timed.stderr.splitlines()}
    assert "typer" in imported
    assert not imported & HEAVY
