"""`maille plan`: what changes since a git revision, or against another folder."""

from __future__ import annotations

from typing import Annotated

import typer

from maille.cli.apps import new_app
from maille.cli.options import AsJson, AsOf, Estate, Quiet
from maille.cli.shell import Shell
from maille.errors import ExitCode

app = new_app()


@app.command()
def plan(
    estate: Estate,
    *,
    against: Annotated[
        str,
        typer.Option("--against", metavar="REF", help="A git revision, or a folder."),
    ],
    as_of: AsOf,
    diffs: Annotated[
        bool, typer.Option("--diffs", help="Show the diff of every configuration.")
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
        maille plan inventory/chartres --against main
        maille plan inventory/chartres --against HEAD~1 --diffs
        maille plan inventory/chartres --against v1 --markdown > plan.md
    """
    from maille.check.run import check
    from maille.configs.render import render_all
    from maille.plan.plan import plan as compare
    from maille.plan.report import as_document, as_markdown, as_text
    from maille.plan.revision import at_revision

    shell = Shell(as_json, quiet)
    with shell.progress("comparing"), at_revision(estate, against) as folder:
        before = check(folder, as_of).built()
        found = compare(before, check(estate, as_of).built(), render_all)
    shell.answer(
        as_document(found),
        lambda: as_markdown(found) if markdown else as_text(found, diffs=diffs),
    )
    raise typer.Exit(ExitCode.DONE if found.empty else ExitCode.CHANGES_PENDING)
