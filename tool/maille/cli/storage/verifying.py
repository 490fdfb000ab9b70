"""`maille storage verify`: proof from the files that images are kept as promised."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from maille.cli.checking import checked
from maille.cli.ids import Kind
from maille.cli.options import AsJson, Estate, Quiet, complete_ids
from maille.cli.shell import Shell
from maille.cli.storage.moments import AsOfTime, now
from maille.cli.storage.options import Client, Conf, Via, opened, reach_of
from maille.errors import ExitCode

if TYPE_CHECKING:
    from maille.retention.verify.report import Proof

Format = Literal["text", "json", "junit"]


def verify(  # noqa: PLR0913 - one argument an option
    estate: Estate,
    *,
    commune: Annotated[
        list[str] | None,
        typer.Option(
            "--commune",
            metavar="INSEE",
            help="Only this commune, by its code or name; may be repeated.",
            autocompletion=complete_ids(Kind.COMMUNE),
        ),
    ] = None,
    camera: Annotated[
        list[str] | None,
        typer.Option(
            "--camera",
            metavar="ID",
            help="Only this camera; may be repeated.",
            autocompletion=complete_ids(Kind.CAMERA),
        ),
    ] = None,
    containers: Annotated[
        bool,
        typer.Option(
            "--containers", help="Open every segment, too, and compare the time inside: slow."
        ),
    ] = False,
    conf: Conf = None,
    client: Client = None,
    as_of_time: AsOfTime = None,
    output_format: Annotated[
        Format, typer.Option("--format", "-f", help="For people, or for a CI system.")
    ] = "text",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Prove from the files that every camera's images are kept as promised, and no longer.

    Oldest and newest segment, gaps, times that cannot be, snapshots, and what does not belong
    there; read with the verifier's own key. In the share of a commune that has left nothing may be
    past its retention, and nothing else is asked for. Ends with 1 if anything is found.

    Example:
        maille storage verify inventory/chartres
        maille storage verify inventory/chartres --commune 28085 --json
    """
    from maille.check.scope import commune_named
    from maille.recording.stack.place import FOLDER as OWN
    from maille.retention import journal
    from maille.retention.places import areas_in, group_of, left_in
    from maille.retention.scope import with_cameras
    from maille.retention.verify import seen
    from maille.retention.verify.report import Proof
    from maille.retention.verify.run import Verifier, snapshots

    shell = Shell(as_json, quiet)
    moment = as_of_time or now()
    blueprint = checked(shell, estate, moment.date()).built().blueprint
    communes = [commune_named(blueprint.estate, word) for word in commune or ()]
    members, asked = with_cameras(areas_in(blueprint, communes), camera or ())
    group = group_of(blueprint)
    reach = reach_of(blueprint.estate.settings.storage.access, Via(conf, client), estate)
    own = estate / OWN
    folder = own / journal.FOLDER
    before = seen.load(folder)
    count = len(asked) if asked else sum(len(area.promises) for area in members)
    with (
        shell.progress("verifying", count) as step,
        opened(reach, group.filesystem) as cluster,
        group.opened(cluster, "verifier", own) as tree,
    ):
        verifier = Verifier(tree, moment, before, containers, step)
        left = () if asked else left_in(blueprint, cluster, communes)
        found = tuple(verifier.verify(group.places(cluster, (*members, *left)), asked))
        whole = tuple(snapshots(tree, group.estate, "")) if not asked else ()
    if as_of_time is None:  # what was supposed has not been seen
        seen.save(folder, before, (one for area in found for one in area.verdicts), moment)
    proof = Proof(group.estate, moment, found, whole)
    typer.echo(_report(proof, "json" if as_json else output_format), color=sys.stdout.isatty())
    raise typer.Exit(ExitCode.DONE if proof.holds else ExitCode.FINDINGS)


def _report(proof: Proof, shown: Format) -> str:
    from maille.retention.verify.report import as_document, as_text

    if shown == "text":
        return as_text(proof)
    if shown == "json":
        import json

        return json.dumps(as_document(proof), indent=2, ensure_ascii=False)
    from maille.report.junit import render_junit
    from maille.retention.codes import RETENTION_RULES
    from maille.retention.verify.report import suites

    files, findings = suites(proof)
    name = "maille storage verify"
    return render_junit(findings, rules=RETENTION_RULES, checked_files=files, name=name).rstrip()
