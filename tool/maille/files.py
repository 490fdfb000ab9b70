"""Writing files so that nothing is ever half written."""

from __future__ import annotations

import glob
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file beside its place and rename it there: a reader sees the old or the new.

    Raises OSError as the system gives it; the old file is then still there.
    """
    write_all({path: content.encode() if isinstance(content, str) else content})


def write_if_new(path: Path, content: str) -> None:
    """Write a file unless it says so already: a run that is killed leaves nothing beside it."""
    if not path.exists() or path.read_bytes() != content.encode():
        write_atomically(path, content)


def write_all(contents: Mapping[Path, bytes], *, mode: int | None = None) -> None:
    """Write files beside their places, and rename them there when all of them are written.

    Their rights are `mode`; by default those of what stands there, or what the umask leaves.
    Raises OSError as the system gives it. Nothing is changed if a file can't be written; after
    a crash in between each file is whole, the old one or the new one.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, data in contents.items():
            staged[_staged(path, data, mode)] = path
        for temporary, path in staged.items():
            temporary.replace(path)
    finally:
        for temporary in staged:
            temporary.unlink(missing_ok=True)


def _staged(path: Path, data: bytes, mode: int | None) -> Path:
    """Write a temporary file beside a path; without a mode it has those rights that stand there."""
    if mode is None:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        error.filename = str(path)  # the user knows nothing of a file beside it
        raise
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(mode)
    except BaseException as error:
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(path)
        raise
    return Path(name)


def sweep(path: Path) -> None:
    """Take away what a writer of `path` left beside it when it was killed.

    The caller makes sure that nobody is writing it now.
    """
    for left in path.parent.glob(f".{glob.escape(path.name)}.*"):
        left.unlink(missing_ok=True)


def _umask() -> int:
    """Read the umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def unversioned(folder: Path) -> Path:
    """Make a folder that version control leaves alone, and give it."""
    folder.mkdir(parents=True, exist_ok=True)
    write_if_new(folder / ".gitignore", "*\n")
    return folder
