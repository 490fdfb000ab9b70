"""`maille twin fault`: breaking parts of the cluster of this machine, and mending them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maille.cli.apps import new_app
from maille.cli.shell import Shell
from maille.cli.state import state_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.twin.cluster.record import Record

app = new_app()

Names = Annotated[
    list[str],
    typer.Argument(metavar="NAME...", help="Daemons, or whole hosts: osd.3, mon.a, host2."),
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        metavar="DIR",
        help="Where the cluster is.",
        show_default="~/.local/state/maille/twin/storage",
    ),
]


@app.callback()
def fault() -> None:
    """Break parts of the cluster of this machine, and mend them: to practise, and to test.

    Example:
        maille twin fault kill osd.3
        maille twin fault start osd.3
    """


@app.command()
def kill(names: Names, *, folder: Folder = None) -> None:
    """End daemons at once, as a power cut does.

    Example:
        maille twin fault kill host2
    """
    from maille.twin.cluster.faults import kill as act

    _do("killed", act, names, folder)


@app.command()
def stop(names: Names, *, folder: Folder = None) -> None:
    """End daemons in good order, as for maintenance.

    Example:
        maille twin fault stop host2
    """
    from maille.twin.cluster.faults import stop as act

    _do("stopped", act, names, folder)


@app.command()
def start(names: Names, *, folder: Folder = None) -> None:
    """Start daemons that do not run, and wait until the cluster has seen them.

    Example:
        maille twin fault start host2
    """
    from maille.twin.cluster.faults import start as act

    _do("running", act, names, folder)


@app.command()
def freeze(names: Names, *, folder: Folder = None) -> None:
    """Let daemons hang: they keep their connections and say nothing.

    Example:
        maille twin fault freeze mgr.a
    """
    from maille.twin.cluster.faults import freeze as act

    _do("hanging", act, names, folder)


@app.command()
def thaw(names: Names, *, folder: Folder = None) -> None:
    """Let daemons go on that hang.

    Example:
        maille twin fault thaw mgr.a
    """
    from maille.twin.cluster.faults import thaw as act

    _do("going on", act, names, folder)


@app.command()
def replace(names: Names, *, folder: Folder = None) -> None:
    """Put empty disks in the place of those that were purged from the cluster.

    Example:
        maille twin fault replace osd.3
    """
    from maille.twin.cluster.disks import replace as act

    _do("new and empty", act, names, folder)


def _do(done: str, act: Callable[..., None], names: list[str], folder: Path | None) -> None:
    from maille.twin.cluster.record import load

    shell = Shell()
    record = load(folder or state_folder() / "twin" / "storage")
    daemons = _daemons(record, names)
    with shell.progress("at the cluster"):
        act(record, *daemons)
    shell.say(f"{done}: {', '.join(daemons)}")


def _daemons(record: Record, names: list[str]) -> tuple[str, ...]:
    """Give each daemon once; a host's name stands for all that run there."""
    found: dict[str, None] = {}
    for name in names:
        on_host = record.layout.on_host(name) if name.startswith("host") else (name,)
        found |= dict.fromkeys(on_host)
    return tuple(found)
