"""`maille init`: a new estate that passes `maille check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maille.cli.apps import new_app
from maille.cli.new_estates import Language, Name, Title, id_of
from maille.cli.options import AsJson, AsOf, Quiet
from maille.cli.shell import Shell

app = new_app()


@app.command()
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to make; it may exist and be empty.")
    ],
    *,
    as_of: AsOf,
    name: Name = None,
    title: Title = None,
    language: Language = "fr",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Make a new estate: one commune, one ring, two cabinets, and comments that explain them.

    It passes `maille check`. Put your own communes in the place of the example.

    Example:
        maille init inventory/dreux --title "CSI du pays de Dreux"
    """
    from maille.founding.estate import found_estate
    from maille.inventory.scaffold import NewEstate

    new = NewEstate(
        name=name or id_of(folder),
        title=title or folder.absolute().name,
        language=language,
        today=as_of,
    )
    files = found_estate(folder, new)
    shell = Shell(as_json=as_json, quiet=quiet)
    shell.answer(
        {"folder": folder, "estate": new.name, "files": files},
        lambda: f"{folder}: {len(files)} files of the estate `{new.name}`",
    )
    shell.say(f"next: look at {folder / 'estate.yaml'}, then maille check {folder}")
