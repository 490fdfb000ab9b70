"""`maille storage expire`: erasing what is past its retention."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Annotated

import typer

from maille.cli.author import author
from maille.cli.checking import checked
from maille.cli.ids import Kind
from maille.cli.options import AsJson, Estate, Quiet, complete_ids
from maille.cli.shell import Shell
from maille.cli.storage.moments import AsOfTime, now
from maille.cli.storage.options import Client, Conf, Via, opened, reach_of
from maille.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from maille.ceph.connection import Cluster
    from maille.retention.expire.pace import Pace
    from maille.retention.expire.report import Expiry
    from maille.retention.expire.session import Session


def expire(  # noqa: PLR0913 - one argument an option
    estate: Estate,
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Erase; without it only what would go is told.")
    ] = False,
    commune: Annotated[
        list[str] | None,
        typer.Option(
            "--commune",
            metavar="INSEE",
            help="Only this commune, by its code or name; may be repeated.",
            autocompletion=complete_ids(Kind.COMMUNE),
        ),
    ] = None,
    rate: Annotated[
        float, typer.Option(min=0.1, max=10_000, help="At most so many files a second.")
    ] = 100,
    wait: Annotated[
        int,
        typer.Option(min=0, max=86_400, help="Seconds to wait until what was unlinked is erased."),
    ] = 300,
    conf: Conf = None,
    client: Client = None,
    as_of_time: AsOfTime = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Erase the segments that are past their retention; without --yes, tell which.

    Only what maille owns, below the estate's own group, and nothing that an open requisition asks
    for. The share of a commune that has left expires, too: as its file says or, if that is gone,
    after the estate's own days. The journal says of every camera what was unlinked and, once it is
    gone from the disks, erased. A run that is cut off is taken up by the next one. Ends with 1 if
    something is unlinked and not erased within --wait: a person must see what keeps it.

    Example:
        maille storage expire inventory/chartres
        maille storage expire inventory/chartres --yes
        maille storage expire inventory/chartres --commune 28085 --yes --rate 20
    """
    from maille.check.scope import commune_named
    from maille.errors import UsageError
    from maille.holds.opening import watched
    from maille.retention.expire.pace import Pace
    from maille.retention.expire.report import as_document, as_text
    from maille.retention.expire.session import Session
    from maille.retention.places import areas_in, group_of, left_in, require_clock

    moment = as_of_time or now()
    if yes and as_of_time:
        raise UsageError(
            "--yes erases by the clock, and takes no --as-of-time",
            "leave out one of them: a dry run may suppose any time",
        )
    shell = Shell(as_json, quiet)
    blueprint = checked(shell, estate, moment.date()).built().blueprint
    communes = [commune_named(blueprint.estate, word) for word in commune or ()]
    group = group_of(blueprint)
    reach = reach_of(blueprint.estate.settings.storage.access, Via(conf, client), estate)
    with (
        opened(reach, group.filesystem) as cluster,
        watched(cluster, group, _own(estate), secrets.token_hex(8)) as refresh,
    ):
        areas = (*areas_in(blueprint, communes), *left_in(blueprint, cluster, communes))
        session = Session(group, areas, _own(estate), moment)
        if yes:
            require_clock(cluster, now())
            found = _erase(
                shell, session, cluster, Pace(rate, time.monotonic, time.sleep), wait, refresh
            )
        else:
            with shell.progress("looking for what is past"):
                found = session.dry_run(cluster)
    shell.answer(as_document(found), lambda: as_text(found))
    if found.kept:
        raise typer.Exit(ExitCode.FINDINGS)


def _own(estate: Path) -> Path:
    from maille.recording.stack.place import FOLDER

    return estate / FOLDER


def _erase(
    shell: Shell,
    session: Session,
    cluster: Cluster,
    pace: Pace,
    wait: int,
    refresh: Callable[[], None],
) -> Expiry:
    from maille.retention.expire.session import Means

    with shell.progress("erasing") as step:
        means = Means(
            author=author(),
            pace=pace,
            clock=now,
            new_id=lambda: secrets.token_hex(8),
            step=step,
            refresh=refresh,
        )
        return session.run(cluster, means, wait)
