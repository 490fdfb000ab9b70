"""A run of the engine for a terminal: the estate's terms first, resources second."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from maille.blueprint.storage import TB
from maille.infra.provider.values import snake
from maille.recording.terms.shares import shared, shares, totals
from maille.retention.said import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.layout.model import Layout
    from maille.recording.former import Left
    from maille.recording.leaving import Held
    from maille.recording.stack.changes import Operation, Outcome
    from maille.recording.terms.shares import Affected, Shared
    from maille.retention.journal import Entry

SIGNS = {"added": "+", "changed": "~", "removed": "-", "rights": "~"}
OPERATIONS = {"create": "+", "update": "~", "replace": "±", "delete": "-"}
KINDS = {
    "HealthGate": "check that hosts and disks suffice",
    "ErasureCodeProfile": "erasure code",
    "CrushRule": "placement rule",
    "Pool": "pool",
    "FileSystem": "file system",
    "SubvolumeGroup": "subvolume group",
    "Subvolume": "subvolume",
    "Client": "key",
}
_UNITS = (("TB", TB), ("GB", 10**9), ("MB", 10**6), ("kB", 10**3))


def size(size_bytes: int | None) -> str:
    """Give a size in decimal units: `5.21 TB`."""
    if size_bytes is None:
        return "none"
    for unit, worth in _UNITS:
        if size_bytes >= worth:
            return f"{size_bytes / worth:,.2f} {unit}"
    return f"{size_bytes} B"


def as_text(
    outcome: Outcome,
    layout: Layout,
    held: tuple[Held, ...],
    erased: tuple[Entry, ...] = (),
    left: tuple[Left, ...] = (),
    *,
    done: bool = False,
) -> str:
    """Write what a run would change or, if it is `done`, has changed."""
    lines = [*_heading(layout), *_shares(outcome, layout), *_shared(outcome), *_held(held)]
    lines += [*_left(left, layout), *_erased(erased), _summary(outcome, done=done)]
    return "\n".join(lines)


def _summary(outcome: Outcome, *, done: bool) -> str:
    if not outcome.pending:
        return f"nothing changes: {outcome.unchanged} resources are as the inventory wants"
    counts = Counter(change.operation for change in outcome.changes)
    told = [
        f"{counts[operation]} {past if done else future}"
        for operation, (future, past) in _TENSES.items()
        if counts[operation]
    ]
    if outcome.unchanged:
        told.append(f"{outcome.unchanged} as they were")
    return f"resources: {', '.join(told)}"


_TENSES: dict[Operation, tuple[str, str]] = {
    "create": ("to add", "added"),
    "update": ("to change", "changed"),
    "replace": ("to replace", "replaced"),
    "delete": ("to remove", "removed"),
}


def _heading(layout: Layout) -> Iterator[str]:
    if layout.scale != "1":
        yield f"at scale {layout.scale}: sizes are those of a laboratory, not of the estate"


def _shares(outcome: Outcome, layout: Layout) -> Iterator[str]:
    affected = shares(outcome.changes, layout)
    if affected:
        counted = ", ".join(f"{count} {change}" for change, count in totals(affected))
        yield f"shares: {counted}"
        yield from map(_share, affected)


def _share(one: Affected) -> str:
    title = one.title if one.commune is None else f"{one.title} ({one.commune})"
    key = f", {_KEYS[one.key]}" if one.key and one.change != "removed" else ""
    return f"  {SIGNS[one.change]} {title}: {_quota(one)}{key}"


_KEYS = {
    "made": "with a key for its recorder",
    "changed": "with other rights for its recorder's key",
    "removed": "without its recorder's key",
}


def _quota(one: Affected) -> str:
    if one.change == "removed" and one.key:
        return f"its share of {size(one.before_bytes)} goes, and its recorder's key"
    if one.change == "removed":
        return f"its share of {size(one.before_bytes)} goes"
    if one.change == "changed" and one.before_bytes != one.after_bytes:
        return f"{size(one.before_bytes)} becomes {size(one.after_bytes)}"
    return size(one.after_bytes)


def _shared(outcome: Outcome) -> Iterator[str]:
    found = shared(outcome.changes)
    if found:
        yield "for all of them"
        yield from map(_thing, found)


def _thing(one: Shared) -> str:
    kind = KINDS.get(one.kind, one.kind)
    called = kind if one.kind == "HealthGate" else f"{kind} {one.name}"
    properties = f" ({', '.join(map(snake, one.properties))})" if one.properties else ""
    return f"  {OPERATIONS[one.change]} {called}{properties}"


def _held(held: tuple[Held, ...]) -> Iterator[str]:
    if held:
        yield "stays until it is empty enough (`maille storage expire`), or is named by --erase"
    for one in held:
        wanted = "nothing" if one.leaving else size(one.wanted_bytes)
        yield (
            f"  ! {one.share.title}: {size(one.share.quota_bytes)}, wanted {wanted}; holds"
            f" {size(one.used_bytes)} in {many(one.files, 'file')}"
        )


def _left(left: tuple[Left, ...], layout: Layout) -> Iterator[str]:
    if left:
        code = layout.profile
        yield (
            f"new files go to {layout.data_pool.name} ({code.k} + {code.m}); a former pool stays"
            " until the last file in it is erased"
        )
    yield from map(left_pool, left)


def left_pool(one: Left) -> str:
    """Tell of a former pool."""
    code = one.former.profile
    objects = "1 object is" if one.objects == 1 else f"{one.objects:,} objects are"
    why = f"; {one.kept}" if one.kept else ""
    held = f"{size(one.stored_bytes)} in {objects} left"
    return f"  ! pool {one.name} ({code.k} + {code.m}): {held}{why}"


def _erased(erased: tuple[Entry, ...]) -> Iterator[str]:
    if erased:
        yield "erased by name, and journaled"
    for one in erased:
        days = f" of {one['first']} to {one['last']}" if "first" in one else ""
        yield (
            f"  {one['share']}: {many(one['files'], 'file')}{days}, {one['size_bytes']:,} bytes:"
            f" {_PHASES[one['phase']]}"
        )


_PHASES = {
    "kept": "still there, nothing of it was erased",
    "unlinked": "unlinked and not erased yet; the next `maille storage up` looks again",
    "erased": "erased",
}
