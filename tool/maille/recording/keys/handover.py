"""Keys on their way to a host: a keyring and a small ceph.conf, for nobody else to read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.ceph import keyring as ceph_keyring
from maille.ceph.errors import CephError
from maille.ceph.fingerprints import fingerprint
from maille.errors import UsageError
from maille.files import write_all

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from maille.ceph.connection import Cluster
    from maille.layout.model import ServiceClient

MODE = 0o600
_SECTION = re.compile(r"^\[([^\]]+)\]\s*$", re.MULTILINE)
_FSID = re.compile(r"^\s*fsid\s*=\s*(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys for one host; what it prints is a secret."""

    text: str
    fingerprints: Mapping[str, str]
    """By client."""
    missing: tuple[str, ...]
    """Clients that the cluster does not know."""

    def __repr__(self) -> str:
        """Give no key away."""
        return f"Keyring({', '.join(self.fingerprints)})"


def keyring(cluster: Cluster, clients: Iterable[ServiceClient]) -> Keyring:
    """Ask a cluster for keys.

    Raises:
        CephError: it has none of them.
    """
    wanted = [one.entity for one in clients]
    found = ceph_keyring.keys(cluster, wanted)
    missing = tuple(entity for entity in wanted if entity not in found)
    if not found:
        raise CephError(
            f"the cluster has no key for {', '.join(missing)}", "`maille storage up` makes it"
        )
    return Keyring(
        ceph_keyring.keyring(found),
        {entity: fingerprint(secret) for entity, secret in found.items()},
        missing,
    )


def configuration(cluster: Cluster, file: Path) -> str:
    """Give the ceph.conf that a host needs beside its keyring."""
    told = str(cluster.mon("config generate-minimal-conf"))
    return f"{told.rstrip()}\n\tkeyring = {file.absolute()}\n"


def beside(file: Path) -> Path:
    """Give where the ceph.conf of a keyring goes: `nvr-1.keyring` has `nvr-1.conf`."""
    return file.with_suffix(".conf")


def require_place(file: Path) -> None:
    """Refuse a place where no keyring can go.

    Raises:
        UsageError: there is no such folder, or its ceph.conf would go there.
    """
    if file.suffix == ".conf":
        raise UsageError(
            f"{file} is where the ceph.conf goes", f"name the keyring: {file.stem}.keyring"
        )
    if not file.parent.is_dir():
        raise UsageError(f"there is no folder {file.parent}", "make it first")


def require_own(file: Path, entities: Collection[str], fsid: str) -> None:
    """Refuse to write over what is not an older hand-over of the same keys.

    Raises:
        UsageError: somebody else's file stands there.
    """
    held = set(_SECTION.findall(_text(file))) if file.exists() else None
    if held is not None and (not held or not held <= set(entities)):
        others = ", ".join(sorted(held - set(entities))) or "no key at all"
        raise UsageError(
            f"{file} is there and holds {others}: it would be lost",
            "name another file, or add --force",
        )
    conf = beside(file)
    if conf.exists() and _FSID.findall(_text(conf)) != [fsid]:
        raise UsageError(
            f"{conf} is there and is not this cluster's", "name another file, or add --force"
        )


def write(file: Path, ring: Keyring, conf: str) -> None:
    """Write both files whole, the keyring for its owner alone.

    Raises:
        UsageError: the system refuses.
    """
    try:
        write_all({file: ring.text.encode(), beside(file): conf.encode()}, mode=MODE)
    except OSError as error:
        raise UsageError(
            f"{error.filename or file} cannot be written: {error.strerror}",
            "name a file in a folder that is yours",
        ) from None


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(
            f"{file} is there and cannot be read: {error.strerror}", "name another file"
        ) from None
