"""`maille audit`: what runs against what is intended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from maille.cli.apps import new_app
from maille.cli.checking import checked
from maille.cli.ids import Kind
from maille.cli.options import AsJson, AsOf, Estate, Quiet, complete_ids
from maille.cli.shell import Shell
from maille.errors import ExitCode

if TYPE_CHECKING:
    from maille.audit.estate import EstateAudit

app = new_app()

Format = Literal["text", "json", "junit", "sarif"]


@app.callback()
def audit() -> None:
    """Audit what runs against what is intended.

    Example:
        maille audit config inventory/chartres --running fetched
    """


@app.command()
def config(  # noqa: PLR0913  # its options, each by its name
    estate: Estate,
    *,
    running: Annotated[
        Path,
        typer.Option(
            "--running",
            "-r",
            metavar="DIR",
            help="A folder of running configurations, one file a switch.",
        ),
    ],
    switch: Annotated[
        list[str] | None,
        typer.Option(
            "--switch",
            metavar="ID",
            help="Only this switch, in full; may be repeated.",
            autocompletion=complete_ids(Kind.SWITCH),
        ),
    ] = None,
    commune: Annotated[
        list[str] | None,
        typer.Option(
            "--commune",
            metavar="INSEE",
            help="Only the switches of this commune; may be repeated.",
            autocompletion=complete_ids(Kind.COMMUNE),
        ),
    ] = None,
    remediation: Annotated[
        Path | None,
        typer.Option(
            "--remediation",
            metavar="DIR",
            help="Write the commands that mend each switch; the folder is replaced as a whole.",
        ),
    ] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help="One line a switch, and the counts in all.")
    ] = False,
    output_format: Annotated[
        Format, typer.Option("--format", "-f", help="For people, or for a CI system.")
    ] = "text",
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Compare what runs with what is intended, line by line and control by control.

    Files are matched by the host name inside, else by their name. Ends with 0 if every switch
    is in sync and every control holds, with 1 if anything is wrong or could not be judged.
    Secrets that are stored on the switches are never shown.

    Example:
        maille audit config inventory/chartres --running fetched
        maille audit config inventory/chartres --running fetched --commune 28085 --summary
        maille audit config inventory/chartres --running fetched --remediation mend
        maille audit config inventory/chartres --running fetched --format sarif > drift.sarif
    """
    from maille.audit.estate import audit as audit_switches
    from maille.audit.folder import read_folder
    from maille.audit.matching import match
    from maille.audit.remediation import write_remediation
    from maille.configs.summary import chosen

    shell = Shell(as_json, quiet)
    found = checked(shell, estate, as_of)
    blueprint = found.built().blueprint
    words = [*(switch or ()), *(commune or ())]
    switches = chosen(blueprint, words) if words else tuple(blueprint.switches)
    matched = match(blueprint.switches.values(), read_folder(running))
    with shell.progress("auditing", len(switches)) as step:
        audited = audit_switches(blueprint, matched, switches, step)
    if not found.passes:
        shell.say("the inventory itself does not pass the check: see `maille check`")
    if remediation is not None:
        count = write_remediation(audited, remediation, running)
        shell.say(f"commands for {count} switch{'' if count == 1 else 'es'} in {remediation}")
    typer.echo(_report(audited, "json" if as_json else output_format, details=not summary))
    raise typer.Exit(ExitCode.FINDINGS if audited.fails else ExitCode.DONE)


def _report(found: EstateAudit, shown: Format, *, details: bool) -> str:
    if shown == "text":
        from maille.audit.as_text import as_text

        return as_text(found, details=details)
    if shown == "json":
        import json

        from maille.audit.as_document import as_document

        return json.dumps(as_document(found), indent=2, ensure_ascii=False)
    from maille.audit.codes import all_codes

    if shown == "junit":
        from maille.report.junit import render_junit

        files = [device.file for device in found.devices if device.comparison]
        return render_junit(
            found.findings, rules=all_codes(), checked_files=files, name="maille audit config"
        ).rstrip()
    from importlib.metadata import version

    from maille.report.sarif import render_sarif

    return render_sarif(found.findings, rules=all_codes(), version=version("maille")).rstrip()
