"""Options of the commands that make a new estate: its id, its title, its language."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Annotated, Literal

import typer

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")


def _id(text: str | None) -> str | None:
    if text is not None and not _ID.fullmatch(text):
        raise typer.BadParameter(f"'{text}' is no id; use lower-case letters, digits and hyphens")
    return text


def id_of(folder: Path) -> str:
    """Make an id of a folder's name: `Agglo du Pays de Dreux` is `agglo-du-pays-de-dreux`."""
    plain = unicodedata.normalize("NFKD", folder.absolute().name).encode("ascii", "ignore")
    words = re.findall(r"[a-z0-9]+", plain.decode().lower())
    return "-".join(words)[:48].rstrip("-") or "estate"


Name = Annotated[
    str | None,
    typer.Option(
        "--name",
        metavar="ID",
        help="Id of the estate; by default from the folder's name.",
        callback=_id,
    ),
]
Title = Annotated[
    str | None,
    typer.Option(
        "--title", metavar="TEXT", help="What people call it; by default the folder's name."
    ),
]
Language = Annotated[
    Literal["fr", "en"],
    typer.Option("--language", help="Language of its documents and its comments."),
]
