"""The runbooks on health, each followed on agents of its own: every command, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.clusters import new_folder
from tests.runbooks import clone, follow

from maille.twin.agents import lifecycle as agents
from maille.twin.cluster import lifecycle as cluster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def lab(testrun_uid: str) -> Iterator[Path]:
    """Give an empty folder for agents; whatever runs in it ends with the test."""
    folder = new_folder(testrun_uid)
    yield folder
    agents.stop(folder, erase=True)


@pytest.fixture
def practice(tmp_path: Path, lab: Path) -> Path:
    """Give a clone whose folder `lab` is that of the agents: sockets need a short path."""
    folder = clone(tmp_path / "clone", "inventory", "runbooks")
    (folder / "lab").symlink_to(lab)
    return folder


def test_a_camera_that_is_down(practice: Path) -> None:
    printed = follow("a-camera-is-down.md", practice)
    assert "H013 sends no video" in printed


def test_a_commune_that_is_dark(practice: Path) -> None:
    follow("a-commune-is-dark.md", practice)


def test_a_ring_that_is_degraded(practice: Path) -> None:
    printed = follow("ring-degraded.md", practice)
    assert "WARNING - 26169-entree-nord up: no longer redundant: link village/1" in printed


def test_management_that_is_lost(practice: Path) -> None:
    follow("management-lost.md", practice)


def test_adding_a_device_model(tmp_path: Path, lab: Path) -> None:
    folder = clone(tmp_path / "clone", "inventory", "runbooks", "tool")
    (folder / "lab").symlink_to(lab)
    follow("adding-a-device-model.md", folder)


def test_a_camera_that_is_up_and_not_recorded(practice: Path, testrun_uid: str) -> None:
    storage = new_folder(testrun_uid)
    (practice / "storage").symlink_to(storage)
    try:
        follow("camera-up-but-not-recording.md", practice)
    finally:
        cluster.stop(storage, erase=True)
