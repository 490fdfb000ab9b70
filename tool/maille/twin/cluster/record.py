"""What a cluster's folder says about itself."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from maille.ceph.connection import Access, Patience
from maille.errors import MailleError
from maille.files import write_atomically
from maille.twin.cluster.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_NAME = "twin.json"
_LONGEST_FOLDER_CHARS = 80
"""The kernel takes 107 characters for a socket; `/run/mds.a.asok` and the like come behind."""


@dataclass(frozen=True, slots=True)
class Record:
    """A cluster: where it is, what it consists of, and what never changes about it."""

    folder: Path
    layout: Layout
    fsid: str
    mon_ports: tuple[int, ...]

    @property
    def conf(self) -> Path:
        """Give its ceph.conf; with the keyring beside it, any client is the administrator."""
        return self.folder / "ceph.conf"

    @property
    def keyring(self) -> Path:
        """Give the keys of its daemons and its administrator; nobody else can read them."""
        return self.folder / "keyring"

    @property
    def was_up(self) -> Path:
        """Give the file that is there once the cluster was up with all its daemons."""
        return self.folder / "was-up"

    @property
    def daemons(self) -> Sequence[str]:
        """Give the names of its daemons, as Ceph has them."""
        return self.layout.daemons

    def command(self, name: str) -> Sequence[str]:
        """Give what starts a daemon. Raises MailleError if Ceph's program is not installed."""
        kind, _, ident = name.partition(".")
        program = shutil.which(f"ceph-{kind}")
        if program is None:
            raise MailleError(
                f"ceph-{kind} cannot be found", f"install the package ceph-{kind}, as root"
            )
        return [program, "-i", ident, "-c", str(self.conf), "-f"]

    def environment(self, _name: str) -> Mapping[str, str]:
        """Give the environment of its daemons: this process's own."""
        return os.environ

    def owns(self, words: Sequence[bytes]) -> bool:
        """Say whether a process is one of Ceph's that was given this cluster's ceph.conf."""
        program = os.path.basename(words[0])  # noqa: PTH119 - bytes
        return program.startswith(b"ceph-") and os.fsencode(self.conf) in words

    def access(self, limit_s: int = 60) -> Access:
        """Give what connects as administrator; no call takes longer than the limit."""
        return Access(self.conf, patience=Patience(limit_s, limit_s, limit_s))

    def mon_addresses(self) -> dict[str, str]:
        """Give the address of each monitor, as monmaps and ceph.conf have it."""
        ports = zip(self.layout.mon_ids, self.mon_ports, strict=True)
        return {letter: f"[v2:127.0.0.1:{port}/0]" for letter, port in ports}

    def save(self) -> None:
        """Write it into its folder."""
        document = {
            "layout": asdict(self.layout),
            "fsid": self.fsid,
            "mon_ports": self.mon_ports,
        }
        write_atomically(self.folder / _NAME, json.dumps(document, indent=2) + "\n")


def holds_cluster(folder: Path) -> bool:
    """Say whether a folder holds a cluster, running or not, whole or begun."""
    return (folder / _NAME).is_file()


def load(folder: Path) -> Record:
    """Read what a folder holds. Raises MailleError where that is no cluster."""
    try:
        document = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        return Record(
            folder=folder.resolve(),
            layout=Layout(**document["layout"]),
            fsid=str(document["fsid"]),
            mon_ports=tuple(document["mon_ports"]),
        )
    except FileNotFoundError:
        raise MailleError(
            f"{folder} holds no cluster", "start one: maille twin up --only storage"
        ) from None
    except (ValueError, TypeError, KeyError):
        raise MailleError(
            f"{folder / _NAME} is damaged", f"remove the folder and start anew: rm -r {folder}"
        ) from None


def usable_folder(folder: Path) -> Path:
    """Give the absolute path of a folder for a new cluster.

    Raises MailleError where something else is in it, or its path is too long for sockets.
    """
    absolute = folder.resolve()
    if len(str(absolute)) > _LONGEST_FOLDER_CHARS:
        raise MailleError(
            f"{absolute} is too long a path: the kernel takes no socket in it",
            f"name a folder of {_LONGEST_FOLDER_CHARS} characters or fewer",
        )
    if absolute.exists() and (not absolute.is_dir() or any(absolute.iterdir())):
        raise MailleError(f"{absolute} holds something else", "name a new or an empty folder")
    return absolute
