"""How much an estate's pool takes: a folder's quota binds CephFS alone, and no key by RADOS."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.layout.model import Layout, Share

ABOVE_SHARES = Fraction(11, 10)
"""Of the sum of the shares' quotas. More than they let in is there while what was unlinked is not
erased yet: the tenth is a day and a half of fifteen. And disks that sizing fills to 0.80, with a
host lost, come to 0.88 then: below backfillfull, so that neighbours go on."""


def pool_quota(shares: Iterable[Share]) -> int:
    """Give the bytes, coding aside, that the pool behind some shares may hold."""
    return round(sum(share.quota_bytes for share in shares) * ABOVE_SHARES)


def bounded(layout: Layout) -> Layout:
    """Give a layout whose pool is bound by the shares that it has now."""
    quota = pool_quota(layout.subvolumes.values())
    pool = layout.data_pool.model_copy(update={"quota_bytes": quota})
    return layout.model_copy(update={"data_pool": pool})
