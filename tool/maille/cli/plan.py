"""`maille plan`: what changes since a git revision, or against another folder."""

from __future__ import annotations

from typing import Annotated

import typer

from maille.cli.apps import new_app
from maille.cli.checking import checked
from maille.cli.ids import Kind
from maille.cli.options import AsJson, AsOf, Estate, Quiet, complete_ids
from maille.cli.shell import Shell
from maille.errors import ExitCode

app = new_app()


@app.command()
def plan(
    estate: Estate,
    *,
    against: Annotated[
        str,
        typer.Option(
            "--against", metavar="REF", help="A git revision, or a folder with an estate."
        ),
    ] = "HEAD",
    commune: Annotated[
        str | None,
        typer.Option(
            "--commune",
            metavar="INSEE",
            help="Show what changes in this commune, by its code or its name.",
            autocompletion=complete_ids(Kind.COMMUNE),
        ),
    ] = None,
    as_of: AsOf,
    diffs: Annotated[
        bool, typer.Option("--diffs", help="Show what changes in each configuration.")
    ] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Write Markdown for a merge request.")
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell what a change of the inventory changes: equipment, configurations, capacity.

    Ends with 3 if anything changes, with 0 if nothing does.

    Example:
        maille plan inventory/chartres
        maille plan inventory/chartres --against main --diffs
        maille plan inventory/chartres --against v1 --markdown > plan.md
        maille plan inventory/chartres --against ../before/chartres --commune Lucé
    """
    from maille.check.scope import commune_named
    from maille.plan.as_document import as_document
    from maille.plan.as_markdown import as_markdown
    from maille.plan.as_text import as_text
    from maille.plan.plan import plan as compare
    from maille.plan.revision import at_revision

    shell = Shell(as_json, quiet)
    after = checked(shell, estate, as_of).built()
    with at_revision(estate, against) as folder:
        before = checked(shell, folder, as_of, name=against).built()
    with shell.progress("comparing"):
        found = compare(before, after)
    if commune is not None:
        found = found.of(commune_named(after.blueprint.estate, commune))
    shell.answer(
        as_document(found),
        lambda: as_markdown(found).rstrip("\n") if markdown else as_text(found, diffs=diffs),
    )
    raise typer.Exit(ExitCode.DONE if found.empty else ExitCode.CHANGES_PENDING)
