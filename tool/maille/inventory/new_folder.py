"""A folder that comes into being whole, or not at all."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from maille.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give a draft beside the folder, and move it to its place at the end, in one step.

    Where anything is raised, nothing is left behind.

    Raises:
        UsageError: the folder holds something already.
    """
    _refuse_taken(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".maille-"))
    except OSError as error:
        error.filename = str(folder)  # the user knows nothing of a draft beside it
        raise
    try:
        yield draft
        draft.chmod(0o755)
        draft.replace(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write text files by their path within a folder."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def _refuse_taken(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        if any(folder.iterdir()):
            raise UsageError(f"{folder} is not empty", "name a new folder, or empty this one")
    elif folder.exists() or folder.is_symlink():
        raise UsageError(f"{folder} is there already and is no folder", "name a new folder")
