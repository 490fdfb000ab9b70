"""The runbooks on storage, each followed on a cluster of its own: every command, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.runbooks import clone, follow

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def practice(tmp_path: Path, cluster_folder: Path) -> Path:
    """Give a clone whose folder `lab` is that of the cluster: sockets need a short path."""
    folder = clone(tmp_path / "clone", "inventory", "runbooks")
    (folder / "lab").symlink_to(cluster_folder)
    return folder


def test_a_first_provisioning(practice: Path) -> None:
    follow("first-provisioning.md", practice)
    assert not (practice / "keys").exists()


def test_adding_recording_for_a_batch(practice: Path) -> None:
    printed = follow("adding-recording-for-a-batch.md", practice)
    assert "  ~ Briconville (28060): " in printed


def test_replacing_a_failed_disk(practice: Path) -> None:
    follow("replacing-a-failed-disk.md", practice)


def test_losing_a_host(practice: Path) -> None:
    follow("losing-a-host.md", practice)


def test_planned_maintenance(practice: Path) -> None:
    follow("planned-maintenance.md", practice)


def test_a_cluster_that_fills_up(practice: Path) -> None:
    follow("cluster-filling-up.md", practice)


def test_changing_the_retention(practice: Path) -> None:
    follow("changing-the-retention.md", practice)


def test_moving_to_a_larger_erasure_code(practice: Path) -> None:
    printed = follow("moving-to-a-larger-erasure-code.md", practice)
    assert "as they were copied" in printed


def test_rotating_keys(practice: Path) -> None:
    follow("rotating-keys.md", practice)


def test_restoring_a_lost_state(practice: Path) -> None:
    follow("restoring-a-lost-state.md", practice)


def test_removing_a_commune(practice: Path) -> None:
    follow("removing-a-commune.md", practice)
