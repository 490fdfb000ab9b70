"""Reading back what a ledger promises, with a key that may only read."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cephfs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.twin.recorder.ledger import Entry

_READERS = 8
_PIECE_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class Lost:
    """A segment that is not as its entry says."""

    entry: Entry
    why: str


def lost(
    mount: cephfs.LibCephFS, root: str, entries: Iterable[Entry]
) -> Iterator[tuple[Entry, Lost | None]]:
    """Read every segment, and give each with what is wrong with it, or None.

    Args:
        mount: of the file system's folder `root`.
        root: below which all entries lie.
        entries: what the ledger promises of this cluster.
    """

    def look(entry: Entry) -> tuple[Entry, Lost | None]:
        why = _wrong(mount, entry.path.removeprefix(root), entry)
        return entry, Lost(entry, why) if why else None

    with ThreadPoolExecutor(_READERS) as readers:
        yield from readers.map(look, entries)


def _wrong(mount: cephfs.LibCephFS, path: str, entry: Entry) -> str:
    try:
        size_bytes, digest = _read(mount, path)
    except cephfs.ObjectNotFound:
        return "it is not there"
    except cephfs.Error as error:
        return f"it cannot be read: {error}"
    if size_bytes != entry.size_bytes:
        return f"it has {size_bytes:,} bytes, not {entry.size_bytes:,}"
    return "" if digest == entry.sha256 else "its contents are others"


def _read(mount: cephfs.LibCephFS, path: str) -> tuple[int, str]:
    """Give a file's size and SHA-256."""
    digest = hashlib.sha256()
    at = 0
    handle = mount.open(path, "r")
    try:
        while piece := mount.read(handle, at, _PIECE_BYTES):
            digest.update(piece)
            at += len(piece)
    finally:
        mount.close(handle)
    return at, digest.hexdigest()
