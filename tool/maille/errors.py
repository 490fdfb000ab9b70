"""The one tree of errors, and the finding: what `check` and every other command report.

A *finding* is a value: a rule, a reader or an allocator returns it and goes on, so that one
run tells everything. An *error* is an exception: it ends the command, with an exit code.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class Severity(StrEnum):
    """How much a finding weighs: only `error` makes a check fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class ExitCode(IntEnum):
    """What the process answers, the same for every command."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    CHANGES_PENDING = 3
    OUT_OF_REACH = 4


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is written: a file, and in it a line, a column and a field.

    `line` and `column` count from 1; 0 says that the whole file is meant. `path` is the
    dotted path of the field inside the file (`cabinets.epars.cameras.28085-0001.model`).
    In a workbook `cell` names sheet and cell (`Caméras!C12`) and the numbers are 0.
    """

    file: str
    line: int = 0
    column: int = 0
    path: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """Give `file:line:column`, as editors and terminals follow it."""
        if self.cell:
            return f"{self.file}:{self.cell}"
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding accepted in writing: the reason, and the day on which it counts again."""

    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or worth knowing.

    `code` is stable (`I…` reading and schema, `L…` law, `N…` network, `P…` power,
    `F…` fibre, `S…` storage, `A…` allocation, `C…` cover, `W…` wave, `H…` hardening).
    `what` says what is wrong in one sentence without a full stop, `how` how to mend it.
    `subject` is the id that the finding is about (a camera, a switch, a link, a commune).
    `line_text` is the offending source line, for the caret.
    """

    code: str
    severity: Severity
    what: str
    how: str = ""
    place: Place = Place("")
    subject: str = ""
    line_text: str = ""
    waiver: Waiver | None = None

    def waived(self, waiver: Waiver) -> Finding:
        """Give the same finding, accepted."""
        return replace(self, waiver=waiver)

    @property
    def fails(self) -> bool:
        """Say whether this finding makes a check fail."""
        return self.severity is Severity.ERROR and self.waiver is None


class MailleError(Exception):
    """Anything that ends a command: what is wrong, how to mend it, and where.

    The command line prints it in one block and exits with `exit_code`; a traceback is
    never shown to a user.
    """

    exit_code = ExitCode.FINDINGS

    def __init__(self, what: str, how: str = "", place: Place | None = None) -> None:
        """Keep the parts; `str()` gives them in one line."""
        super().__init__(what)
        self.what = what
        self.how = how
        self.place = place

    def __str__(self) -> str:
        """Give `place: what: how`, as far as known."""
        parts = [str(self.place) if self.place else "", self.what, self.how]
        return ": ".join(part for part in parts if part)


class UsageError(MailleError):
    """The command line itself is off."""

    exit_code = ExitCode.USAGE


class InventoryError(MailleError):
    """The inventory cannot be used; `findings` says why, all of it."""

    exit_code = ExitCode.USAGE

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep the findings; at least one of them fails."""
        self.findings = tuple(findings)
        count = sum(finding.fails for finding in self.findings)
        super().__init__(f"the inventory has {count} error{'s' if count != 1 else ''}")

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by the findings: by itself an exception is made anew of `args`, its sentence."""
        return type(self), (self.findings,), vars(self)


class AllocationError(MailleError):
    """A pool has run out, a pin collides, or the lock does not fit the inventory."""


class RenderError(MailleError):
    """A template could not be rendered: it asks for something that the blueprint lacks."""


class OutOfReachError(MailleError):
    """A device, a cluster or a service did not answer."""

    exit_code = ExitCode.OUT_OF_REACH
