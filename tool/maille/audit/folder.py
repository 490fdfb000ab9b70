"""Reads a folder of running configurations, whatever lies in it, within bounds."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from maille.audit.texts import RunningText, Unusable, running_text
from maille.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_FILE_BYTES = 2 * 2**20
MAX_FOLDER_BYTES = 512 * 2**20
MAX_FILES = 20_000

_HOW = "name a folder with one running configuration a file"


def read_folder(folder: Path) -> Iterator[RunningText | Unusable]:
    """Read every file of a folder, by name; hidden ones (`.git`) are passed over.

    Folders inside are told, not entered; links are told, not followed.

    Raises:
        UsageError: it is no folder, or holds too much to be one of configurations.
    """
    total_bytes = 0
    for path in _files(folder):
        found = _read(path)
        if isinstance(found, bytes):
            total_bytes += len(found)
            yield running_text(str(path), found)
        else:
            yield found
        if total_bytes > MAX_FOLDER_BYTES:
            raise UsageError(f"{folder} holds more than {MAX_FOLDER_BYTES // 2**20} MiB", _HOW)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        fault = "it is a file" if folder.exists() else "no such folder"
        raise UsageError(f"there are no running configurations at {folder}: {fault}", _HOW)
    try:
        found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise UsageError(f"{folder} cannot be read: {error.strerror}", _HOW) from None
    if not found:
        raise UsageError(f"there are no running configurations at {folder}: it is empty", _HOW)
    if len(found) > MAX_FILES:
        raise UsageError(f"{folder} holds {len(found):,} files", _HOW)
    return found


def _read(path: Path) -> bytes | Unusable:
    """Read an ordinary file; nothing that waits, and nothing endless."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if path.is_symlink():
            return Unusable(str(path), "the file is a link", "give the file itself")
        return Unusable(str(path), f"the file cannot be read: {error.strerror}", "see its rights")
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        if stat.S_ISDIR(mode):
            return Unusable(str(path), "this is a folder, and only files are read", _HOW)
        return Unusable(str(path), "this is no ordinary file", "remove it")
    with os.fdopen(descriptor, "rb") as stream:
        content = stream.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        limit = f"{MAX_FILE_BYTES // 2**20} MiB"
        return Unusable(str(path), f"the file has more than {limit}", "give a configuration")
    return content
