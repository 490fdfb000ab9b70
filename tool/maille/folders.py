"""Folders that a command writes as a whole: never half of one, and never over somebody's work."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from maille.errors import UsageError
from maille.files import write_all

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKER = ".written-by-maille"
"""A folder that holds this file may be written anew."""

_MARK = "Written by maille, which writes it anew: do not edit.\n"


class File(NamedTuple):
    """A file to be written: its path below the folder, with slashes, and its content."""

    path: str
    content: str | bytes


def replace_folder(folder: Path, files: Iterable[File]) -> int:
    """Write a folder anew, all of it or nothing; give the number of files.

    Everything is written beside it first, then the folders change places. Raises UsageError
    where something stands there that was not written by maille, OSError as the system gives it.
    """
    claim(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        error.filename = str(folder)  # the user knows nothing of a folder beside it
        raise
    try:
        fresh.chmod(0o777 & ~_umask())
        count = _fill(fresh, [*files, File(MARKER, _MARK)])
        _swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return count - 1


def update_folder(folder: Path, files: Iterable[File]) -> int:
    """Write some files into a folder and leave the others; give their number.

    Raises as `replace_folder` does.
    """
    claim(folder)
    wanted = {_below(folder, file.path): _bytes(file) for file in files}
    for path in wanted:
        path.parent.mkdir(parents=True, exist_ok=True)
    write_all(wanted | {folder / MARKER: _MARK.encode()})
    return len(wanted)


def claim(folder: Path) -> None:
    """Refuse a folder that holds something else than what maille has written."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError(f"{folder} is no folder", "name another one")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise UsageError(
            f"{folder} holds files that maille did not write",
            "name an empty or a new folder",
        )
    there = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    if not there.is_dir():
        raise UsageError(f"{there} is no folder", "name another place")
    if not os.access(there, os.W_OK | os.X_OK):
        raise UsageError(f"nothing may be written in {there}", "see its rights, or name another")


def _fill(folder: Path, files: Iterable[File]) -> int:
    count = 0
    for file in files:
        path = _below(folder, file.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_bytes(file))
        count += 1
    return count


def _below(folder: Path, name: str) -> Path:
    """Give a path inside a folder; a name that would lead out of it is a fault of ours."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts:
        raise ValueError(f"{name} does not stay in its folder")
    return folder.joinpath(*parts)


def _bytes(file: File) -> bytes:
    return file.content.encode() if isinstance(file.content, str) else file.content


def _swap(fresh: Path, folder: Path) -> None:
    """Let a new folder take the place of an old one, which comes back if that fails."""
    if not folder.exists():
        fresh.rename(folder)
        return
    old = fresh.with_name(f"{fresh.name}.old")
    folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _umask() -> int:
    """Read the umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
