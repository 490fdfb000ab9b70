"""What goes, or went, of every subvolume."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from maille.retention.expire.plan import Due
    from maille.retention.promise import Area


@dataclass(slots=True)
class Sum:
    """Of one subvolume, added up while its days are read."""

    area: Area
    segments: int = 0
    size_bytes: int = 0
    oldest: datetime | None = None
    newest: datetime | None = None
    held: Counter[str] = field(default_factory=Counter)
    """Segments kept back, by the reference of the requisition that asks for them."""

    def take(self, due: Iterable[Due]) -> None:
        """Count what goes."""
        for one in due:
            segment = one.segment
            self.segments += 1
            self.size_bytes += segment.size_bytes
            self.oldest = min(self.oldest or segment.start, segment.start)
            self.newest = max(self.newest or one.end, one.end)
