"""Reads an estate as it was at a git revision, or from another folder."""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from maille.errors import InventoryError, UsageError
from maille.inventory.load import CATALOGUE, catalogue_folders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.errors import Finding

_TIMEOUT_S = 60
_MARK = "estate.yaml"


@contextlib.contextmanager
def at_revision(estate: Path, against: str) -> Iterator[Path]:
    """Give a folder with the estate as it was; what was unpacked for it is removed after.

    `against` is another folder that holds an estate, or a revision of the repository that
    the estate is kept in. A catalogue that the revision has not is taken as it is now. The
    places of an InventoryError that is raised inside name the revision.

    Raises:
        UsageError: it is neither.
    """
    if (Path(against) / _MARK).is_file():
        yield Path(against)
        return
    top = _repository(estate, against)
    commit = _commit(top, against)
    inside = estate.resolve().relative_to(top)
    with tempfile.TemporaryDirectory(prefix="maille-plan-") as temporary:
        # An estate may be the repository itself: then its name is that of no folder inside.
        unpacked = Path(temporary) / "before"
        for part in (inside, inside.parent / CATALOGUE):
            _unpack(top, commit, part, unpacked)
        found = unpacked / inside
        if not (found / _MARK).is_file():
            raise UsageError(
                f"there is no estate {inside} at {against}", "name a revision that has it"
            )
        if not catalogue_folders(found):
            for folder in catalogue_folders(estate):
                shutil.copytree(folder, found / CATALOGUE, dirs_exist_ok=True)
        with _named(unpacked, against):
            yield found


@contextlib.contextmanager
def _named(folder: Path, against: str) -> Iterator[None]:
    """Let findings on a folder that was unpacked speak of its revision, as `git show` does."""

    def placed(finding: Finding) -> Finding:
        file = Path(finding.place.file)
        if not file.is_relative_to(folder):
            return finding
        named = f"{against}:{file.relative_to(folder).as_posix()}"
        return replace(finding, place=replace(finding.place, file=named))

    try:
        yield
    except InventoryError as error:
        raise InventoryError(map(placed, error.findings)) from None


def _repository(estate: Path, against: str) -> Path:
    try:
        return Path(_git(estate, "rev-parse", "--show-toplevel").decode().strip()).resolve()
    except _GitError as error:
        raise UsageError(
            f"`{against}` is no folder with an estate, and {estate} is in no git repository that"
            f" could have a revision of that name ({error.reason})",
            "name a folder to compare with: --against ../before/chartres",
        ) from None


def _commit(top: Path, against: str) -> str:
    """Give the commit that a revision names; nothing in it is taken for an option of git."""
    try:
        named = f"{against}^{{commit}}"
        return _git(top, "rev-parse", "--verify", "--end-of-options", named).decode().split()[-1]
    except _GitError:
        raise UsageError(
            f"`{against}` is neither a folder with an estate nor a revision", _remedy(top)
        ) from None


def _remedy(top: Path) -> str:
    """Say how to name a revision; a clone for a CI job often lacks all but the newest."""
    if _git(top, "rev-parse", "--is-shallow-repository").strip() == b"true":
        return "this clone is shallow: `git fetch --unshallow`, or name a revision that it has"
    return "name a commit, a branch or a tag: --against main"


def _unpack(top: Path, commit: str, part: Path, into: Path) -> None:
    """Unpack a folder as it was at a commit; nothing if there was none.

    Only ordinary files are written, each inside `into`, whatever the archive says.
    """
    path = part.as_posix()
    try:
        if path != "." and not _git(top, "ls-tree", "-d", commit, "--", path):
            return
        archive = _git(top, "archive", "--format=tar", commit, "--", path)
    except _GitError as error:
        raise UsageError(f"{path} cannot be read at {commit[:12]}: {error.reason}") from None
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            target = into / member.name
            if content and ".." not in target.parts:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())
            elif not member.isdir():
                raise UsageError(
                    f"{member.name} is no ordinary file at {commit[:12]}",
                    "compare with a folder in which it is one",
                )


class _GitError(Exception):
    """A call of git that failed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _git(where: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  # arguments are a list, no shell reads them
            ["git", "--literal-pathspecs", "-C", str(where), *arguments],  # noqa: S607  # whichever git the user has
            capture_output=True,
            check=True,
            timeout=_TIMEOUT_S,
        )
    except FileNotFoundError:
        raise UsageError("git is not installed", "install it, or name a folder") from None
    except subprocess.TimeoutExpired:
        raise _GitError(f"git {arguments[0]} took more than {_TIMEOUT_S} s") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        reason = said[-1] if said else f"git ended with {error.returncode}"
        raise _GitError(reason) from None
    return done.stdout
