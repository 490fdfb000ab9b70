"""Errors and findings as blocks of text for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer import style

from maille.cli.terminal import printable
from maille.errors import Finding, InventoryError, MailleError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_HUES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_INDENT = "    "
_EXCERPT_CHARS = 96
"""So much of a line is shown; of a longer one, the part around the caret."""


def error_block(error: MailleError, *, colour: bool) -> str:
    """Give an error's place, what is wrong and how to mend it; an inventory's with findings."""
    lines = []
    if isinstance(error, InventoryError):
        lines += [finding_block(finding, colour=colour) for finding in error.findings]
    where = f"{error.place}: " if error.place else ""
    lines.append(f"{_painted('error', Severity.ERROR, colour=colour)}: {where}{error.what}")
    if error.how:
        lines.append(_INDENT + error.how)
    return "\n".join(lines)


def finding_block(finding: Finding, *, colour: bool) -> str:
    """Give a finding: one line that tools can follow, then the source line and the remedy."""
    return "\n".join(_finding_lines(finding, colour=colour))


def _finding_lines(finding: Finding, *, colour: bool) -> Iterator[str]:
    place = finding.place
    severity = _painted(str(finding.severity), finding.severity, colour=colour)
    path = f"{place.path}: " if place.path else ""
    where = f"{place}: " if place.file else ""
    yield f"{where}{severity} {finding.code} {printable(path + finding.what)}"
    if finding.line_text:
        shown, caret = _excerpt(finding.line_text, place.column)
        yield _INDENT + shown
        if caret:
            yield _INDENT + caret
    if finding.how:
        yield _INDENT + printable(finding.how)
    if finding.waiver:
        yield f"{_INDENT}waived until {finding.waiver.until}: {printable(finding.waiver.reason)}"


def _excerpt(line: str, column: int) -> tuple[str, str]:
    """Cut a source line to what fits, and give the caret's line under it."""
    first = max(0, column - _EXCERPT_CHARS // 2) if len(line) > _EXCERPT_CHARS else 0
    shown = printable(line[first : first + _EXCERPT_CHARS].rstrip())
    return shown, " " * (column - 1 - first) + "^" if column else ""


def _painted(text: str, severity: Severity, *, colour: bool) -> str:
    return style(text, fg=_HUES[severity], bold=True) if colour else text
