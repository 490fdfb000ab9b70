"""The lock in words: the use of pools, and what settling has changed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from maille.allocation.subject import lock_file
from maille.topology.naming import cabinet_switch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from maille.allocation.changes import Change
    from maille.allocation.usage import PoolUse

_MOST_LINES: Final = 40
"""More changes than this are counted instead of listed."""

_SIGNS: Final = {
    "added": "+",
    "changed": "~",
    "removed": "-",
    "quarantined": ">",
    "unquarantined": "<",
}


def usage_documents(pools: Iterable[PoolUse]) -> list[dict[str, Any]]:
    """Give the use of pools for programs."""
    return [
        {
            "pool": use.pool,
            "domain": use.domain,
            "size": use.size,
            "deployed": use.used,
            "planned": use.planned,
            "quarantined": use.quarantined,
            "free": use.free,
            "growth_per_year": round(use.growth_per_year, 1),
            "runs_out": use.runs_out,
        }
        for use in pools
    ]


def usage_text(pools: Sequence[PoolUse]) -> str:
    """Write the use of pools for people, a line a pool."""
    header = ("pool", "domain", "size", "deployed", "planned", "quarantined", "free", "a year", "")
    rows: list[tuple[str, ...]] = [header]
    for use in pools:
        counts = (use.size, use.used, use.planned, use.quarantined, use.free)
        growth = f"+{use.growth_per_year:,.1f}" if use.growth_per_year else ""
        runs_out = f"runs out {use.runs_out}" if use.runs_out else ""
        numbers = (f"{count:,}" for count in counts)
        rows.append((use.pool, use.domain, *numbers, growth, runs_out))
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    return "\n".join(_aligned(row, widths) for row in rows)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    texts = 2
    cells = [
        cell.ljust(width) if index < texts else cell.rjust(width)
        for index, (cell, width) in enumerate(zip(row[:-1], widths, strict=False))
    ]
    return "  ".join([*cells, row[-1]]).rstrip()


def change_documents(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Give changes for programs."""
    return [
        {
            "kind": change.kind,
            "id": change.subject.id,
            "file": lock_file(change.subject.scope),
            "section": change.subject.section,
            "key": change.subject.key,
            "before": dict(change.before),
            "after": dict(change.after),
        }
        for change in changes
    ]


def changes_text(changes: Sequence[Change], *, dry_run: bool) -> str:
    """Write changes for people: one by one, or counted where they are many."""
    if not changes:
        return "nothing to change"
    counted = "1 change" if len(changes) == 1 else f"{len(changes):,} changes"
    head = f"{counted}{' (nothing is written)' if dry_run else ''}"
    if len(changes) > _MOST_LINES:
        counts = Counter((change.kind, change.subject.section) for change in changes)
        lines = [
            f"  {_SIGNS[kind]} {count:>6,} {section} {kind}"
            for (kind, section), count in sorted(counts.items())
        ]
        return "\n".join([head, *lines])
    return "\n".join([head, *(f"  {_line(change)}" for change in changes)])


def _line(change: Change) -> str:
    before, after = _numbers(change, change.before), _numbers(change, change.after)
    numbers = f"{before} -> {after}" if before and after else before or after
    return f"{_SIGNS[change.kind]} {change.subject.title}  {numbers}  {change.kind}"


def _numbers(change: Change, fields: Mapping[str, str | int]) -> str:
    """Write the numbers of an entry as people say them."""
    shown = dict(fields)
    shown.pop("state", None)
    position = shown.pop("position", None)
    if position is not None:
        cabinet = shown.pop("cabinet", None)
        scope = change.subject.scope
        where = f" of {cabinet_switch(scope, str(cabinet))}" if cabinet else ""
        shown = {"port": f"{shown.pop('kind', 'access')} {position}{where}", **shown}
    return ", ".join(f"{name} {value}" for name, value in shown.items())
