"""`maille init`: a new estate that passes `maille check`."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Annotated, Literal

import typer

from maille.cli.apps import new_app
from maille.cli.options import AsJson, AsOf, Quiet
from maille.cli.shell import Shell

app = new_app()

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")


def _id(text: str | None) -> str | None:
    if text is not None and not _ID.fullmatch(text):
        raise typer.BadParameter(f"'{text}' is no id; use lower-case letters, digits and hyphens")
    return text


def _id_of(folder: Path) -> str:
    """Make an id of a folder's name: `Agglo du Pays de Dreux` is `agglo-du-pays-de-dreux`."""
    plain = unicodedata.normalize("NFKD", folder.absolute().name).encode("ascii", "ignore")
    words = re.findall(r"[a-z0-9]+", plain.decode().lower())
    return "-".join(words)[:48].rstrip("-") or "estate"


@app.command()
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to make; it may exist and be empty.")
    ],
    *,
    as_of: AsOf,
    name: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="Id of the estate; by default from the folder's name.", callback=_id
        ),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="What people call it; by default the folder's name."),
    ] = None,
    language: Annotated[
        Literal["fr", "en"], typer.Option(help="Language of its documents and its comments.")
    ] = "fr",
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
        name=name or _id_of(folder),
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
