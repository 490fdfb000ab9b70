"""`maille hold move`: the area of holds follows the estate to another pool."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from maille.cli.hold.desk import at_desk
from maille.cli.options import AsJson, Estate, Quiet
from maille.cli.shell import Shell
from maille.cli.storage.moments import AsOfTime
from maille.cli.storage.options import Client, Conf, Via
from maille.errors import ExitCode


def move(
    estate: Estate,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell how many files would be moved.")
    ] = False,
    conf: Conf = None,
    client: Client = None,
    as_of_time: AsOfTime = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Take the copies of all holds to the pool that new files go to.

    After a change of the erasure code recordings empty the former pool as they expire; copies of
    requisitions would keep it for as long as they are kept. Each file is written anew, read back,
    compared with its digest, and then put in the place of the old one; what was cut off is gone
    on with. Ends with 1 if a copy is damaged, and so stays, or if somebody writes to a file.

    Example:
        maille hold move inventory/malataverne --dry-run
        maille hold move inventory/malataverne
    """
    from maille.holds.moving import Moved
    from maille.holds.report import move_document, move_text

    shell = Shell(as_json, quiet)
    key: Literal["exporter", "verifier"] = "verifier" if dry_run else "exporter"
    via = Via(conf, client)
    moved: dict[str, Moved] = {}
    with at_desk(shell, estate, via, as_of_time, key, journaled=not dry_run) as desk:
        pool, waiting = desk.work.opened.area.pool, desk.work.waiting()
        if waiting and not dry_run:
            with shell.progress("moving", len(waiting)) as step:
                moved = desk.work.move(step)
    left = len(waiting) if dry_run else 0
    shell.answer(move_document(pool, moved, left), lambda: move_text(pool, moved, left))
    if not all(one.whole for one in moved.values()):
        raise typer.Exit(ExitCode.FINDINGS)
