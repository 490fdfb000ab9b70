"""What a run made that was cut off before it could write it down, and nobody wants any more.

What the inventory still names the next run finds by its mark, and takes it for its own. The rest
is in no state, so no run of the engine would remove it: a key would go on opening recordings.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from maille.ceph.making import remove
from maille.ceph.ownership import owned
from maille.infra.provider.resources import client, subvolume

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.ceph.connection import Cluster
    from maille.infra.provider.handler import Handler
    from maille.layout.model import Layout


def clear(cluster: Cluster, layout: Layout) -> tuple[str, ...]:
    """Remove the keys and shares that are the estate's by their mark, and not in its layout.

    Raises:
        ProtectedError: such a share holds files.
        CephError: the cluster refused.
    """
    found = tuple(_leftovers(cluster, layout))
    for handler, ident in found:
        value = handler.named(ident)
        gone = partial(handler.delete, cluster, value, False)
        remove(cluster, handler.kind, value, owner=layout.estate, delete=gone)
    return tuple(ident for _, ident in found)


def _leftovers(cluster: Cluster, layout: Layout) -> Iterator[tuple[Handler[Any], str]]:
    estate, filesystem = layout.estate, layout.filesystem.name
    for entity in sorted(owned(cluster, estate, "client") - layout.clients.keys()):
        yield client.HANDLER, entity
    shares = owned(cluster, estate, "subvolume", filesystem)
    for name in sorted(shares - layout.subvolumes.keys()):
        yield subvolume.HANDLER, f"{filesystem}/{estate}/{name}"
