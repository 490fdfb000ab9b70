"""Two estates on one cluster and one file system; the one's name begins as the other's does.

Both had another erasure code before, and so a former pool beside that of today.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.clusters import start_own
from tests.estates import INVENTORY, built
from tests.provisioning import provision

from maille.ceph.connection import connect
from maille.layout.build import layout_of
from maille.layout.coded import pool_of, rule_of
from maille.layout.model import FormerPool, Layout
from maille.layout.scale import parse_scale
from maille.twin.cluster.layout import Layout as ClusterLayout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.ceph.connection import Cluster
    from maille.layout.model import Share
    from maille.twin.cluster.record import Record

ESTATE = "chartres"
OTHER = "chartres-sud"
COMMUNES = {ESTATE: ("28004", "28006", "28022", "28085"), OTHER: ("28004", "28085")}
SCALE = parse_scale("1/20000")


@dataclass(frozen=True, slots=True)
class Estates:
    """Both of them, with some communes each, and who looks after the cluster."""

    record: Record
    cluster: Cluster
    layouts: tuple[Layout, Layout]
    paths: dict[str, str]
    """The folder of each subvolume of both."""

    @property
    def filesystem(self) -> str:
        return self.layouts[0].filesystem.name

    def shares(self) -> list[tuple[Layout, Share]]:
        """Give every area that was made, with its estate's layout."""
        return [
            (layout, share)
            for layout in self.layouts
            for share in layout.subvolumes.values()
            if share.name in self.paths
        ]


def layout() -> Layout:
    """Give the sample estate's layout, at the laboratory's scale."""
    return layout_of(built(INVENTORY / ESTATE).blueprint, SCALE)


def renamed(found: Layout) -> Layout:
    """Give the same layout for an estate of another name, on the same file system."""
    return Layout.model_validate_json(found.model_dump_json().replace(ESTATE, OTHER))


def before(found: Layout) -> Layout:
    """Give what a layout was with another code; its pool is small, for it has two beside it."""
    code = found.profile.model_copy(update={"name": f"{found.estate}-ec-2-2", "k": 2})
    pool = pool_of(code, pg_num=8, quota_bytes=found.data_pool.quota_bytes, estate=found.estate)
    return found.model_copy(
        update={
            "profile": code,
            "rules": (*(rule for rule in found.rules if rule.profile is None), rule_of(code)),
            "data_pool": pool,
            "groups": tuple(group.model_copy(update={"pool": pool.name}) for group in found.groups),
        }
    )


def after(found: Layout, former: Layout) -> Layout:
    """Give a layout beside what was before it."""
    left = FormerPool(profile=former.profile, rule=rule_of(former.profile), pool=former.data_pool)
    return found.model_copy(update={"former": (left,)})


@contextmanager
def both(run: str) -> Iterator[Estates]:
    """Provision both on a cluster of their own."""
    wanted = layout()
    here = after(wanted, before(wanted))
    with (
        start_own(run, ClusterLayout(hosts=7, racks=3)) as record,
        connect(record.access()) as cluster,
    ):
        layouts = (here, renamed(here))
        paths: dict[str, str] = {}
        for each in layouts:
            with connect(record.access()) as own:  # as two administrators have
                provision(own, before(each), COMMUNES[each.estate])
                paths |= provision(own, each, COMMUNES[each.estate])
        yield Estates(record, cluster, layouts, paths)
