"""What recorders did, for a program and for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.twin.recorder.content import least_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maille.layout.scale import Scale
    from maille.twin.recorder.crew import Outcome
    from maille.twin.recorder.posts import Manned
    from maille.twin.recorder.reading import Lost
    from maille.twin.recorder.tally import Stall

_MOST_LISTED = 20


def as_document(outcome: Outcome, posts: Sequence[Manned], scale: Scale) -> dict[str, object]:
    """Give the JSON document of a run."""
    count = outcome.count
    return {
        "scale": str(scale),
        "recorders": len(posts),
        "cameras": _cameras(posts),
        "segments": count.segments,
        "stored_bytes": count.stored_bytes,
        "seconds": round(outcome.seconds, 3),
        "planned_mbps": _planned_mbps(posts),
        "repeats": count.repeats,
        "removed_unfinished": outcome.removed,
        "worst_stall": _stall(count.worst),
        "failed": [
            {"commune": commune, "what": error.what, "how": error.how}
            for commune, error in outcome.failed.items()
        ],
    }


def as_text(outcome: Outcome, posts: Sequence[Manned], scale: Scale) -> str:
    """Give a few lines about a run."""
    count = outcome.count
    done = f"{count.segments:,} segments, {count.stored_bytes:,} bytes in {outcome.seconds:.1f} s"
    planned = f"planned: {_planned_mbps(posts) * 1000:,.3f} kbit/s"
    lines = [
        f"{len(posts)} recorders of {_cameras(posts)} cameras, sizes at {scale}: {done}",
        f"{planned}; no segment is smaller than the {least_bytes():,} bytes of its images",
    ]
    if count.worst:
        worst = count.worst
        lines.append(
            f"longest wait for the cluster: {worst.ms:,.0f} ms, in {worst.call} for {worst.camera};"
            f" {count.repeats} segments were begun anew"
        )
    if outcome.removed:
        lines.append(f"removed {outcome.removed} unfinished files of an earlier run")
    lines += [f"{error.what}: {error.how}" for error in outcome.failed.values()]
    return "\n".join(lines)


def reading_as_document(count: int, size_bytes: int, lost: Sequence[Lost]) -> dict[str, object]:
    """Give the JSON document of a ledger that was read back."""
    return {
        "segments": count,
        "read_bytes": size_bytes,
        "lost": [
            {"path": one.entry.path, "camera": one.entry.camera, "why": one.why} for one in lost
        ],
    }


def reading_as_text(count: int, size_bytes: int, lost: Sequence[Lost]) -> str:
    """Give a line for the ledger, and one for each of the first segments that are lost."""
    if not count:
        return "the ledger has no segment on this cluster"
    if not lost:
        return f"all {count:,} segments are there as they were stored, {size_bytes:,} bytes"
    lines = [f"{len(lost):,} of {count:,} segments are not as they were stored"]
    lines += [f"  {one.entry.path}: {one.why}" for one in lost[:_MOST_LISTED]]
    if len(lost) > _MOST_LISTED:
        lines.append(f"  and {len(lost) - _MOST_LISTED:,} more; --json has them all")
    return "\n".join(lines)


def _cameras(posts: Sequence[Manned]) -> int:
    return sum(len(manned.post.feeds) for manned in posts)


def _planned_mbps(posts: Sequence[Manned]) -> float:
    return sum(feed.mbps for manned in posts for feed in manned.post.feeds)


def _stall(worst: Stall | None) -> dict[str, object] | None:
    if worst is None:
        return None
    return {"ms": round(worst.ms, 3), "call": worst.call, "camera": worst.camera}
