"""Which resources a run is limited to: the shares of some communes, and what they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.errors import UsageError
from maille.inventory.suggest import unknown
from maille.layout.names import client

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maille.layout.model import Layout

WHOLE = ("**maille:recording:Recordings::*", "**pulumi:providers:ceph::*")
"""What every run needs: the component that all is in, and the provider."""
_BELOW = ("HealthGate", "ErasureCodeProfile", "CrushRule", "Pool", "FileSystem", "SubvolumeGroup")


def targets_of(layout: Layout, communes: Sequence[str]) -> tuple[str, ...]:
    """Give the patterns of the resources to run; none where no commune is named.

    Raises:
        UsageError: a commune has no share.
    """
    if not communes:
        return ()
    known = {share.commune for share in layout.subvolumes.values() if share.commune}
    for insee in communes:
        if insee not in known:
            raise UsageError(*unknown("commune", insee, sorted(known)))
    below = (f"**ceph:index:{kind}::*" for kind in _BELOW)
    return (*WHOLE, *below, *_shares(layout, set(communes)))


def _shares(layout: Layout, communes: set[str]) -> Iterator[str]:
    for share in layout.subvolumes.values():
        if share.commune in communes:
            yield f"**ceph:index:Subvolume::{share.name}"
            yield f"**ceph:index:Client::{client(share.name, 'recorder')}"
