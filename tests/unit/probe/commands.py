"""Commands that use every part of the shell once."""

from __future__ import annotations

import os
import signal
import time
from ipaddress import IPv4Network
from typing import Annotated

import typer
from rich.table import Table

from maille.cli import estates
from maille.cli.apps import new_app
from maille.cli.ids import Kind
from maille.cli.options import ESTATE_FIRST, AsJson, AsOf, Estate, Quiet, complete_ids, estate_and
from maille.cli.shell import Shell
from maille.errors import (
    ExitCode,
    Finding,
    InventoryError,
    OutOfReachError,
    Place,
    RenderError,
    Severity,
)

sheet_app = new_app()
camera_app = new_app()
fail_app = new_app()
show_app = new_app()


@sheet_app.command()
def sheet(
    estate: Estate,
    *,
    as_of: AsOf,
    work_s: float = 0.0,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell about an estate.

    Example:
        maille sheet inventory/chartres
        maille sheet --json
    """
    shell = Shell(as_json=as_json, quiet=quiet)
    shell.say("reading")
    with shell.progress("working", 2) as step:
        for _ in range(2):
            time.sleep(work_s / 2)
            step()
    document = {"estate": estate, "as_of": as_of, "prefix": IPv4Network("10.28.0.0/24")}
    shell.answer(document, lambda: _table(estate, as_of))


def _table(estate: object, as_of: object) -> Table:
    table = Table("estate [bold]", "as of", "a very long heading that a narrow terminal would fold")
    table.add_row(str(estate), str(as_of), "é" * 60)
    return table


@camera_app.callback()
def camera() -> None:
    """Cameras.

    Example:
        maille camera where 28085-0001
    """


@camera_app.command()
def where(
    camera_id: Annotated[str, typer.Argument(autocompletion=complete_ids(Kind.CAMERA))],
) -> None:
    """Tell where a camera is.

    Example:
        maille camera where 28085-0001
    """
    Shell().answer({}, lambda: f"{camera_id}: there")


@show_app.command(options_metavar=ESTATE_FIRST)
def show(words: Annotated[list[str], estate_and("ID", "What to show.")]) -> None:
    """Show ids.

    Example:
        maille show 28085
    """
    estate, wanted = estates.split(words)
    Shell().answer({}, lambda: f"{estate} {' '.join(wanted)}")


def _inventory_error() -> InventoryError:
    place = Place("communes/28085-chartres.yaml", 3, 22, "cabinets.epars.cameras.28085-0001.model")
    line = "      28085-0001: {model: p1455-le, place: \x1b[31mgate}"
    what = "camera model `p1455-le` unknown"
    return InventoryError(
        [
            Finding("I014", Severity.ERROR, what, "did you mean `p1465-le`?", place, "", line),
            Finding("N001", Severity.WARNING, "a ring is long", place=Place("network/rings.yaml")),
        ]
    )


@fail_app.command()
def fail(way: str) -> None:
    """Fail in a chosen way.

    Example:
        maille fail reach
    """
    match way:
        case "reach":
            raise OutOfReachError("ceph-1 did not answer", "is it up?", Place("estate.yaml", 3, 5))
        case "inventory":
            raise _inventory_error()
        case "render":
            raise RenderError("a template asks for \x1b[2Jwhat is not there")
        case "findings":
            raise typer.Exit(ExitCode.FINDINGS)
        case "interrupt":
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
        case "file":
            raise PermissionError(13, "Permission denied", "out/sheet.txt")
        case "fault":
            raise ZeroDivisionError("a fault in the program")
        case "flood":
            for _ in range(100_000):
                typer.echo("a line that nobody reads any more")
