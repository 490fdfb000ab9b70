"""An estate is given up once its holds are released, though their register is to stay for years."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.estates import INVENTORY, built, copy, maille
from tests.provisioning import provision

from maille.ceph import tell
from maille.ceph.connection import connect
from maille.ceph.deletion import OPTION
from maille.holds.model import Asked, Deed, Hold, Step, Window
from maille.holds.register import IMAGES, MANIFEST, Register
from maille.holds.remains import area_of
from maille.layout.scale import parse_scale
from maille.recording.assembly import assemble
from maille.retention.places import Group
from maille.twin.cluster.layout import GIB, Layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from maille.ceph.connection import Cluster
    from maille.holds.store import Store
    from maille.twin.cluster.record import Record

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAME = "pv-2026-01234"


def hold(*deeds: Deed) -> Hold:
    steps = tuple(Step(deed=deed, at=NOW, author="me", reason="requisition") for deed in deeds)
    asked = Asked(
        authority="gendarmerie",
        agent="Adjudant Martin",
        reference="PV 2026/01234",
        cameras=("26169-0001",),
        windows=(Window(start=NOW - timedelta(hours=1), end=NOW),),
        deadline=NOW + timedelta(days=3),
    )
    return Hold(name=NAME, asked=asked, owed=(), steps=steps)


def put(area: Store, *deeds: Deed) -> None:
    """Register a hold with a copy and its digest."""
    for folder in (IMAGES, MANIFEST):
        area.make_folder(f"/{NAME}/{folder}")
    area.write(f"/{NAME}/{IMAGES}/copy.mp4", [b"image"])
    area.write(f"/{NAME}/{MANIFEST}/run.jsonl", [b"{}\n"])
    Register(area).save(hold(*deeds))


@pytest.mark.parametrize("where", ["monitor", "settings"])
def test_nothing_goes_where_no_pool_may_be_deleted(
    make_cluster: Callable[[Layout], Record], tmp_path: Path, where: str
) -> None:
    record = make_cluster(Layout(hosts=5, racks=1, osd_size_bytes=8 * GIB))
    estate = copy(INVENTORY / "malataverne", tmp_path)
    env = {"CEPH_CONF": str(record.conf), "MAILLE_STORAGE_SCALE": "1/20000"}
    blueprint = built(estate).blueprint
    with connect(record.access()) as cluster:
        provision(cluster, assemble(blueprint, cluster, parse_scale("1/20000")).layout)
        if where == "monitor":
            tell.mon(cluster, "a", "config set", var=OPTION, val=["false"])
        else:
            cluster.mon("config set", who="mon", name=OPTION, value="false")
        before = marks(cluster)
        refused = maille("storage", "destroy", estate, "--name", "malataverne", env=env)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "lets no pool be deleted, and nothing was removed" in refused.stderr
        assert "`ceph config set mon mon_allow_pool_delete true`" in refused.stderr
        assert marks(cluster) == before


def marks(cluster: Cluster) -> list[str]:
    """Give what says whose things are on a cluster; it goes with each of them."""
    return [key for key in cluster.mon("config-key ls") if key.startswith("maille/")]


def test_released_holds_do_not_keep_an_estate(
    make_cluster: Callable[[Layout], Record], tmp_path: Path
) -> None:
    record = make_cluster(Layout(hosts=5, racks=1, osd_size_bytes=8 * GIB))
    estate = copy(INVENTORY / "malataverne", tmp_path)
    env = {"CEPH_CONF": str(record.conf), "MAILLE_STORAGE_SCALE": "1/20000"}
    group = Group("malataverne", "enregistrements")
    up = maille("storage", "up", estate, "--yes", env=env)
    assert up.returncode == 0, up.stderr

    with connect(record.access()) as cluster, area_of(cluster, group) as area:
        assert area
        put(area, "requested", "copied", "exported")
    refused = maille("storage", "destroy", estate, "--name", "malataverne", env=env)
    assert refused.returncode == 1
    assert "malataverne holds recordings in 1 share: legal holds" in refused.stderr

    with connect(record.access()) as cluster, area_of(cluster, group) as area:
        assert area
        Register(area).drop_images(NAME, lambda: None)
        Register(area).save(hold("requested", "copied", "exported", "released"))
    unnamed = maille("storage", "destroy", estate, env=env)
    assert unnamed.returncode == 2
    assert f"the register of 1 released hold goes, too: {NAME}" in unnamed.stderr
    with connect(record.access()) as cluster, area_of(cluster, group) as area:
        assert area
        assert [one.name for one in Register(area).holds()] == [NAME]

    done = maille("storage", "destroy", estate, "--name", "malataverne", env=env)
    assert done.returncode == 0, done.stderr
    with connect(record.access()) as cluster:
        assert cluster.mon("fs ls") == []
