"""Files as they will be: compared with what they are, written all together or not at all."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from maille.batch.locking import alone_in
from maille.errors import MailleError
from maille.files import sweep, write_all

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Draft:
    """One file: its bytes today (None if there is none) and afterwards."""

    path: pathlib.Path
    before: bytes | None
    after: bytes

    @property
    def action(self) -> Literal["new", "changed", "same"]:
        """What becomes of the file."""
        if self.before is None:
            return "new"
        return "same" if self.before == self.after else "changed"

    def diff(self) -> str:
        """Give the change as a unified diff; a new file is all additions."""
        name = str(self.path)
        lines = difflib.unified_diff(
            _lines(self.before or b""),
            _lines(self.after),
            fromfile=name if self.before is not None else "/dev/null",
            tofile=name,
            n=2,
        )
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def save(drafts: Iterable[Draft]) -> None:
    """Write what is new or changed, in the order given: all of it, or nothing if a write fails.

    All files are on disk before the first one is put in its place. Who is killed while they
    are put there leaves each file whole, the old one or the new one, and the same import does
    the rest. Of two writers at once the second one finds the files changed. A symbolic link
    stays one: the file that it leads to is written.

    Raises:
        MailleError: a file is no longer what the drafts were made from.
        OSError: a file can't be written; nothing is changed then.
    """
    changes = {draft.path.resolve(): draft for draft in drafts if draft.action != "same"}
    folders = {path.parent for path in changes}
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    with alone_in(folders):
        for path, draft in changes.items():
            today = path.read_bytes() if path.exists() else None
            if today != draft.before:
                raise MailleError(f"{draft.path} was changed in the meantime", "try again")
            sweep(path)
        write_all({path: draft.after for path, draft in changes.items()})


def _lines(data: bytes) -> list[str]:
    return data.decode(errors="replace").splitlines(keepends=True)
