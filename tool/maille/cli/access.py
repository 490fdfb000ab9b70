"""`maille access`: who may see what, and by which text."""

from __future__ import annotations

from typing import Annotated

import typer

from maille.cli import estates
from maille.cli.apps import new_app
from maille.cli.checking import checked
from maille.cli.ids import Kind
from maille.cli.options import ESTATE_FIRST, AsJson, AsOf, Estate, Quiet, estate_and
from maille.cli.shell import Shell
from maille.errors import UsageError

app = new_app()


@app.callback()
def access() -> None:
    """Tell who may see what, and by which text; denied where no convention grants it.

    Example:
        maille access list inventory/chartres
        maille access explain inventory/chartres 28085-0001
    """


@app.command("list")
def list_rights(
    estate: Estate,
    *,
    agency: Annotated[
        str | None, typer.Option("--agency", help="Only what this agency may see.")
    ] = None,
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """List what each convention grants.

    Example:
        maille access list inventory/malataverne
        maille access list inventory/chartres --agency gendarmerie
    """
    from maille.inventory.suggest import unknown
    from maille.views.access import access_rows, access_text

    shell = Shell(as_json, quiet)
    blueprint = checked(shell, estate, as_of).built().blueprint
    agencies = blueprint.estate.parties.agencies
    if agency is not None and agency not in agencies:
        raise UsageError(*unknown("agency", agency, agencies))
    rows = access_rows(blueprint, agency=agency)
    shell.answer([row.document() for row in rows], lambda: access_text(rows))


@app.command(options_metavar=ESTATE_FIRST)
def explain(
    words: Annotated[list[str], estate_and("CAMERA", "Ids of cameras.", Kind.CAMERA)],
    *,
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell who may see a camera, live or recorded, from where and by which text.

    Example:
        maille access explain inventory/chartres 28085-0001
    """
    from maille.inventory.suggest import unknown
    from maille.views.access import access_rows, access_text

    estate, wanted = estates.split(words)
    if not wanted:
        raise UsageError("no camera is named", "write its id behind the estate")
    shell = Shell(as_json, quiet)
    blueprint = checked(shell, estate, as_of).built().blueprint
    for camera in wanted:
        if camera not in blueprint.cameras:
            raise UsageError(*unknown("camera", camera, blueprint.cameras))
    rows = {camera: access_rows(blueprint, camera=camera) for camera in wanted}
    shell.answer(
        {camera: [row.document() for row in found] for camera, found in rows.items()},
        lambda: "\n\n".join(access_text(found) for found in rows.values()),
    )
