"""`maille check`: every rule, on all files of an estate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from maille.cli.apps import new_app
from maille.cli.checking import checked
from maille.cli.options import AsJson, AsOf, Estate, Quiet, file_to_write
from maille.cli.shell import Shell
from maille.cli.terminal import wants_colour
from maille.errors import ExitCode, Severity

if TYPE_CHECKING:
    from maille.check.run import Checked
    from maille.errors import Finding

app = new_app()

Format = Literal["text", "json", "junit", "sarif"]

_MOST = 20
"""Findings of one code that a terminal is given; one mistake in many files says it often."""


def _codes(incomplete: str) -> list[str]:
    from maille.rules.registry import ALL_CODES

    return [code for code in ALL_CODES if code.startswith(incomplete)]


def _explain(code: str | None) -> None:
    if code is None:
        return
    from maille.cli.explain import explain_all, explain_code

    typer.echo(explain_all() if code == "all" else explain_code(code.upper()))
    raise typer.Exit


@app.command()
def check(  # noqa: PLR0913 - options of a command
    estate: Estate,
    *,
    as_of: AsOf,
    explain: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help="Tell what a code means, and end; `all` lists every code.",
            callback=_explain,
            autocompletion=_codes,
            is_eager=True,
        ),
    ] = None,
    output_format: Annotated[
        Format, typer.Option("--format", "-f", help="For people, or for a CI system.")
    ] = "text",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the report to a file.",
            callback=file_to_write,
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail, too.")] = False,
    waived: Annotated[bool, typer.Option("--waived", help="Show what is waived, too.")] = False,
    every: Annotated[
        bool, typer.Option("--all", help=f"Show more than {_MOST} findings of a code.")
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Check an estate by every rule: what is wrong, where, and how to mend it.

    Ends with 0 if nothing is wrong, with 1 if anything is.

    Example:
        maille check inventory/chartres
        maille check inventory/chartres --as-of 2027-03-01 --strict
        maille check inventory/chartres --format sarif -o maille.sarif
        maille check --explain N003
    """
    del explain
    shell = Shell(as_json, quiet)
    found = checked(shell, estate, as_of)
    shown: Format = "json" if as_json else output_format
    colour = shown == "text" and output is None and wants_colour(sys.stdout)
    most = None if every or output else _MOST
    _put(_report(found, shown, colour=colour, waived=waived, most=most), output)
    if shown == "text" and not quiet:
        shell.say(_about(found))
    fails = not found.passes or (strict and any(_warns(each) for each in found.findings))
    raise typer.Exit(ExitCode.FINDINGS if fails else ExitCode.DONE)


def _warns(finding: Finding) -> bool:
    return finding.severity is Severity.WARNING and finding.waiver is None


def _report(found: Checked, shown: Format, *, colour: bool, waived: bool, most: int | None) -> str:
    if shown == "text":
        from maille.report.text import render_text

        kept = [finding for finding in found.findings if waived or finding.waiver is None]
        return render_text(kept, colour=colour, width=_width(), most=most)
    if shown == "json":
        from maille.report.as_json import render_json

        return render_json(found.findings)
    from maille.rules.registry import ALL_CODES

    if shown == "junit":
        from maille.report.junit import render_junit

        return render_junit(found.findings, rules=ALL_CODES, checked_files=found.files)
    from importlib.metadata import version

    from maille.report.sarif import render_sarif

    return render_sarif(found.findings, rules=ALL_CODES, version=version("maille"))


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def _about(found: Checked) -> str:
    accepted = sum(finding.waiver is not None for finding in found.findings)
    more = f"; {accepted} waived: see --waived" if accepted else ""
    blueprint = found.blueprint
    if blueprint is None:
        return f"loads, failures and budgets are judged once these errors are mended{more}"
    counts = (
        (len(blueprint.communes), "member commune", "member communes"),
        (len(blueprint.cameras), "camera", "cameras"),
        (len(blueprint.switches), "switch", "switches"),
        (len(blueprint.links), "link", "links"),
        (len(blueprint.failures), "failure tried", "failures tried"),
    )
    return (
        ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in counts) + more
    )


def _put(text: str, output: Path | None) -> None:
    if output is None:
        typer.echo(text, nl=not text.endswith("\n"), color=True)
        return
    from maille.files import write_atomically

    write_atomically(output, text)
