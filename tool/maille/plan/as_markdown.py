"""A plan for a merge request: figures first, then what folds.

All that comes from an inventory stands in code spans or code blocks: there it can neither
format, nor link, nor call people by their names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maille.plan.as_text import amounts
from maille.plan.grouping import alike, alike_configs, by_kind, counts
from maille.report.caret import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.errors import Finding
    from maille.plan.changes import Change
    from maille.plan.configs import ConfigDiff
    from maille.plan.figures import Figure, Rise
    from maille.plan.plan import Plan
    from maille.plan.values import FieldChange

LIMIT_CHARS = 60_000
"""What a comment of a merge request may hold on the hosts in use, with some room."""


def as_markdown(found: Plan) -> str:
    """Write a plan, as long as a comment may be."""
    if found.empty:
        return "Nothing changes.\n"
    text = _summary(found)
    left_out = 0
    for block in _blocks(found):
        if len(text) + len(block) <= LIMIT_CHARS:
            text += f"\n\n{block}"
        else:
            left_out += 1
    if left_out:
        text += f"\n\n{left_out} parts are too long for a comment: `maille plan` shows them."
    return f"{text}\n"


def _blocks(found: Plan) -> Iterator[str]:
    """Give the parts below the summary, what matters most first."""
    yield from _findings(found)
    yield from (_kind(name, members) for name, members in by_kind(found.changes))
    if found.rises:
        yield _rises(found.rises)
    yield from map(_config, alike_configs(found.configs))


def _summary(found: Plan) -> str:
    switches = f"configurations: {len(found.configs)} changed" if found.configs else ""
    heads = [f"{name}: {counts(members)}" for name, members in by_kind(found.changes)]
    rows = [_figure(figure) for figure in found.figures]
    table = ["| | before | after |", "|---|---:|---:|", *rows]
    told = "; ".join(filter(None, [*heads, switches]))
    return "\n".join(["## What changes", "", *([told, ""] if told else []), *table])


def _figure(figure: Figure) -> str:
    name = f"{figure.name} ({figure.unit})" if figure.unit else figure.name
    before, after = amounts(figure)
    return f"| {name} | {before} | {after if after == before else f'**{after}**'} |"


def _findings(found: Plan) -> Iterator[str]:
    altered = tuple(new for _, new in found.findings.altered)
    for title, findings in (
        ("Becomes true", found.findings.new),
        ("Stays true, in other words", altered),
        ("Is no longer true", found.findings.gone),
    ):
        if findings:
            yield "\n".join([f"### {title}", "", *map(_finding, findings)])


def _finding(finding: Finding) -> str:
    how = f", {code(finding.how)}" if finding.how else ""
    return f"- **{finding.code}** {finding.severity.value}: {code(finding.what)}{how}"


def _kind(name: str, members: list[Change]) -> str:
    lines = [line for group in alike(members) for line in _group(group)]
    return _folded(f"{name}: {counts(members)}", "\n".join(lines))


def _group(group: list[Change]) -> Iterator[str]:
    first = group[0]
    names = ", ".join(code(change.id) for change in group)
    title = f": {code(first.title)}" if first.title and len(group) == 1 else ""
    yield f"- {first.action} {names}{title}"
    yield from (f"  - {_field(field)}" for field in first.fields)


def _field(field: FieldChange) -> str:
    if field.removed or field.added:
        moved = [f"removed {code(each)}" for each in field.removed]
        moved += [f"added {code(each)}" for each in field.added]
        return f"{field.field}: {', '.join(moved)}"
    before, after = (code(each) if each else "none" for each in (field.before, field.after))
    return f"{field.field}: {before} → {after}"


def _rises(rises: tuple[Rise, ...]) -> str:
    rows = [
        f"- {code(rise.link)}: {rise.before_percent:.1f} → **{rise.after_percent:.1f} %** of "
        f"{rise.capacity_mbps:,.0f} Mbit/s" + (f", {code(rise.failure)}" if rise.failure else "")
        for rise in rises
    ]
    return _folded(f"links that carry more: {len(rows)}", "\n".join(rows))


def _config(group: list[ConfigDiff]) -> str:
    first = group[0]
    names = ", ".join(code(diff.switch) for diff in group)
    text = "\n".join(harmless(line) for line in first.lines)
    fence = "`" * max(3, _longest_run(text) + 1)
    whose = f"{len(group)} switches" if len(group) > 1 else _plain(first.switch)
    title = f"configuration of {whose}: +{first.added} -{first.removed}"
    return _folded(title, f"{names}\n\n{fence}diff\n{text}\n{fence}")


def _folded(title: str, body: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def _plain(name: str) -> str:
    """Keep of an id what cannot be taken for markup."""
    return re.sub(r"[^\w.-]", "?", name, flags=re.ASCII)


def code(text: str) -> str:
    """Write a text as a code span: nothing in it is read as Markdown or HTML."""
    plain = harmless(" ".join(text.split())) or "\N{REPLACEMENT CHARACTER}"
    fence = "`" * (_longest_run(plain) + 1)
    pad = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{fence}{pad}{plain}{pad}{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
