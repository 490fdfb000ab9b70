"""The official release: downloaded, compared with its published checksum, unpacked."""

from __future__ import annotations

import hashlib
import http.client
import platform
import sys
import tarfile
import threading
import urllib.request
from typing import TYPE_CHECKING, Protocol

from maille.errors import MailleError
from maille.recording.engine.version import PINNED

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "https://get.pulumi.com/releases/sdk"
_ANSWER_S = 6
"""A closed network often answers nothing at all; then the next way is to be tried soon."""
_SILENCE_S = 20
_BLOCK_BYTES = 1 << 20
_MACHINES = {"x86_64": "x64", "aarch64": "arm64"}
_WANTED = ("pulumi", "pulumi-language-python", "pulumi-language-python-exec")


class Steps(Protocol):
    """Called after each step of a work."""

    def __call__(self) -> None:
        """Note one step."""


def download(work: Path, step: Steps, source: str = SOURCE) -> Path:
    """Get the pinned release, and give the folder whose `bin/pulumi` it is.

    Args:
        work: an empty folder.
        step: called after every MiB.
        source: the address below which the archive and the list of its checksums are.

    Raises MailleError where it cannot be reached, is none for this machine, or differs from
    its checksum.
    """
    name = archive_name()
    wanted = _published_sha256(source, name)
    archive = work / name
    try:
        found = _save(f"{source}/{name}", archive, step)
    except (OSError, http.client.HTTPException) as error:
        raise MailleError(f"{source}/{name}: {_reason(error)}") from None
    if found != wanted:
        raise MailleError(
            f"{name} has the checksum {found} and should have {wanted}: it was refused"
        )
    return _unpacked(archive, work / "release")


def archive_name() -> str:
    """Give the name of the archive for this machine. Raises MailleError where there is none."""
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None:
        raise MailleError(f"no release for {sys.platform} on {platform.machine()} is known here")
    return f"pulumi-v{PINNED}-linux-{machine}.tar.gz"


def _published_sha256(source: str, name: str) -> str:
    listed = f"{source}/pulumi-{PINNED}-checksums.txt"
    for line in _read_soon(listed).splitlines():
        digest, _, file = line.partition(" ")
        if file.strip().lstrip("*") == name:
            return digest
    raise MailleError(f"{listed} does not name {name}")


def _read_soon(url: str) -> str:
    """Read a small file. A thread waits for it, for looking up a name has no time limit."""
    answers: list[str] = []
    errors: list[str] = ["no answer"]

    def ask() -> None:
        try:
            with urllib.request.urlopen(url, timeout=_ANSWER_S) as response:  # noqa: S310
                answers.append(response.read().decode("ascii", errors="replace"))
        except (OSError, http.client.HTTPException) as error:
            errors.append(_reason(error))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(_ANSWER_S)
    if not answers:
        raise MailleError(f"{url}: {errors[-1]}")
    return answers[0]


def _save(url: str, file: Path, step: Steps) -> str:
    """Write a file; give its SHA-256 in hexadecimal."""
    digest = hashlib.sha256()
    with (
        urllib.request.urlopen(url, timeout=_SILENCE_S) as response,  # noqa: S310
        file.open("wb") as target,
    ):
        while block := response.read(_BLOCK_BYTES):
            digest.update(block)
            target.write(block)
            step()
    return digest.hexdigest()


def _unpacked(archive: Path, root: Path) -> Path:
    """Take the engine and its language host out of the archive, and nothing else."""
    (root / "bin").mkdir(parents=True)
    try:
        with tarfile.open(archive) as tar:
            for member in tar:
                name = member.name.rpartition("/")[2]
                content = tar.extractfile(member) if name in _WANTED else None
                if content:
                    target = root / "bin" / name
                    target.write_bytes(content.read())
                    target.chmod(0o755)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise MailleError(f"{archive.name} cannot be unpacked: {error}") from None
    return root


def _reason(error: Exception) -> str:
    return str(getattr(error, "reason", None) or error)
