"""Reads an estate as it was at a git revision, or from another folder."""

from __future__ import annotations

import contextlib
import io
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from maille.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_TIMEOUT_S = 60


@contextlib.contextmanager
def at_revision(estate: Path, against: str) -> Iterator[Path]:
    """Give a folder with the estate as it was; what was unpacked for it is removed after.

    `against` is another folder that holds an estate, or a revision of the repository that
    the estate is kept in. Raises UsageError if it is neither.
    """
    folder = Path(against)
    if (folder / "estate.yaml").is_file():
        yield folder
        return
    top = Path(_git(estate, "rev-parse", "--show-toplevel").decode().strip())
    commit = _commit(estate, against)
    inside = estate.resolve().relative_to(top.resolve())
    with tempfile.TemporaryDirectory(prefix="maille-plan-") as temporary:
        unpacked = Path(temporary)
        for part in (inside, inside.parent / "catalogue"):
            if _git(top, "ls-tree", commit, "--", f"{part.as_posix()}/"):
                archive = _git(top, "archive", "--format=tar", commit, "--", part.as_posix())
                _unpack(archive, unpacked)
        found = unpacked / inside
        if not (found / "estate.yaml").is_file():
            raise UsageError(
                f"there is no estate {inside} at {against}", "name a revision that has it"
            )
        yield found


def _unpack(archive: bytes, folder: Path) -> None:
    """Write the ordinary files of an archive that git made; links are left out."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isreg() else None
            if content is not None:
                path = folder / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())


def _commit(estate: Path, against: str) -> str:
    if against.startswith("-"):
        raise UsageError(f"`{against}` is no revision", "name a commit, a branch or a tag")
    try:
        return _git(estate, "rev-parse", "--verify", f"{against}^{{commit}}").decode().strip()
    except UsageError:
        raise UsageError(
            f"`{against}` is neither a folder with an estate nor a revision",
            "name a commit, a branch or a tag: --against main",
        ) from None


def _git(where: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 — arguments are a list, no shell reads them
            ["git", "-C", str(where), *arguments],  # noqa: S607 — git is found as the user's is
            capture_output=True,
            check=True,
            timeout=_TIMEOUT_S,
        )
    except FileNotFoundError:
        raise UsageError("git is not installed", "install it, or name a folder") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        reason = said[-1] if said else f"it ended with {error.returncode}"
        raise UsageError(f"git {arguments[0]}: {reason}", "name a folder instead") from None
    return done.stdout
