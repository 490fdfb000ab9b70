"""`maille storage import`: taking over what is on the cluster already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from maille.cli.options import AsJson, AsOf, Estate, Quiet
from maille.cli.shell import Shell
from maille.cli.storage.options import Client, Conf, ScaleText, Via, opened
from maille.cli.storage.preparing import counted, prepare
from maille.errors import ExitCode

if TYPE_CHECKING:
    from maille.recording.takeover import Existing


def take_over(
    estate: Estate,
    *,
    conf: Conf = None,
    client: Client = None,
    scale: ScaleText = "1",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")] = False,
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Take over what somebody has made on the cluster just as the inventory wants it.

    Pools, shares and keys that bear the right names and nobody's mark become this estate's, with
    all that they hold; nothing is made or changed. Where one differs nothing is taken over.

    Example:
        maille storage import inventory/chartres
    """
    from maille.recording.takeover import existing, targets, to_take

    shell = Shell(as_json, quiet)
    prepared = prepare(shell, estate, Via(conf, client), scale, (), as_of, fit=False)
    layout = prepared.assembly.layout
    with opened(prepared.stack.reach) as cluster:
        found = existing(layout, cluster)
    taken = to_take(found)
    if taken and not yes:
        _ask(shell, taken)
    if taken:
        with (
            shell.progress("taking over", len(taken)) as step,
            counted(shell, step) as tell,
        ):
            prepared.stack.with_reach(adopt=True).up(tell, targets(taken))
    document = {
        "estate": layout.estate,
        "scale": layout.scale,
        "taken": [{"kind": one.resource, "name": one.name} for one in taken],
        "ours_before": len(found) - len(taken),
    }
    shell.answer(document, lambda: _as_text(taken, len(found) - len(taken)))


def _ask(shell: Shell, taken: tuple[Existing, ...]) -> None:
    from maille.errors import UsageError

    shell.say(_as_text(taken, 0))
    if not typer.get_text_stream("stdin").isatty():
        raise UsageError("nobody is there to confirm", "add --yes to do it without asking")
    if not typer.confirm("take them over?", err=True):
        raise typer.Exit(ExitCode.CHANGES_PENDING)


def _as_text(taken: tuple[Existing, ...], before: int) -> str:
    from maille.recording.terms.as_text import KINDS

    if not taken:
        return f"nothing to take over: {before} things on the cluster are this estate's already"
    return "\n".join(f"+ {KINDS[one.resource]} {one.name}" for one in taken)
