"""`maille commune`: communes and cameras in batches, from spreadsheets."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from maille.batch.language import Language
from maille.cli import estates
from maille.cli.apps import new_app
from maille.cli.options import ESTATE_FIRST, AsJson, Estate, Quiet, estate_and, parse_day
from maille.cli.shell import Shell
from maille.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from maille.batch.prepared import Prepared

app = new_app()

BatchFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="A workbook (.xlsx) or a table (.csv).")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the files, write nothing.")]


def _position(text: str) -> tuple[float, float]:
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        raise UsageError(f"`{text}` is no position", "write it like 48.4471,1.5057") from None
    return latitude, longitude


@app.callback()
def commune() -> None:
    """Add communes and cameras, one by one or in batches from spreadsheets.

    Example:
        maille commune template -o batch.xlsx inventory/chartres
        maille commune import batch.xlsx inventory/chartres --dry-run
    """


@app.command()
def template(
    estate: Estate,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The workbook (.xlsx) or table (.csv) to write.")
    ],
    language: Annotated[
        Language | None,
        typer.Option(help="Language of the workbook.", show_default="the estate's"),
    ] = None,
    communes: Annotated[
        list[str] | None,
        typer.Option("--commune", metavar="INSEE", help="Fill in what the estate has of it."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write an empty workbook for a batch, with lists to choose from.

    Models, rings, waves, supplies and conventions of the estate are offered as drop-down lists.

    Example:
        maille commune template -o batch.xlsx inventory/chartres
        maille commune template -o batch.xlsx --language en --commune 28085
    """
    from maille.batch.blank import blank
    from maille.files import write_atomically
    from maille.inventory.load import load

    if output.exists() and not force:
        raise UsageError(f"{output} exists", "choose another name, or replace it with --force")
    shell = Shell(as_json, quiet)
    content = blank(load(estate), output.suffix, language, communes or [])
    write_atomically(output, content)
    shell.answer({"file": output, "size_bytes": len(content)}, lambda: str(output))
    shell.say(f"next: fill it in, then maille commune import {output} {estate}")


@app.command("import")
def import_(
    file: BatchFile,
    estate: Estate,
    *,
    update: Annotated[
        bool, typer.Option("--update", help="Change what differs in the inventory.")
    ] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Turn a batch into commune files, all of it or nothing.

    Whatever is wrong is told at once, with its cell. What the inventory says already is left
    alone: importing twice changes nothing. An empty cell says nothing; with --update a cell
    that differs changes its field, and no other line. An import that was killed while writing
    is finished by the same command.

    Ends with 0 if it is done, with 1 if anything is wrong, with 3 if --dry-run would change
    something.

    Example:
        maille commune import batch.xlsx inventory/chartres --dry-run
        maille commune import batch.csv inventory/chartres
        maille commune import batch.xlsx inventory/chartres --update
    """
    from maille.batch.importing import prepare
    from maille.inventory.load import load

    shell = Shell(as_json, quiet)
    with shell.progress(f"reading {file}"):
        prepared = prepare(estate, load(estate), file, update=update)
    _finish(shell, prepared, dry_run=dry_run, following=_numbered(estate))


@app.command()
def enrol(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A list (.csv, .xlsx): camera id or serial number, MAC address."
        ),
    ],
    estate: Estate,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take new addresses of exchanged cameras.")
    ] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write the MAC addresses of a list into the inventory.

    Until then the port of a camera is shut. Nothing is written unless every line is right;
    enrolling twice changes nothing. Headings are not needed where a list has two columns.

    Ends with 0 if it is done, with 1 if anything is wrong, with 3 if --dry-run would change
    something.

    Example:
        maille commune enrol macs.csv inventory/chartres --dry-run
        maille commune enrol macs.csv inventory/chartres
    """
    from maille.batch.enrol import enrol as prepare
    from maille.inventory.load import load

    shell = Shell(as_json, quiet)
    with shell.progress(f"reading {file}"):
        prepared = prepare(load(estate), file, replace=replace)
    _finish(shell, prepared, dry_run=dry_run, following=_built(estate))


@app.command(options_metavar=ESTATE_FIRST)
def add(  # noqa: PLR0913 - one a field of the commune's file
    words: Annotated[list[str], estate_and("INSEE NAME", "The commune's code and its name.")],
    *,
    position: Annotated[
        str | None, typer.Option(metavar="LAT,LON", help="Where it is, and its cabinet.")
    ] = None,
    zone: Annotated[str | None, typer.Option(help="Zone of the roll-out.")] = None,
    since: Annotated[
        date | None, typer.Option(metavar="DATE", help="Member since.", parser=parse_day)
    ] = None,
    convention: Annotated[
        str | None, typer.Option(help="Its convention.", show_default="a new one")
    ] = None,
    signed: Annotated[
        date | None,
        typer.Option(
            metavar="DATE",
            help="Signature of a new convention.",
            parser=parse_day,
            show_default="--since",
        ),
    ] = None,
    authorisation: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="The prefect's authorisation.")
    ] = None,
    granted: Annotated[
        date | None,
        typer.Option(metavar="DATE", help="The day of the authorisation.", parser=parse_day),
    ] = None,
    cabinet: Annotated[str, typer.Option(metavar="ID", help="Id of its cabinet.")] = "mairie",
    place: Annotated[str, typer.Option(help="Where the cabinet is, in words.")] = "Mairie",
    ring: Annotated[
        str | None, typer.Option(help="Ring of the cabinet.", show_default="the nearest")
    ] = None,
    at_km: Annotated[
        float | None,
        typer.Option(min=0, help="Its place on the ring.", show_default="estimated"),
    ] = None,
    switch: Annotated[
        str | None, typer.Option(metavar="MODEL", help="Switch model.", show_default="the usual")
    ] = None,
    supply: Annotated[
        str | None, typer.Option(help="Its power supply.", show_default="the neighbour's")
    ] = None,
    cameras: Annotated[int, typer.Option(min=0, max=48, help="How many to prepare.")] = 0,
    model: Annotated[
        str | None, typer.Option(help="Camera model.", show_default="the usual")
    ] = None,
    view: Annotated[
        str | None, typer.Option(help="What they look at.", show_default="the usual")
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Add one commune, each guess in its file marked.

    With a position and a number of cameras the file has a cabinet on the nearest ring. With
    --since the commune is a member, and a convention is written if none is named.

    Example:
        maille commune add inventory/chartres 28999 "Exemple-sur-Eure"
        maille commune add inventory/chartres 28999 Exemple --position 48.40,1.50 --cameras 2
    """
    from maille.batch.adding import add as prepare
    from maille.batch.wish import Wish
    from maille.inventory.load import load

    estate, names = estates.split(words)
    if len(names) != 2:
        raise UsageError(
            "a commune is its code and its name", "put a name of several words in quotes"
        )
    wish = Wish(
        insee=names[0],
        name=names[1],
        position=_position(position) if position else None,
        zone=zone,
        since=since,
        convention=convention,
        signed=signed,
        authorisation=authorisation,
        granted=granted,
        cabinet=cabinet,
        place=place,
        ring=ring,
        at_km=at_km,
        switch=switch,
        supply=supply,
        cameras=cameras,
        model=model,
        view=view,
    )
    prepared = prepare(estate, load(estate), wish)
    shell = Shell(as_json, quiet)
    _finish(shell, prepared, dry_run=dry_run, following=_numbered(estate))


def _finish(shell: Shell, prepared: Prepared, *, dry_run: bool, following: tuple[str, ...]) -> None:
    """Write what was prepared and name the commands that follow, or tell what is wrong."""
    from maille.batch.drafts import save
    from maille.batch.summary import Outcome, as_document, as_text

    if not prepared.passes:
        _refuse(shell, prepared)
    if not dry_run:
        with shell.progress("writing the files"):
            save(prepared.drafts)
    outcome = Outcome(prepared.drafts, prepared.findings, written=not dry_run)
    for found in prepared.findings:
        shell.say(f"{found.place}: {found.what}: {found.how}")
    shell.answer(as_document(outcome), lambda: as_text(outcome))
    if outcome.changes and dry_run:
        raise typer.Exit(ExitCode.CHANGES_PENDING)
    if outcome.changes:
        shell.say("next: " + "; ".join(following))


def _numbered(estate: Path) -> tuple[str, ...]:
    """Give what follows where something needs numbers."""
    return (f"maille allocation settle {estate}", *_built(estate))


def _built(estate: Path) -> tuple[str, ...]:
    out = Path("out") / estate.absolute().name
    return f"maille check {estate}", f"maille build {estate} --out {out}"


def _refuse(shell: Shell, prepared: Prepared) -> NoReturn:
    """Tell all that is wrong, and end: nothing was written."""
    import shutil
    import sys

    from maille.batch.folding import folded
    from maille.batch.summary import Outcome, as_document
    from maille.cli.terminal import wants_colour
    from maille.report.text import render_text

    width = shutil.get_terminal_size((100, 24)).columns
    outcome = Outcome((), prepared.findings, written=False)
    shell.answer(
        as_document(outcome),
        lambda: render_text(
            folded(prepared.findings), colour=wants_colour(sys.stdout), width=width
        ).rstrip(),
    )
    shell.say("nothing was written")
    raise typer.Exit(ExitCode.FINDINGS)
