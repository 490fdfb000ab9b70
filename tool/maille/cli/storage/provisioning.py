"""`maille storage plan`, `up`: what the inventory wants of the cluster, and making it so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from maille.cli.ids import Kind
from maille.cli.options import AsJson, AsOf, Estate, Quiet, complete_ids
from maille.cli.shell import Shell
from maille.cli.storage.erasing import erasing
from maille.cli.storage.options import Client, Conf, ScaleText, Via
from maille.cli.storage.preparing import counted, prepare
from maille.errors import ExitCode

if TYPE_CHECKING:
    from maille.cli.storage.preparing import Prepared
    from maille.recording.stack.changes import Outcome
    from maille.retention.journal import Entry

Communes = Annotated[
    list[str] | None,
    typer.Option(
        "--commune",
        metavar="INSEE",
        help="Only the share of this commune; may be given again.",
        show_default=False,
        autocompletion=complete_ids(Kind.COMMUNE),
    ),
]
Erase = Annotated[
    list[str] | None,
    typer.Option(
        metavar="SHARE",
        help="A share that may go with all recordings that it holds: chartres-28421.",
        show_default=False,
    ),
]


def plan(
    estate: Estate,
    *,
    conf: Conf = None,
    client: Client = None,
    scale: ScaleText = "1",
    communes: Communes = None,
    erase: Erase = None,
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell what `storage up` would change on the cluster.

    First whose shares change, then what all of them use. Ends with 3 if anything would change.

    Example:
        maille storage plan inventory/chartres
        maille storage plan inventory/chartres --conf lab/ceph.conf --scale 1/20000
    """
    shell = Shell(as_json, quiet)
    prepared = prepare(shell, estate, Via(conf, client), scale, erase or [], as_of)
    with shell.progress("previewing"):
        outcome = prepared.stack.preview(prepared.targets(communes))
    _answer(shell, prepared, outcome)
    if outcome.pending:
        raise typer.Exit(ExitCode.CHANGES_PENDING)


def up(  # noqa: PLR0913 - one argument an option
    estate: Estate,
    *,
    conf: Conf = None,
    client: Client = None,
    scale: ScaleText = "1",
    communes: Communes = None,
    erase: Erase = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")] = False,
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Make the cluster what the inventory wants: pools, shares with their quotas, keys.

    What holds recordings stays until it is empty; a run that was cut off goes on where it
    stopped. Nothing is made on a cluster that is too small or in error.

    Example:
        maille storage up inventory/chartres
        maille storage up inventory/chartres --yes --conf lab/ceph.conf --scale 1/20000
    """
    shell = Shell(as_json, quiet)
    prepared = prepare(shell, estate, Via(conf, client), scale, erase or [], as_of)
    if not yes:
        with shell.progress("previewing"):
            foreseen = prepared.stack.preview(prepared.targets(communes))
        if foreseen.pending:
            _ask(shell, prepared, foreseen)
    targets = prepared.targets(communes)
    with erasing(estate, prepared) as erased:
        with shell.progress("applying", _count(prepared)) as step, counted(shell, step) as tell:
            outcome = prepared.stack.up(tell, targets)
        with shell.progress("erasing"):
            entries = erased()
    _answer(shell, prepared, outcome, entries, done=True)


def _ask(shell: Shell, prepared: Prepared, foreseen: Outcome) -> None:
    from maille.errors import UsageError
    from maille.recording.terms.as_text import as_text

    assembly = prepared.assembly
    shell.say(as_text(foreseen, assembly.layout, assembly.held, left=assembly.left))
    if not typer.get_text_stream("stdin").isatty():
        raise UsageError("nobody is there to confirm", "add --yes to do it without asking")
    if not typer.confirm("do that?", err=True):
        raise typer.Exit(ExitCode.CHANGES_PENDING)


def _count(prepared: Prepared) -> int:
    layout = prepared.assembly.layout
    return 7 + len(layout.groups) + len(layout.subvolumes) + len(layout.clients)


def _answer(
    shell: Shell,
    prepared: Prepared,
    outcome: Outcome,
    erased: tuple[Entry, ...] = (),
    *,
    done: bool = False,
) -> None:
    from maille.recording.terms.as_document import as_document
    from maille.recording.terms.as_text import as_text

    assembly = prepared.assembly
    told = (outcome, assembly.layout, assembly.held, erased, assembly.left)
    shell.answer(as_document(*told), lambda: as_text(*told, done=done))
