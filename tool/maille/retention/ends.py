"""When a segment's images end.

The name of the default convention says only when they begin. Reading the duration of 720,000
containers takes hours, and the next segment's start would hide every gap; so the end is when the
file was last written to. That holds for whoever writes as the images come. Where that time
cannot be (before the start, or longer after it than a segment lasts) the file was touched since
or a clock was wrong: the planned length counts, and `agree` says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from maille.retention.promise import Rule
    from maille.retention.segments.model import Segment


def end_of(segment: Segment, rule: Rule) -> datetime:
    """Give when the images of a segment end."""
    if segment.named.end:
        return segment.named.end
    return segment.mtime if agree(segment, rule) else segment.start + rule.segment


def agree(segment: Segment, rule: Rule) -> bool:
    """Say whether a segment was last written to when its name says that it was recorded."""
    if segment.named.end:
        return abs(segment.mtime - segment.named.end) <= rule.gap
    return segment.start <= segment.mtime <= segment.start + rule.longest_segment


def past(segment: Segment, rule: Rule, now: datetime) -> bool:
    """Say whether no image of a segment is within the promise any more.

    The planned length counts where the images end earlier, so that what is erased, and when,
    follows from the name: `days + segment` after the start.
    """
    return max(end_of(segment, rule), segment.start + rule.segment) + rule.days <= now
