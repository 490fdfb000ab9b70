"""Where the templates of the documents are."""

from __future__ import annotations

from typing import Final

from maille.platforms import templates_folder

FOLDER: Final = templates_folder() / "documents"


def style(name: str) -> str:
    """Read a style sheet."""
    return (FOLDER / name).read_text(encoding="utf-8")
