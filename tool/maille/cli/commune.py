"""`maille commune`: communes and cameras in batches, from spreadsheets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from maille.batch.language import Language
from maille.cli.apps import new_app
from maille.cli.options import AsJson, Estate, Quiet
from maille.cli.shell import Shell
from maille.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.batch.importing import Prepared
    from maille.errors import Finding
    from maille.inventory.load import Loaded

app = new_app()

BatchFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="A workbook (.xlsx) or a table (.csv).")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the files, write nothing.")]


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
    content = blank(load(estate), output.suffix, language, communes or [])
    write_atomically(output, content)
    Shell().say(f"{output} is there: fill it in, then maille commune import {output} {estate}")


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
    """Turn a batch into commune files; nothing is written unless all of it is right.

    What the inventory says already is left alone: importing twice changes nothing.

    Example:
        maille commune import batch.xlsx inventory/chartres --dry-run
        maille commune import batch.csv inventory/chartres
        maille commune import batch.xlsx inventory/chartres --update
    """
    from maille.batch.importing import prepare
    from maille.inventory.load import load

    shell = Shell(as_json, quiet)
    with shell.progress(f"reading {file}"):
        prepared = prepare(estate, load(estate), file, judge=_references, update=update)
    _finish(shell, prepared, estate, dry_run=dry_run)


def _references(loaded: Loaded) -> Iterator[Finding]:
    """Find what names nothing, by the rules of the check."""
    from datetime import date

    from maille.rules.model import EstateContext
    from maille.rules.references import RULES
    from maille.rules.run import run_estate_rules

    if loaded.estate:
        context = EstateContext(loaded.estate, date.min, loaded.refused)
        yield from run_estate_rules(RULES, context, loaded.sources)


def _finish(shell: Shell, prepared: Prepared, estate: Path, *, dry_run: bool) -> None:
    """Write what was prepared, or tell what stands against it."""
    from maille.batch.drafts import save
    from maille.batch.summary import Outcome, as_document, as_text

    if not prepared.passes:
        _refuse(shell, prepared)
    if not dry_run:
        save(prepared.drafts)
    outcome = Outcome(prepared.drafts, prepared.findings, written=not dry_run)
    for found in prepared.findings:
        shell.say(f"{found.place}: {found.what}: {found.how}")
    shell.answer(as_document(outcome), lambda: as_text(outcome))
    if outcome.changes and not dry_run:
        shell.say(
            f"next: maille check {estate}; maille allocation settle {estate}; maille check {estate}"
        )


def _refuse(shell: Shell, prepared: Prepared) -> NoReturn:
    """Tell all that is wrong, and end: nothing was written."""
    import shutil
    import sys

    from maille.batch.summary import Outcome, as_document
    from maille.cli.terminal import wants_colour
    from maille.report.text import render_text

    width = shutil.get_terminal_size((100, 24)).columns
    outcome = Outcome((), prepared.findings, written=False)
    shell.answer(
        as_document(outcome),
        lambda: render_text(
            prepared.findings, colour=wants_colour(sys.stdout), width=width
        ).rstrip(),
    )
    shell.say("nothing was written")
    raise typer.Exit(ExitCode.FINDINGS)
