"""Nothing that holds recordings is removed by removing an estate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.ceph.errors import ProtectedError
from maille.recording.terms.as_text import size
from maille.retention.said import many

if TYPE_CHECKING:
    from collections.abc import Collection

    from maille.layout.model import Layout
    from maille.recording.drift.judge import Surroundings

_NAMED = 8
"""As many shares are named in a message."""


def require_empty(around: Surroundings, layout: Layout, given_up: Collection[str] = ()) -> None:
    """Pass if no share of the estate holds a file.

    Args:
        around: what is on the cluster.
        layout: the estate's shares.
        given_up: shares whose files are no recordings, and need not be kept.

    Raises:
        ProtectedError: some do; the message names them.
    """
    full = [
        usage
        for name, usage in sorted(around.shares.items())
        if not usage.empty and name not in given_up
    ]
    if not full:
        return
    titles = [
        f"{layout.subvolumes[usage.name].title if usage.name in layout.subvolumes else usage.name}"
        f" {size(usage.used_bytes)}"
        for usage in full[:_NAMED]
    ]
    more = f" and {len(full) - _NAMED} more" if len(full) > _NAMED else ""
    raise ProtectedError(
        f"{layout.estate} holds recordings in {many(len(full), 'share')}:"
        f" {', '.join(titles)}{more}",
        "let them expire (`maille storage expire`), and release legal holds"
        " (`maille hold release`), first",
    )
