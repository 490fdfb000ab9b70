"""`maille storage destroy`: everything that is only this estate's goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from maille.cli.options import AsJson, AsOf, Estate, Quiet
from maille.cli.shell import Shell
from maille.cli.storage.options import Conf, ScaleText, opened
from maille.cli.storage.preparing import counted, prepare

if TYPE_CHECKING:
    from maille.layout.model import Layout


def destroy(
    estate: Estate,
    *,
    name: Annotated[
        str | None,
        typer.Option(
            "--name", metavar="ESTATE", help="The estate's name, instead of typing it when asked."
        ),
    ] = None,
    conf: Conf = None,
    scale: ScaleText = "1",
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Remove the estate's shares, keys and pools from the cluster; others' stay.

    Refused while a share holds recordings or a legal hold: let them expire, or give them up one
    by one with `storage up --erase`. Ends when the cluster has erased what was removed.

    Example:
        maille storage destroy inventory/chartres
    """
    from maille.recording.assembly import surroundings
    from maille.recording.emptiness import require_empty
    from maille.recording.terms.as_document import as_document
    from maille.recording.terms.as_text import as_text

    shell = Shell(as_json, quiet)
    prepared = prepare(shell, estate, conf, scale, (), as_of, fit=False)
    layout = prepared.assembly.layout
    with opened(prepared.stack.reach) as cluster:
        require_empty(surroundings(layout, cluster), layout)
    _require_name(layout, name)
    total = len(layout.subvolumes) + len(layout.clients)
    with shell.progress("removing", total) as step, counted(shell, step) as tell:
        outcome = prepared.stack.destroy(tell)
    shell.answer(as_document(outcome, layout, ()), lambda: as_text(outcome, layout, ()))


def _require_name(layout: Layout, given: str | None) -> None:
    from maille.errors import UsageError

    if given is None and not typer.get_text_stream("stdin").isatty():
        raise UsageError("nobody is there to type the estate's name", f"add --name {layout.estate}")
    if given is None:
        given = typer.prompt(
            f"type the estate's name to remove all of {layout.title} from its cluster", err=True
        )
    if given != layout.estate:
        raise UsageError(f"'{given}' is not the estate's name", "nothing was removed")
