"""Where the templates of the documents are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parents[3] / "templates" / "documents"


def style(name: str) -> str:
    """Read a style sheet."""
    return (FOLDER / name).read_text(encoding="utf-8")
