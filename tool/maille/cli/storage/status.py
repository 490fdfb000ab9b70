"""`maille storage status`: how the recordings are, and what needs a person."""

from __future__ import annotations

from typing import Annotated

import typer

from maille.cli.checking import checked
from maille.cli.ids import Kind
from maille.cli.options import AsJson, Estate, Quiet, complete_ids
from maille.cli.shell import Shell
from maille.cli.storage.moments import AsOfTime, now
from maille.cli.storage.options import Client, Conf, ScaleText, Via, opened, reach_of, scale_of
from maille.errors import ExitCode


def status(  # noqa: PLR0913 - one argument an option
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
    every: Annotated[
        bool, typer.Option("--all", help="List every share, not only those that need a person.")
    ] = False,
    hours: Annotated[
        int, typer.Option(min=1, max=168, help="Take the rates over so many hours.")
    ] = 6,
    conf: Conf = None,
    client: Client = None,
    scale: ScaleText = "1",
    as_of_time: AsOfTime = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell how the recordings are: what needs a person first, then shares and cluster.

    Of each share its quota, use and rate, how far its images reach back, and whether it fills
    before enough of them may be erased; of the cluster its room, whether it could lose a host
    now, and what it has still to erase. Ends with 1 if anything needs a person.

    Example:
        maille storage status inventory/chartres
        maille storage status inventory/chartres --commune 28085 --json
    """
    from maille.check.scope import commune_named
    from maille.layout.build import layout_of
    from maille.recording.stack.place import FOLDER
    from maille.recording.status.as_document import as_document
    from maille.recording.status.as_text import as_text
    from maille.recording.status.judge import judge
    from maille.recording.status.reading import read
    from maille.retention.promise import areas_of

    shell = Shell(as_json, quiet)
    share, at = scale_of(scale), as_of_time or now()
    blueprint = checked(shell, estate, at.date()).built().blueprint
    asked = {commune_named(blueprint.estate, word) for word in commune or ()}
    layout = layout_of(blueprint, share)
    areas = {area.subvolume: area for area in areas_of(blueprint)}
    reach = reach_of(blueprint.estate.settings.storage.access, Via(conf, client), estate)
    with (
        shell.progress("reading the recordings", len(asked) or len(layout.subvolumes)) as step,
        opened(reach) as cluster,
    ):
        seen = read(layout, areas, cluster, estate / FOLDER, at, hours, asked, step)
    found = judge(layout, areas, seen, asked)
    shell.answer(as_document(found), lambda: as_text(found, every=every or bool(asked)))
    if found.findings:
        raise typer.Exit(ExitCode.FINDINGS)
