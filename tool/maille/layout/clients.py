"""The keys of the services, by the least that each one needs.

A recorder writes where its commune's images are kept, and nowhere else. An exporter reads
recordings and writes legal holds; a verifier reads both; what expires recordings may take names
away and reads no image: Ceph's own servers erase the contents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.layout import names
from maille.layout.model import Grant, ServiceClient

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.layout.model import Share


def clients_of(estate: str, subvolumes: Iterable[Share]) -> Iterator[ServiceClient]:
    """Give the clients of an estate, the communes' recorders first."""
    for subvolume in subvolumes:
        if subvolume.commune is not None:
            yield ServiceClient(
                entity=names.client(subvolume.name, "recorder"),
                service="recorder",
                grants=(
                    Grant(group=subvolume.group, subvolume=subvolume.name, rights="rw", data="rw"),
                ),
                commune=subvolume.commune,
            )
    recordings = estate
    holds, area = names.holds_group(estate), names.holds_subvolume(estate)
    reading = Grant(group=recordings, subvolume=None, rights="r", data="r")
    yield ServiceClient(
        entity=names.client(estate, "exporter"),
        service="exporter",
        grants=(reading, Grant(group=holds, subvolume=area, rights="rw", data="rw")),
    )
    yield ServiceClient(
        entity=names.client(estate, "verifier"),
        service="verifier",
        grants=(reading, Grant(group=holds, subvolume=area, rights="r", data="r")),
    )
    yield ServiceClient(
        entity=names.client(estate, "expirer"),
        service="expirer",
        grants=(Grant(group=recordings, subvolume=None, rights="rw", data=None),),
    )
