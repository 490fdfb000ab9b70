"""`maille hold add` and `copy`: a requisition comes, and its images are put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from maille.cli import estates
from maille.cli.hold.desk import Names, at_desk
from maille.cli.ids import Kind
from maille.cli.options import AsJson, Estate, Quiet, complete_ids
from maille.cli.shell import Shell
from maille.cli.storage.moments import AsOfTime
from maille.cli.storage.options import Client, Conf, Via
from maille.errors import ExitCode

if TYPE_CHECKING:
    from maille.cli.hold.desk import Desk
    from maille.holds.copying import Outcome
    from maille.holds.model import Asked, Hold

Zone = Annotated[
    str, typer.Option("--zone", metavar="ZONE", help="The zone of times that name none.")
]


def add(  # noqa: PLR0913 - one argument an option
    estate: Estate,
    *,
    authority: Annotated[
        str, typer.Option("--authority", help="Who asks: an agency of parties.yaml, or any name.")
    ],
    agent: Annotated[str, typer.Option("--agent", help="The agent's name and rank.")],
    service: Annotated[str | None, typer.Option("--service", help="The agent's service.")] = None,
    reference: Annotated[
        str, typer.Option("--reference", help="The requisition's own: PV 2026/01234.")
    ],
    basis: Annotated[
        str | None, typer.Option("--basis", help="The article that it is made by.")
    ] = None,
    camera: Annotated[
        list[str] | None,
        typer.Option(
            "--camera",
            metavar="ID",
            help="A camera; may be repeated.",
            autocompletion=complete_ids(Kind.CAMERA),
        ),
    ] = None,
    commune: Annotated[
        list[str] | None,
        typer.Option(
            "--commune",
            metavar="INSEE",
            help="All cameras of a commune, by its code or name; may be repeated.",
            autocompletion=complete_ids(Kind.COMMUNE),
        ),
    ] = None,
    place: Annotated[
        list[str] | None,
        typer.Option("--place", help="All cameras at a place, by its name; may be repeated."),
    ] = None,
    begin: Annotated[
        list[str],
        typer.Option(
            "--from", metavar="TIME", help="2026-11-20 18:00, or with a zone; may be repeated."
        ),
    ],
    end: Annotated[
        list[str], typer.Option("--to", metavar="TIME", help="The end of each --from, in order.")
    ],
    deadline: Annotated[
        str, typer.Option("--deadline", metavar="TIME", help="A day, or a time as --from.")
    ],
    zone: Zone = "Europe/Paris",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be copied.")
    ] = False,
    conf: Conf = None,
    client: Client = None,
    as_of_time: AsOfTime = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Register a requisition, and copy what it asks for into the area of holds.

    Nothing of it expires until it is copied. The same command again goes on where one was cut
    off; for what is recorded later, `maille hold copy` does. Ends with 1 if something was lost.

    Example:
        maille hold add inventory/malataverne --reference "PV 2026/01234" --authority gendarmerie
            --agent "Adjudant Martin" --camera 26169-0001 --deadline 2026-12-01
            --from "2026-11-20 18:00" --to "2026-11-20 19:30"
    """
    from maille.holds.asking import asked_of
    from maille.holds.places import cameras_named
    from maille.holds.times import windows_of
    from maille.local_time import end_of, zone_named

    shell = Shell(as_json, quiet)
    where = zone_named(zone)
    windows = windows_of(begin, end, where)
    due = end_of(deadline, where)
    words = {
        "authority": authority,
        "agent": agent,
        "service": service,
        "reference": reference,
        "basis": basis,
    }
    asked_of(words, ("any",), windows, due)
    key: Literal["exporter", "verifier"] = "verifier" if dry_run else "exporter"
    with at_desk(shell, estate, Via(conf, client), as_of_time, key, journaled=not dry_run) as desk:
        named = cameras_named(desk.blueprint, camera or (), commune or (), place or ())
        _add(shell, desk, asked_of(words, named, windows, due), dry_run=dry_run)


def copy(
    words: Names = [],  # noqa: B006 - Typer makes it anew
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Read the copies first, and make bad ones anew.")
    ] = False,
    conf: Conf = None,
    client: Client = None,
    as_of_time: AsOfTime = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Go on copying: what was cut off, and what was recorded since; of all holds by default.

    Example:
        maille hold copy inventory/malataverne
        maille hold copy inventory/malataverne pv-2026-01234 --check
    """
    from maille.holds.report import copied_document, copied_text

    shell = Shell(as_json, quiet)
    estate, names = estates.split(words)
    with at_desk(shell, estate, Via(conf, client), as_of_time, "exporter") as desk:
        holds = desk.holds(names)
        if not names:
            holds = [hold for hold in holds if hold.state == "copying"]
        done = [_copy(shell, desk, hold, check=check) for hold in holds]
    shell.answer(
        [copied_document(*one) for one in done],
        lambda: "\n".join(copied_text(*one) for one in done) or "nothing is left to be copied",
    )
    if any(outcome.gone for _, outcome in done):
        raise typer.Exit(ExitCode.FINDINGS)


def _add(shell: Shell, desk: Desk, asked: Asked, *, dry_run: bool) -> None:
    from maille.holds.places import beyond_us
    from maille.holds.report import copied_document, copied_text, plan_document, plan_text
    from maille.holds.rights import doubts

    work = desk.at(asked.cameras)
    same = work.same(asked)
    with shell.progress("looking for what is asked for"):
        plan = work.plan(asked, work.copies(same) if same else None)
    for what, how in (*doubts(desk.blueprint, asked), *beyond_us(work.cameras)):
        shell.say(f"warning: {what}: {how}")
    for warning in plan.warnings():
        shell.say(f"warning: {warning}")
    if dry_run:
        shell.answer(plan_document(plan), lambda: plan_text(plan))
        return
    hold = same or work.request(plan)
    hold, outcome = _copy(shell, desk, hold)
    shell.answer(
        {**plan_document(plan), **copied_document(hold, outcome)},
        lambda: f"{plan_text(plan)}\n{copied_text(hold, outcome)}",
    )
    if outcome.gone:
        raise typer.Exit(ExitCode.FINDINGS)


def _copy(shell: Shell, desk: Desk, hold: Hold, *, check: bool = False) -> tuple[Hold, Outcome]:
    work = desk.at(hold.asked.cameras)
    count = work.plan(hold.asked, work.copies(hold)).segments
    with shell.progress(f"copying {hold.name}", count) as step:
        return work.copy(hold, step, check=check)
