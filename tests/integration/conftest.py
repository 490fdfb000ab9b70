"""Real components for tests; where one cannot be started its tests fail, and say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.clusters import new_folder, shared_cluster

from maille.twin.cluster.lifecycle import start, stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from maille.twin.cluster.layout import Layout
    from maille.twin.cluster.record import Record


@pytest.fixture(scope="session")
def cluster(testrun_uid: str) -> Record:
    """Give the cluster that the whole run shares: use names of your own, break nothing."""
    return shared_cluster(testrun_uid)


@pytest.fixture
def cluster_folder(testrun_uid: str) -> Iterator[Path]:
    """Give an empty folder for a cluster; whatever runs in it ends with the test."""
    folder = new_folder(testrun_uid)
    yield folder
    stop(folder, erase=True)


@pytest.fixture
def make_cluster(testrun_uid: str) -> Iterator[Callable[[Layout], Record]]:
    """Give a function that starts a cluster to be broken; it ends with the test."""
    folders: list[Path] = []

    def make(layout: Layout) -> Record:
        folders.append(new_folder(testrun_uid))
        return start(folders[-1], layout)

    yield make
    for folder in folders:
        stop(folder, erase=True)
