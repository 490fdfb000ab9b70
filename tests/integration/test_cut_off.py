"""A run that was killed before it wrote anything down: what it made is found, and not forgotten."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.estates import INVENTORY, copy, maille

from maille.ceph.clients import CLIENT
from maille.ceph.connection import connect
from maille.ceph.making import create
from maille.ceph.model import Client, Subvolume
from maille.ceph.subvolumes import SUBVOLUME
from maille.twin.cluster.layout import GIB, Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from subprocess import CompletedProcess

    from maille.ceph.connection import Cluster
    from maille.twin.cluster.record import Record

    Storage = Callable[..., CompletedProcess[str]]

NAME = "malataverne"
KEY = Client(entity=f"client.{NAME}-26999.recorder", caps={"mon": "allow r"})
SHARE = Subvolume(
    filesystem="enregistrements", group=NAME, name=f"{NAME}-26999", quota_bytes=64 << 20
)


@pytest.fixture
def record(make_cluster: Callable[[Layout], Record]) -> Record:
    return make_cluster(Layout(hosts=5, racks=1, osd_size_bytes=8 * GIB))


@pytest.fixture
def ceph(record: Record) -> Iterator[Cluster]:
    with connect(record.access()) as cluster:
        yield cluster


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    return copy(INVENTORY / NAME, tmp_path)


@pytest.fixture
def storage(record: Record, estate: Path) -> Storage:
    def run(command: str, *words: str) -> CompletedProcess[str]:
        env = {"CEPH_CONF": str(record.conf), "MAILLE_STORAGE_SCALE": "1/20000"}
        done = maille("storage", command, estate, *words, env=env)
        assert done.returncode == 0, done.stderr
        return done

    return run


def cut_off(estate: Path) -> None:
    """Leave the estate's folder as an `up` does that was killed at its very end."""
    shutil.rmtree(estate / ".maille" / "state")
    (estate / ".maille" / "unfinished").write_text("up")


def marks(ceph: Cluster) -> list[str]:
    return [key for key in ceph.mon("config-key ls") if key.startswith("maille/")]


def test_the_next_run_takes_all_of_it_and_removes_what_is_not_wanted(
    storage: Storage, estate: Path, ceph: Cluster
) -> None:
    storage("up", "--yes")
    before = marks(ceph)
    create(ceph, CLIENT, KEY, owner=NAME)
    create(ceph, SUBVOLUME, SHARE, owner=NAME)
    cut_off(estate)
    assert "removed" not in storage("up", "--yes", "--commune", "26169").stderr
    assert CLIENT.read(ceph, KEY) == KEY
    said = storage("up", "--yes").stderr
    assert f"removed {KEY.entity}," in said
    assert f"removed enregistrements/{NAME}/{SHARE.name}," in said
    assert CLIENT.read(ceph, KEY) is None
    assert SUBVOLUME.read(ceph, SHARE) is None
    assert marks(ceph) == before
    again = storage("up", "--yes")
    assert "nothing changes" in again.stdout
    assert "cut off" not in again.stderr


def test_an_estate_goes_whole_although_no_state_knows_of_it(
    storage: Storage, estate: Path, ceph: Cluster
) -> None:
    storage("up", "--yes")
    cut_off(estate)
    storage("destroy", "--name", NAME)
    assert marks(ceph) == []
    assert not [one for one in ceph.mon("auth ls")["auth_dump"] if NAME in one["entity"]]
    assert not [pool for pool in ceph.mon("osd pool ls") if NAME in pool]
