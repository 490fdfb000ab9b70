"""Nothing is lost by a change of the inventory: what still holds recordings stays a while.

A commune that leaves loses its recorder's key at once, and its share once it is empty. A quota
is not lowered below what is in use. Both go with a later run, after what is past its retention
has expired, or at once where the share is named by `erase`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.layout.bound import bounded
from maille.layout.model import Layout, Share

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from maille.ceph.usage import Usage


@dataclass(frozen=True, slots=True)
class Held:
    """A share that stays as it is although the inventory wants less of it."""

    share: Share
    wanted_bytes: int
    """0: none of it."""
    used_bytes: int
    files: int

    @property
    def leaving(self) -> bool:
        """Say whether the share is to go altogether."""
        return not self.wanted_bytes


def hold_back(
    layout: Layout, live: Mapping[str, Usage], ours: frozenset[str], erase: Collection[str] = ()
) -> tuple[Layout, tuple[Held, ...]]:
    """Give the layout that loses nothing, and what it holds back.

    Args:
        layout: what the inventory wants.
        live: the subvolumes of the estate's group as they are.
        ours: the names of those that are this estate's.
        erase: the names of those that may go with all that they hold.
    """
    held = (*_leaving(layout, live, ours, erase), *_shrinking(layout, live))
    kept = {one.share.name: one.share for one in held}
    whole = layout.model_copy(update={"subvolumes": layout.subvolumes | kept})
    return bounded(whole), held


def given_up(
    layout: Layout, live: Mapping[str, Usage], ours: frozenset[str], erase: Collection[str]
) -> tuple[Usage, ...]:
    """Give the shares that go with recordings in them, for they are named by `erase`."""
    leaving = ours & live.keys() & set(erase) - layout.subvolumes.keys()
    return tuple(live[name] for name in sorted(leaving) if not live[name].empty)


def _leaving(
    layout: Layout, live: Mapping[str, Usage], ours: frozenset[str], erase: Collection[str]
) -> Iterator[Held]:
    for name in sorted(ours & live.keys() - layout.subvolumes.keys() - set(erase)):
        usage = live[name]
        if not usage.empty:
            yield Held(_as_it_is(layout, usage), 0, usage.used_bytes, usage.files)


def _shrinking(layout: Layout, live: Mapping[str, Usage]) -> Iterator[Held]:
    for name, share in layout.subvolumes.items():
        usage = live.get(name)
        if usage and share.quota_bytes < usage.used_bytes <= usage.quota_bytes:
            kept = share.model_copy(update={"quota_bytes": usage.quota_bytes})
            yield Held(kept, share.quota_bytes, usage.used_bytes, usage.files)


def _as_it_is(layout: Layout, usage: Usage) -> Share:
    owner = next((one for one in layout.subvolumes.values() if one.commune is not None), None)
    return Share(
        filesystem=layout.filesystem.name,
        group=layout.estate,
        name=usage.name,
        quota_bytes=usage.quota_bytes,
        uid=owner.uid if owner else 0,
        gid=owner.gid if owner else 0,
        commune=None,
        title=usage.name,
    )
