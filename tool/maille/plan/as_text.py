"""A plan for a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.plan.grouping import alike, alike_configs, by_kind, counts
from maille.report.caret import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.errors import Finding
    from maille.plan.changes import Change
    from maille.plan.configs import ConfigDiff
    from maille.plan.figures import Figure, Rise
    from maille.plan.plan import Plan
    from maille.plan.values import FieldChange

SIGN = {"added": "+", "changed": "~", "removed": "-"}
_WIDTH = 100
_NAME_WIDTH = 22
_MOST_NAMES = 40
"""Of things that change alike, as many are named."""


def as_text(found: Plan, *, diffs: bool) -> str:
    """Write a plan for a terminal; configuration diffs in full only if asked for."""
    if found.empty:
        return "nothing changes"
    parts = [
        *(_kind(name, members) for name, members in by_kind(found.changes)),
        _configs(found.configs, diffs=diffs),
        _table("figures", map(_figure, found.figures)),
        _table("links that carry more, after the worst failure", map(_rise, found.rises)),
        _table("becomes true", map(_finding, found.findings.new)),
        _table("stays true, in other words", (_finding(new) for _, new in found.findings.altered)),
        _table("is no longer true", map(_finding, found.findings.gone)),
    ]
    return "\n\n".join("\n".join(map(harmless, lines)) for lines in parts if lines)


def _table(title: str, rows: Iterable[str]) -> list[str]:
    lines = [f"  {row}" for row in rows]
    return [title, *lines] if lines else []


def _kind(name: str, members: list[Change]) -> list[str]:
    lines = [f"{name}: {counts(members)}"]
    for group in alike(members):
        lines += _group(group)
    return lines


def _group(group: list[Change]) -> Iterator[str]:
    first = group[0]
    if len(group) == 1:
        title = f"  {first.title}" if first.title else ""
        yield f"  {SIGN[first.action]} {first.id}{title}"
    else:
        names = [change.id for change in group]
        more = len(names) - _MOST_NAMES
        if more > 1:
            names[_MOST_NAMES:] = [f"and {more} more: --json has all"]
        yield from _wrapped(f"  {SIGN[first.action]} ", names)
    for field in first.fields:
        yield f"      {_field(field)}"


def _wrapped(head: str, names: list[str]) -> list[str]:
    return textwrap.wrap(
        ", ".join(names),
        _WIDTH,
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _field(field: FieldChange) -> str:
    if field.removed or field.added:
        moved = [*(f"- {each}" for each in field.removed), *(f"+ {each}" for each in field.added)]
        return f"{field.field}: {', '.join(moved)}"
    return f"{field.field}: {field.before or '(none)'} → {field.after or '(none)'}"


def _configs(configs: tuple[ConfigDiff, ...], *, diffs: bool) -> list[str]:
    if not configs:
        return []
    lines = [f"configurations: {len(configs)} changed"]
    for group in alike_configs(configs):
        first = group[0]
        lines += _wrapped(f"  +{first.added} -{first.removed}  ", [diff.switch for diff in group])
        if diffs:
            lines += [f"      {line}" for line in first.lines]
    return lines


def _figure(figure: Figure) -> str:
    before, after = amounts(figure)
    unit = f" {figure.unit}" if figure.unit else ""
    arrow = f" → {after}" if after != before else ""
    return f"{figure.name:<{_NAME_WIDTH}}{before}{arrow}{unit}"


def amounts(figure: Figure) -> tuple[str, str]:
    """Write a figure before and after, whole numbers without decimals."""
    both = (figure.before, figure.after)
    digits = 0 if all(float(each).is_integer() for each in both) else 1
    return f"{figure.before:,.{digits}f}", f"{figure.after:,.{digits}f}"


def _rise(rise: Rise) -> str:
    failure = f", {rise.failure}" if rise.failure else ""
    shares = f"{rise.before_percent:.1f} → {rise.after_percent:.1f} %"
    return f"{rise.link}  {shares} of {rise.capacity_mbps:,.0f} Mbit/s{failure}"


def _finding(finding: Finding) -> str:
    kind = "" if finding.severity is Severity.ERROR else f"{finding.severity.value} "
    how = f": {finding.how}" if finding.how else ""
    return f"[{kind}{finding.code}] {finding.what}{how}"
