"""Files as they will be: compared with what they are, written all together or not at all."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from maille.errors import MailleError
from maille.files import write_all

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
    """Write what is new or changed; each file is then the old one or the new one, never half.

    A symbolic link stays one: the file that it leads to is written.

    Raises:
        MailleError: a file is no longer what the drafts were made from.
    """
    contents: dict[pathlib.Path, bytes] = {}
    for draft in drafts:
        if draft.action == "same":
            continue
        path = draft.path.resolve()
        today = path.read_bytes() if path.exists() else None
        if today != draft.before:
            raise MailleError(f"{draft.path} was changed in the meantime", "try again")
        contents[path] = draft.after
    for folder in {path.parent for path in contents}:
        folder.mkdir(parents=True, exist_ok=True)
    write_all(contents)


def _lines(data: bytes) -> list[str]:
    return data.decode(errors="replace").splitlines(keepends=True)
