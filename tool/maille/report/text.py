"""Findings for people: place, field, what is wrong, the line with a caret, how to mend it.

communes/28085-chartres.yaml:18:30  cabinets.epars.switch  switch model `ie-3` unknown  [I050]
    switch: ie-3
            ^
    did you mean `ie-3300-8p2s`?
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from maille.errors import Severity
from maille.report.caret import harmless, with_caret
from maille.report.order import Counts, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.errors import Finding, Waiver

_MARGIN = "    "
_MAX_ABOUT = 120
_RESET = "\x1b[0m"
_BOLD = "\x1b[1m"
_DIM = "\x1b[2m"
_COLOURS = {
    Severity.ERROR: "\x1b[31m",
    Severity.WARNING: "\x1b[33m",
    Severity.INFO: "\x1b[36m",
}
_GREEN = "\x1b[32m"

_Paint: TypeAlias = Callable[..., str]
"""Gives a text in some styles, or as it is."""


def render_text(
    findings: Iterable[Finding],
    *,
    colour: bool = False,
    width: int = 100,
    most: int | None = None,
) -> str:
    """Write findings and a line of counts; `width` is the terminal's, in columns.

    Of a code that is found more often than `most`, that many are written and the others counted.
    """
    ordered = in_order(findings)
    paint = _painted if colour else _plain
    kept, folded = _fold(ordered, most)
    blocks = ["\n".join(_block(finding, paint, width)) for finding in kept]
    if folded:
        blocks.append("\n".join(paint(line, _DIM) for line in folded))
    blocks.append(_summary(Counts.of(ordered), paint))
    return "\n\n".join(blocks) + "\n"


def _fold(ordered: list[Finding], most: int | None) -> tuple[list[Finding], list[str]]:
    """Give what is written out, and a line for each code of which more was found."""
    if most is None:
        return ordered, []
    found: Counter[str] = Counter()
    kept = []
    for finding in ordered:
        found[finding.code] += 1
        if found[finding.code] <= most:
            kept.append(finding)
    more = {code: count - most for code, count in sorted(found.items()) if count > most}
    return kept, [f"… and {count} more of {code}: --all shows them" for code, count in more.items()]


def _plain(text: str, *_styles: str) -> str:
    return text


def _painted(text: str, *styles: str) -> str:
    return f"{''.join(styles)}{text}{_RESET}" if text else ""


def _block(finding: Finding, paint: _Paint, width: int) -> list[str]:
    """Write one finding: head, source line, caret and remedy, as far as each is known."""
    if finding.waiver:
        return [_head(finding, paint), _MARGIN + paint(_waiver(finding.waiver), _DIM)]
    lines = [_head(finding, paint)]
    source = with_caret(finding.line_text, finding.place.column, width=width - len(_MARGIN))
    if source:
        lines.append(_MARGIN + source[0])
        lines.extend(
            _MARGIN + paint(caret, _COLOURS[finding.severity], _BOLD) for caret in source[1:]
        )
    if finding.how:
        lines.append(_MARGIN + harmless(finding.how))
    return lines


def _head(finding: Finding, paint: _Paint) -> str:
    """Write place, field and what is wrong; an error needs no word for its weight."""
    about = _shortened(finding.place.path or finding.subject)
    kind = "" if finding.severity is Severity.ERROR else f"{finding.severity} "
    styles = (_DIM,) if finding.waiver else (_COLOURS[finding.severity], _BOLD)
    parts = (
        paint(harmless(str(finding.place)), _BOLD),
        harmless(about),
        paint(harmless(finding.what), *styles),
        paint(f"[{kind}{finding.code}]", _DIM),
    )
    return "  ".join(part for part in parts if part)


def _shortened(about: str) -> str:
    """Cut the middle out of a path that nobody could read."""
    half = _MAX_ABOUT // 2
    return about if len(about) <= _MAX_ABOUT else f"{about[:half]}…{about[-half:]}"


def _waiver(waiver: Waiver) -> str:
    """Say why a finding doesn't count, and until when."""
    return harmless(f"waived until {waiver.until.isoformat()}: {waiver.reason}")


def _summary(counts: Counts, paint: _Paint) -> str:
    """Count what was found, heaviest first."""
    parts = [
        paint(_several(counts.errors, "error"), _COLOURS[Severity.ERROR]),
        paint(_several(counts.warnings, "warning"), _COLOURS[Severity.WARNING]),
        paint(_several(counts.infos, "remark"), _COLOURS[Severity.INFO]),
        paint(f"{counts.waived} waived" if counts.waived else "", _DIM),
    ]
    found = ", ".join(part for part in parts if part)
    if not found:
        return paint("nothing found", _GREEN)
    return f"{found} in {_several(counts.files, 'file')}" if counts.files else found


def _several(count: int, thing: str) -> str:
    """Write `2 errors`, `1 error`, or nothing."""
    if not count:
        return ""
    return f"{count} {thing}{'s' if count > 1 else ''}"
