"""The register of holds, beside the copies: of each a folder with file, manifest and images.

A hold's file is replaced as a whole. Digests are lines of JSON, in a file of its own for every run
that copies: nobody ever writes on where another one was cut off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from maille.errors import MailleError, UsageError
from maille.holds.model import Copy, Hold
from maille.holds.store import finished, is_unfinished
from maille.inventory.suggest import slug, unknown
from maille.retention.journal import KEPT

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from maille.holds.store import Store

HOLD, MANIFEST, IMAGES = "hold.json", "manifest", "images"
_LONGEST_NAME = 48


@dataclass(frozen=True, slots=True)
class Files:
    """What lies in a hold's folder of images: copies by their path, and unfinished ones."""

    whole: dict[str, int]
    """Path and bytes."""
    unfinished: dict[str, list[str]]
    """By the path that they would have got."""


class Register:
    """All holds of an area."""

    def __init__(self, store: Store) -> None:
        """Keep the area; its key decides whether the register may be changed."""
        self._store = store

    def holds(self) -> list[Hold]:
        """Give all of them, by name.

        Raises:
            MailleError: one cannot be read: nobody knows what it asks for.
        """
        return [hold for name in self._names("/") if (hold := self._read(name))]

    def named(self, name: str) -> Hold:
        """Give one; raises UsageError if there is none of that name."""
        holds = {hold.name: hold for hold in self.holds()}
        if name not in holds:
            raise UsageError(*unknown("hold", name, holds))
        return holds[name]

    def claim(self, reference: str) -> str:
        """Make the folder of a new hold, named after its reference; give its name."""
        ascii_only = re.sub("[^a-z0-9-]", "", slug(reference))
        plain = ascii_only[:_LONGEST_NAME].strip("-") or "hold"
        number = 1
        while not self._claimed(name := _numbered(plain, number)):
            number += 1
        return name

    def _claimed(self, name: str) -> bool:
        """Make a folder, or take one over in which nothing was ever written down."""
        return self._store.claim_folder(f"/{name}") or HOLD not in self._names(f"/{name}")

    def save(self, hold: Hold) -> None:
        """Write a hold down; when this returns it is on the disks."""
        self._store.replace(f"/{hold.name}/{HOLD}", hold.model_dump_json(indent=1).encode())
        self._store.sync()

    def copies(self, name: str) -> dict[str, Copy]:
        """Give the digests of a hold by path; of one that was copied again, the newer.

        Raises:
            MailleError: a line is damaged.
        """
        found: dict[str, Copy] = {}
        for path in self._manifests(name):
            for number, line in enumerate(self._store.text(path).splitlines(True), start=1):
                if line.endswith(b"\n"):
                    copy = _copy(line, path, number)
                    if copy.path not in found or found[copy.path].at <= copy.at:
                        found[copy.path] = copy
        return found

    def files(self, name: str) -> Files:
        """List the images of a hold."""
        found = Files({}, {})
        images = f"/{name}/{IMAGES}"
        for camera in self._names(images):
            for day in self._names(f"{images}/{camera}"):
                for file in self._names(f"{images}/{camera}/{day}"):
                    path = f"{camera}/{day}/{file}"
                    if is_unfinished(file):
                        become = f"{camera}/{day}/{finished(file)}"
                        found.unfinished.setdefault(become, []).append(path)
                    else:
                        found.whole[path] = self._store.stat(f"{images}/{path}").size_bytes
        return found

    def drop_images(self, name: str, step: Callable[[], None]) -> int:
        """Take the images of a hold away; give how many files went."""
        count = 0
        if IMAGES in self._names(f"/{name}"):
            count = self._store.remove_below(f"/{name}/{IMAGES}", step)
        self._store.sync()
        return count

    def forget(self, now: datetime) -> list[str]:
        """Take away what was released longer ago than the law lets a journal be kept."""
        gone = []
        for hold in self.holds():
            released = hold.last("released")
            if released and released.at < now - KEPT:
                self._store.remove_below(f"/{hold.name}")
                self._store.rmdir(f"/{hold.name}")
                gone.append(hold.name)
        return gone

    def _read(self, name: str) -> Hold | None:
        """Give a hold; None for a folder that was made, and never got its file."""
        try:
            content = self._store.text(f"/{name}/{HOLD}")
        except FileNotFoundError:
            return None
        try:
            return Hold.model_validate_json(content)
        except ValidationError:
            raise MailleError(
                f"the hold `{name}` is damaged: nobody can tell which images it asks for",
                f"restore /{name}/{HOLD} in the area of holds; until then nothing may be erased",
            ) from None

    def _manifests(self, name: str) -> list[str]:
        folder = f"/{name}/{MANIFEST}"
        return [f"{folder}/{one}" for one in self._names(folder)]

    def _names(self, folder: str) -> list[str]:
        try:
            return sorted(entry.name for entry in self._store.list(folder))
        except FileNotFoundError:
            return []


@dataclass(slots=True)
class Manifest:
    """The digests that one run writes down, each on the disks before its file gets its name."""

    store: Store
    path: str
    written_bytes: int = 0

    def add(self, copy: Copy) -> None:
        """Write one down; when this returns it is on the disks."""
        line = copy.model_dump_json().encode() + b"\n"
        if not self.written_bytes:
            self.store.make_folder(self.path.rpartition("/")[0])
        self.store.append(self.path, line, self.written_bytes)
        self.written_bytes += len(line)


def _numbered(plain: str, number: int) -> str:
    return plain if number == 1 else f"{plain}-{number}"


def _copy(line: bytes, path: str, number: int) -> Copy:
    try:
        return Copy.model_validate_json(line)
    except ValidationError:
        raise MailleError(
            f"line {number} of {path} in the area of holds is damaged",
            "copy what it names again: take the line away, then `maille hold copy`",
        ) from None
