"""A plan on paper: for a terminal, for a merge request, for a program."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from maille.report.as_json import findings_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.errors import Finding
    from maille.plan.changes import Change
    from maille.plan.plan import Figure, Plan

SCHEMA = "maille.plan/1"
_SIGN = {"added": "+", "changed": "~", "removed": "-"}


def as_document(found: Plan) -> dict[str, Any]:
    """Give a plan as `--json` prints it."""
    return {
        "schema": SCHEMA,
        "changes": [
            {
                "kind": change.kind,
                "id": change.id,
                "action": change.action,
                "title": change.title,
                "fields": [field._asdict() for field in change.fields],
            }
            for change in found.changes
        ],
        "configurations": [
            {
                "switch": diff.switch,
                "added": diff.added,
                "removed": diff.removed,
                "diff": list(diff.lines),
            }
            for diff in found.configs
        ],
        "figures": [figure._asdict() for figure in found.figures],
        "new_findings": findings_document(found.new_findings),
        "gone_findings": findings_document(found.gone_findings),
    }


def as_text(found: Plan, *, diffs: bool) -> str:
    """Write a plan for a terminal; configuration diffs in full only if asked for."""
    if found.empty:
        return "nothing changes"
    lines = list(_change_lines(found))
    lines += ["", f"configurations: {len(found.configs)} switch(es)"]
    for diff in found.configs:
        lines.append(f"  {diff.switch:<40} +{diff.added} -{diff.removed}")
        if diffs:
            lines += [f"      {line}" for line in diff.lines]
    lines += ["", "figures", *(_figure(figure) for figure in found.figures)]
    lines += _findings("becomes true", found.new_findings)
    lines += _findings("is no longer true", found.gone_findings)
    return "\n".join(lines)


def _change_lines(found: Plan) -> Iterator[str]:
    for kind, group in groupby(found.changes, key=lambda change: change.kind):
        members = list(group)
        counts = ", ".join(
            f"{sum(change.action == action for change in members)} {action}"
            for action in ("added", "changed", "removed")
            if any(change.action == action for change in members)
        )
        yield f"{kind}: {counts}"
        for change in members:
            yield from _one(change)


def _one(change: Change) -> Iterator[str]:
    title = f"  {change.title}" if change.title else ""
    yield f"  {_SIGN[change.action]} {change.id}{title}"
    for name, before, after in change.fields:
        yield f"      {name}: {before} → {after}"


def _figure(figure: Figure) -> str:
    unit = f" {figure.unit}" if figure.unit else ""
    digits = 0 if float(figure.before).is_integer() and float(figure.after).is_integer() else 1
    before, after = f"{figure.before:,.{digits}f}", f"{figure.after:,.{digits}f}"
    arrow = f" → {after}" if after != before else ""
    return f"  {figure.name:<18} {before}{arrow}{unit}"


def _findings(title: str, findings: tuple[Finding, ...]) -> list[str]:
    if not findings:
        return []
    return ["", title, *(f"  {f.code} {f.severity.value}: {f.what}" for f in findings)]


def as_markdown(found: Plan) -> str:
    """Write a plan for a merge request: a summary, then what folds."""
    if found.empty:
        return "Nothing changes.\n"
    parts = ["## What changes", "", "| | before | after |", "|---|---:|---:|"]
    parts += [_row(figure) for figure in found.figures]
    for kind, group in groupby(found.changes, key=lambda change: change.kind):
        members = list(group)
        parts += ["", f"<details><summary>{kind}: {len(members)}</summary>", ""]
        for change in members:
            parts.append(f"- {change.action} `{change.id}` {_escaped(change.title)}")
            parts += [
                f"  - {field.field}: {_escaped(field.before)} → {_escaped(field.after)}"
                for field in change.fields
            ]
        parts += ["", "</details>"]
    for diff in found.configs:
        summary = f"<code>{diff.switch}</code> +{diff.added} -{diff.removed}"
        parts += ["", f"<details><summary>{summary}</summary>", "", "```diff", *diff.lines]
        parts += ["```", "", "</details>"]
    for title, findings in (
        ("Becomes true", found.new_findings),
        ("Is no longer true", found.gone_findings),
    ):
        if findings:
            parts += ["", f"### {title}", ""]
            parts += [f"- **{f.code}** {f.severity.value}: {_escaped(f.what)}" for f in findings]
    return "\n".join(parts) + "\n"


def _row(figure: Figure) -> str:
    name = f"{figure.name} ({figure.unit})" if figure.unit else figure.name
    return f"| {name} | {figure.before:,.1f} | {figure.after:,.1f} |"


def _escaped(text: str) -> str:
    """Keep what a text holds from being read as Markdown or HTML."""
    for sign in "\\`*_{}[]<>#|":
        text = text.replace(sign, f"\\{sign}")
    return text
