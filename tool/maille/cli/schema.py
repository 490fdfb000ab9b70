"""`maille schema`: JSON Schemas with which an editor completes and checks the inventory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maille.cli.apps import new_app
from maille.cli.options import AsJson, Quiet
from maille.cli.shell import Shell
from maille.errors import ExitCode

app = new_app()


@app.command()
def schema(
    inventory: Annotated[
        Path,
        typer.Argument(
            metavar="[INVENTORY]",
            help="The folder that holds the catalogue; .schema goes beside it.",
        ),
    ] = Path("inventory"),
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if a schema is not current.")
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write a JSON Schema for each kind of file of the inventory.

    Editors find them by the first line of a file (# yaml-language-server: $schema=…) or by
    their settings. Run it again after a change of the catalogue.

    Example:
        maille schema inventory
        maille schema inventory --check
    """
    from maille.inventory.catalogue import read_catalogue
    from maille.inventory.json_schema import SCHEMA_FOLDER, schemas

    folder = inventory / SCHEMA_FOLDER
    current = schemas(read_catalogue(inventory))
    stale = [
        name
        for name, text in current.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != text.encode()
    ]
    if not check:
        folder.mkdir(exist_ok=True)
        for name in stale:
            (folder / name).write_bytes(current[name].encode())
    done = "not current" if check else "written"
    Shell(as_json=as_json, quiet=quiet).answer(
        {"folder": folder, "schemas": sorted(current), "stale": sorted(stale)},
        lambda: (
            "\n".join(f"{folder / name}: {done}" for name in stale)
            or f"{folder}: {len(current)} schemas, all current"
        ),
    )
    if check and stale:
        raise typer.Exit(ExitCode.FINDINGS)
