"""Real components for tests; where one cannot be started its tests fail, and say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.agents import own_agents, shared_agents
from tests.clusters import new_folder, shared_cluster

from maille.twin.cluster.lifecycle import start, stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from maille.twin.agents.record import Record as Agents
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


@pytest.fixture(scope="session")
def agents(testrun_uid: str) -> Agents:
    """Give the agents of Malataverne that the whole run shares: break nothing of them."""
    return shared_agents(testrun_uid, "malataverne")


@pytest.fixture(scope="module")
def breakable_agents(testrun_uid: str) -> Iterator[Agents]:
    """Give agents of Malataverne to be broken; whoever breaks them mends them."""
    with own_agents(testrun_uid, "malataverne") as record:
        yield record


@pytest.fixture(scope="session")
def chartres_agents(testrun_uid: str) -> Agents:
    """Give the agents of all that is in service in Chartres: break nothing of them."""
    return shared_agents(testrun_uid, "chartres")
