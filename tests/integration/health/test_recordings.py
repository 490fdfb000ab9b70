"""The newest segments, read from a real CephFS: what tells *up and not recording*."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.clusters import start_own
from tests.estates import COMPLETE, built, copy
from tests.provisioning import provision

from maille.ceph.connection import Access, connect
from maille.ceph.mount import mounted
from maille.cli.health.recordings import newest_segments
from maille.layout.build import layout_of
from maille.layout.scale import parse_scale
from maille.retention.segments.names import path_of
from maille.twin.cluster.layout import Layout

if TYPE_CHECKING:
    from pathlib import Path

COMMUNE, CAMERA = "28085", "28085-0001"
AGE = timedelta(hours=2)


def test_a_camera_that_stopped_recording_has_an_age_and_one_that_never_did_none(
    testrun_uid: str, tmp_path: Path
) -> None:
    estate = copy(COMPLETE, tmp_path)
    blueprint = built(estate).blueprint
    layout = layout_of(blueprint, parse_scale("1/20000"))
    at = datetime.now(tz=UTC)
    with start_own(testrun_uid, Layout(hosts=layout.hosts, racks=1)) as record:
        access = Access(record.conf)
        with connect(access) as cluster:
            paths = provision(cluster, layout)
        with mounted(access, layout.filesystem.name) as mount:
            begin = at - AGE - timedelta(minutes=10)
            path = f"{paths[f'complete-{COMMUNE}']}/{path_of(CAMERA, begin)}"
            mount.mkdirs(path.rpartition("/")[0], 0o755)
            handle = mount.open(path, "w", 0o644)
            mount.write(handle, b"segment", 0)
            mount.close(handle)
            ended = (at - AGE).timestamp()
            mount.utimes(path, (ended, ended))
            mount.sync_fs()
        found = dict(newest_segments(blueprint, estate, record.conf, {COMMUNE}, at))
    assert found.pop(CAMERA) == pytest.approx(AGE.total_seconds(), abs=5)
    assert found
    assert set(found.values()) == {None}
