"""What goes, or went, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maille.retention import said
from maille.retention.journal import time_text

if TYPE_CHECKING:
    from datetime import datetime

    from maille.retention.expire.drain import Drained
    from maille.retention.expire.sums import Sum
    from maille.retention.promise import Area


@dataclass(frozen=True, slots=True)
class Expiry:
    """A run, dry or not."""

    estate: str
    now: datetime
    sums: tuple[Sum, ...]
    left_alone: tuple[Area, ...]
    """What a recorder's own software erases."""
    drained: Drained | None = None
    """None: nothing was taken away, this was a dry run."""
    resumed: int = 0
    """Files that an earlier run took away and did not come to tell."""
    forgotten: int = 0
    """Entries of the journal that were as old as the law lets it grow."""

    @property
    def segments(self) -> int:
        """Give how many go."""
        return sum(one.segments for one in self.sums)

    @property
    def kept(self) -> bool:
        """Say whether something is unlinked that nothing proves to be erased."""
        return bool(self.drained and self.drained.left)


def as_document(expiry: Expiry) -> dict[str, Any]:
    """Give the document of `--json`."""
    drained = expiry.drained
    document: dict[str, Any] = {
        "estate": expiry.estate,
        "as_of": time_text(expiry.now),
        "dry_run": drained is None,
        "segments": expiry.segments,
        "communes": [_sum(one) for one in expiry.sums],
        "no_members_any_more": [one.area.subvolume for one in expiry.sums if one.area.left],
        "left_to_their_owner": [area.subvolume for area in expiry.left_alone],
    }
    if drained is None:
        return document
    return document | {
        "erased": drained.erased,
        "unlinked_and_not_erased": drained.left,
        "not_erased_since": time_text(drained.oldest) if drained.oldest else None,
        "resumed": expiry.resumed,
        "journal_entries_forgotten": expiry.forgotten,
    }


def _sum(one: Sum) -> dict[str, Any]:
    return {
        "commune": one.area.commune,
        "subvolume": one.area.subvolume,
        "segments": one.segments,
        "size_bytes": one.size_bytes,
        "oldest": time_text(one.oldest) if one.oldest else None,
        "newest": time_text(one.newest) if one.newest else None,
        "held": dict(one.held),
    }


def as_text(expiry: Expiry) -> str:
    """Tell what goes per commune, what is kept back, and how far erasing came."""
    drained = expiry.drained
    verb = "would go" if drained is None else "unlinked"
    lines = [_line(one, verb) for one in expiry.sums if one.segments]
    lines += [
        f"{one.area.title}: {said.many(count, 'segment')} kept for requisition {reference}:"
        " copy them, they are past their retention"
        for one in expiry.sums
        for reference, count in sorted(one.held.items())
    ]
    lines += [_left_share(one) for one in expiry.sums if one.area.left]
    owners = ", ".join(area.title for area in expiry.left_alone)
    if owners:
        lines.append(f"left to the recorders' own software: {owners}")
    if expiry.resumed:
        lines.append(
            f"an earlier run was cut off: {said.many(expiry.resumed, 'file')} of it journaled"
        )
    size_bytes = sum(one.size_bytes for one in expiry.sums)
    total = f"{said.many(expiry.segments, 'segment')}, {size_bytes:,} bytes"
    if drained is None:
        ending = "nothing was erased; do it with --yes" if expiry.segments else "nothing is past"
        return "\n".join([*lines, f"{total} {verb}: {ending}"])
    lines.append(f"{total} {verb}, {said.many(drained.erased, 'file')} erased")
    if drained.left:
        lines.append(_left(drained))
    return "\n".join(lines)


def _line(one: Sum, verb: str) -> str:
    first, last = (said.at(moment) if moment else "" for moment in (one.oldest, one.newest))
    return (
        f"{one.area.title} ({one.area.commune}): {said.many(one.segments, 'segment')},"
        f" {one.size_bytes:,} bytes, {first} to {last} {verb}"
    )


def _left_share(one: Sum) -> str:
    area = one.area
    return (
        f"{area.title} ({area.commune}) is no member any more: its share {area.subvolume} expires"
        f" after {said.span(area.rule.days)}, and goes with `maille storage up` once it is empty"
    )


def _left(drained: Drained) -> str:
    why = f": {drained.backlog}" if drained.backlog else ": no metadata server answered"
    since = f" since {said.at(drained.oldest)}" if drained.oldest else ""
    return (
        f"{said.many(drained.left, 'file')} unlinked and not erased yet{since}{why};"
        " the next run looks again; `ceph health` and `maille storage status` tell what keeps it"
    )
