"""A cluster of this folder's own, with room for two file systems, and things with names on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.clusters import start_own
from tests.integration.ceph.things import Things

from maille.ceph.connection import connect
from maille.twin.cluster.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.ceph.connection import Cluster

SPARE = Layout(hosts=3, osds_per_host=2, racks=3, mdss=2)


@pytest.fixture(scope="package")
def ceph(testrun_uid: str) -> Iterator[Cluster]:
    """Give an open connection to a cluster that only the tests of this folder use."""
    with start_own(testrun_uid, SPARE) as record, connect(record.access()) as cluster:
        yield cluster


@pytest.fixture
def things(ceph: Cluster, request: pytest.FixtureRequest) -> Iterator[Things]:
    """Give wishes with names of this test's own; what was made of them goes with it."""
    made = Things(ceph, f"t{abs(hash(request.node.nodeid)) % 10**8}")
    yield made
    made.clear()
