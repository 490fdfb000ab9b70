"""What an area of holds is kept for: copies, or only the register of what was released.

The register of a released hold stays for years, to tell who asked and who was given what. It is
no recording, and does not keep an estate from being given up.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.ceph import subvolumes
from maille.ceph.mount import mounted
from maille.errors import MailleError
from maille.holds.register import IMAGES, Register
from maille.holds.store import Store
from maille.layout.names import holds_group, holds_subvolume

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.ceph.connection import Cluster
    from maille.retention.places import Group


@dataclass(frozen=True, slots=True)
class Remains:
    """What lies in an area."""

    released: tuple[str, ...]
    """Names of the holds of which only the register is left."""
    open: tuple[str, ...]
    """Names of the others."""
    others: int
    """Files that belong to no register: copies, or what somebody has put there."""

    @property
    def only_register(self) -> bool:
        """Say whether nothing is left but the register of what was released."""
        return bool(self.released) and not self.open and not self.others


def remains_of(store: Store) -> Remains:
    """Look through an area.

    Raises:
        MailleError: a hold cannot be read: nobody knows whether it is released.
    """
    states = {hold.name: hold.state for hold in Register(store).holds()}
    released = tuple(name for name, state in states.items() if state == "released")
    return Remains(
        released,
        tuple(name for name in states if name not in released),
        sum(1 for path in _files(store, "") if not _of_register(path, released)),
    )


@contextmanager
def area_of(cluster: Cluster, group: Group) -> Iterator[Store | None]:
    """Mount an estate's area of holds with the connection's own key; None if there is none."""
    name = holds_subvolume(group.estate)
    path = subvolumes.path(cluster, group.filesystem, holds_group(group.estate), name)
    if path is None:
        yield None
        return
    with mounted(cluster.access, group.filesystem, path) as mount:
        yield Store(mount)


def clear_register(cluster: Cluster, group: Group) -> None:
    """Take the register of released holds away.

    Raises:
        MailleError: something else has come into the area since.
    """
    with area_of(cluster, group) as area:
        if area is None:
            return
        remains = remains_of(area)
        if not remains.only_register:
            raise MailleError(
                "something has come into the area of holds since", "see `maille hold list`"
            )
        for name in remains.released:
            area.remove_below(f"/{name}")
            area.rmdir(f"/{name}")
        area.sync()


def _files(store: Store, folder: str) -> Iterator[str]:
    for entry in store.list(folder or "/"):
        path = f"{folder}/{entry.name}"
        if entry.kind == "folder":
            yield from _files(store, path)
        else:
            yield path


def _of_register(path: str, released: tuple[str, ...]) -> bool:
    _, name, *below = path.split("/")
    return name in released and below[:1] != [IMAGES]
