"""What a requisition comes to: what can be copied, what is missing, what to warn of. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.errors import MailleError
from maille.retention.said import at, many

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from maille.holds.coverage import Coverage
    from maille.holds.model import Asked, Gap, Span


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is of what is asked for."""

    asked: Asked
    coverages: tuple[Coverage, ...]
    now: datetime

    @property
    def segments(self) -> int:
        """Count the segments that can be copied now."""
        return sum(len(one.ready) for one in self.coverages)

    @property
    def size_bytes(self) -> int:
        """Give what they take."""
        return sum(one.segment.size_bytes for each in self.coverages for one in each.ready)

    @property
    def copied(self) -> int:
        """Count the segments that are copied already."""
        return sum(len(one.copied) for one in self.coverages)

    @property
    def owed(self) -> tuple[Span, ...]:
        """Give what is not copied and must not expire."""
        return tuple(span for one in self.coverages for span in one.owed)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Give the times without images, of all cameras."""
        return tuple(gap for one in self.coverages for gap in one.gaps)

    @property
    def empty(self) -> bool:
        """Say whether there is nothing of it, and nothing to come."""
        return not (self.copied or self.owed)

    def warnings(self) -> Iterator[str]:
        """Give what whoever answers has to know before."""
        deadline = self.asked.deadline
        expires = min((one.expires for one in self.coverages if one.expires), default=None)
        if deadline < self.now:
            yield f"the deadline, {at(deadline)}, is over"
        elif expires and expires < deadline:
            yield (
                f"the first images that are not copied yet may be erased from {at(expires)} on,"
                f" before the deadline, {at(deadline)}"
            )
        expired = [gap for gap in self.gaps if gap.why == "expired"]
        if expired:
            cameras = many(len({gap.camera for gap in expired}), "camera")
            yield f"part of what is asked for had expired already, of {cameras}"
        last = max(window.end for window in self.asked.windows)
        if last > deadline:
            yield f"what is asked for ends at {at(last)}, after the deadline, {at(deadline)}"
        elif last > self.now:
            yield (
                f"what is asked for ends at {at(last)}: run `maille hold copy` until then, as"
                " often as recordings expire"
            )


def require_some(plan: Plan) -> None:
    """Refuse a requisition that nothing is there of, and nothing will be."""
    if plan.empty:
        raise MailleError(
            "no image that is asked for is there, and none is to come",
            "see cameras and times; `maille storage verify` tells how far back images reach",
        )


def require_room(plan: Plan, quota_bytes: int, used_bytes: int) -> None:
    """Refuse what the area of holds has no room for, with the numbers."""
    room = quota_bytes - used_bytes
    if quota_bytes and plan.size_bytes > room:
        raise MailleError(
            f"{plan.size_bytes:,} bytes are to be copied, and the area of holds has room for"
            f" {max(0, room):,}: {used_bytes:,} of its {quota_bytes:,} are used",
            "hand over and release what is due (`maille hold list`), or raise storage.hold_share"
            " in estate.yaml and run `maille storage up`",
        )
