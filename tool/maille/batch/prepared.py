"""What a command is about to write, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.batch.codes import finding
from maille.errors import Finding, Place

if TYPE_CHECKING:
    from maille.batch.drafts import Draft
    from maille.batch.yaml_edit import CannotEdit


@dataclass(frozen=True, slots=True)
class Prepared:
    """Files that may be written if nothing in `findings` fails."""

    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]

    @property
    def passes(self) -> bool:
        """Say whether nothing stands against it."""
        return not any(found.fails for found in self.findings)


def defeated(reason: CannotEdit) -> Finding:
    """Tell that a file can't be changed by machine."""
    how = "write it as the other files are written, or make the change by hand"
    return finding("I415", str(reason), how, Place(reason.file))
