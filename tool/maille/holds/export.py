"""The hand-over: images, `SHA256SUMS` and the record of it, in a folder that appears when whole.

Each file is hashed while it is read from the area, and read again from where it was put: a disk
that writes something else is found here, not in court.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.errors import MailleError, UsageError
from maille.holds.register import IMAGES
from maille.retention.journal import sync_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from maille.holds.model import Copy, Hold
    from maille.holds.store import Store

SUMS = "SHA256SUMS"
_PIECE_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class Export:
    """What was put down for a hand-over."""

    folder: Path
    segments: int
    size_bytes: int
    sums_sha256: str
    """Of the file `SHA256SUMS`: on paper it vouches for every image."""


def folder_for(hold: Hold, out: Path) -> Path:
    """Give the folder that a hold is exported to; raises UsageError where that cannot be."""
    folder = out / hold.name
    if folder.exists():
        raise UsageError(f"{folder} is there already", "name another place, or move it away")
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is no folder", "name a folder")
    return folder


def require_exportable(hold: Hold, copies: Mapping[str, Copy], *, partial: bool) -> None:
    """Refuse what is not all there, unless that is wanted.

    Raises:
        UsageError: images are still to be copied, or there is no copy at all.
    """
    if hold.state in ("releasing", "released"):
        raise UsageError(f"the copies of hold `{hold.name}` were released", "register it again")
    if hold.owed and not partial:
        raise UsageError(
            f"not all of hold `{hold.name}` is copied yet",
            f"`maille hold copy` first; to hand over what is there, add --partial to this"
            f" ({hold.name} stays open)",
        )
    if not copies:
        raise UsageError(f"hold `{hold.name}` has no copy yet", "`maille hold copy` makes them")


def require_room(out: Path, size_bytes: int) -> None:
    """Refuse to begin what does not fit on the disk; `out` is there."""
    free = shutil.disk_usage(out).free
    if free < size_bytes:
        raise MailleError(
            f"{size_bytes:,} bytes are to be written to {out}, and {free:,} are free",
            "name another place with --out",
        )


def sums_of(copies: Iterable[Copy]) -> bytes:
    """Give the text that `sha256sum -c` reads, by path."""
    ordered = sorted(copies, key=lambda one: one.path)
    return "".join(f"{one.sha256}  {IMAGES}/{one.path}\n" for one in ordered).encode()


def export(
    store: Store,
    hold: Hold,
    copies: Mapping[str, Copy],
    folder: Path,
    records: Callable[[str], Mapping[str, str]],
    step: Callable[[], None] = lambda: None,
) -> Export:
    """Write a hold's copies and what goes with them; nothing is there before all of it is.

    Args:
        store: the area of holds.
        hold: which.
        copies: what goes, by path.
        folder: where to; it is not there yet.
        records: gives the texts to put beside the images by name, for the digest of `SHA256SUMS`.
        step: told after every file.

    Raises:
        MailleError: a copy is not what it was, or the disk gives back something else.
    """
    beside = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        for copy in copies.values():
            _put(store, hold, copy, beside / IMAGES / copy.path)
            step()
        sums = sums_of(copies.values())
        digest = hashlib.sha256(sums).hexdigest()
        beside.mkdir(parents=True, exist_ok=True)
        _write(beside / SUMS, sums)
        for name, text in records(digest).items():
            _write(beside / name, text.encode())
        beside.rename(folder)
        sync_folder(folder.parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    size_bytes = sum(copy.size_bytes for copy in copies.values())
    return Export(folder, len(copies), size_bytes, digest)


def _put(store: Store, hold: Hold, copy: Copy, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    try:
        with path.open("wb") as file:
            for piece in store.pieces(f"/{hold.name}/{IMAGES}/{copy.path}"):
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    except FileNotFoundError:
        raise _bad(hold, copy) from None
    if digest.hexdigest() != copy.sha256:
        raise _bad(hold, copy)
    if _digest(path) != copy.sha256:
        raise MailleError(f"{path} holds something else than was written", "replace that disk")


def _bad(hold: Hold, copy: Copy) -> MailleError:
    return MailleError(
        f"{copy.path} of hold {hold.name} is not what was copied",
        f"`maille hold verify {hold.name}` names all that is wrong; `maille hold copy --check"
        f" {hold.name}` copies it again while the recording is there",
    )


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
