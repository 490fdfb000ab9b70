"""Fetch the bytes of one file, whatever the path leads to: bounded, and never waiting.

Only an ordinary file is opened. A pipe would block, and opening a device can do harm (a
watchdog reboots the machine), so the kind is known before the file is opened and checked
again on the open file, in case it was exchanged in between.
"""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from maille.inventory.reading.fault import Fault

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 4 * 1024 * 1024
"""A commune of 150 cameras takes 30 kB; the largest catalogue is far below one MiB."""

_CHUNK = 65536
_OPEN_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def read_content(path: Path) -> bytes | Fault:
    """Give the bytes of the file at `path`, or the fault that keeps them away.

    At most `MAX_BYTES` + 1 bytes are read, so that a file that grows under the reader
    costs no more memory than a small one.
    """
    try:
        if refused := _unfit(os.stat(path)):  # noqa: PTH116 - `Path.stat` is three times slower
            return refused
        descriptor = os.open(path, _OPEN_FLAGS)
        try:
            if refused := _unfit(os.fstat(descriptor)):
                return refused
            data = _read_at_most(descriptor, MAX_BYTES + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        return _refused_by_system(path, error)
    return data if len(data) <= MAX_BYTES else _too_large(len(data))


def _read_at_most(descriptor: int, limit: int) -> bytes:
    """Read up to `limit` bytes; a single read may give less than there is."""
    chunks: list[bytes] = []
    while limit and (chunk := os.read(descriptor, min(limit, _CHUNK))):
        chunks.append(chunk)
        limit -= len(chunk)
    return b"".join(chunks)


def _unfit(status: os.stat_result) -> Fault | None:
    """Say why what `status` describes can't be a document, from its kind and size."""
    if not stat.S_ISREG(status.st_mode):
        kind = _KINDS.get(stat.S_IFMT(status.st_mode), "something special")
        return Fault("I002", 0, 0, f"this is {kind}, not a file", "put an ordinary file here")
    if status.st_size > MAX_BYTES:
        return _too_large(status.st_size)
    return None


def _too_large(size_bytes: int) -> Fault:
    """Refuse a file by its size; `size_bytes` is a lower bound if the file is growing."""
    return Fault(
        "I004",
        0,
        0,
        f"the file has {_mib(size_bytes)}, and at most {_mib(MAX_BYTES)} are read",
        "is this an inventory file? one file a commune stays below 100 kB",
    )


def _mib(size_bytes: int) -> str:
    """Write a size in MiB."""
    return f"{size_bytes / 2**20:.1f} MiB"


def _refused_by_system(path: Path, error: OSError) -> Fault:
    """Put the operating system's refusal in words."""
    if error.errno == errno.ENOENT:
        if path.is_symlink():
            target = os.readlink(path)  # noqa: PTH115 - the text of the link, not a path to follow
            what = f"a symbolic link leads to `{target}`, which does not exist"
            return Fault("I001", 0, 0, what, "mend or remove the link")
        return Fault("I001", 0, 0, "the file does not exist", "create it, or correct its name")
    if error.errno == errno.ELOOP:
        what = "symbolic links lead round in a circle"
        return Fault("I003", 0, 0, what, "replace one of the links by the file itself")
    if error.errno == errno.EACCES:
        return Fault(
            "I003", 0, 0, "the file may not be read by this user", f"chmod u+r {path.name}"
        )
    reason = (error.strerror or type(error).__name__).lower()
    return Fault("I003", 0, 0, f"the file can't be read: {reason}", "see the file system's log")
