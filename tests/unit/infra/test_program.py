"""The program for `pulumi up` by hand: what it registers of a layout that `maille build` wrote."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from tests.estates import COMPLETE, ROOT, built

from maille.infra.provider.schema import schema
from maille.layout.build import layout_of
from maille.layout.coded import pool_of, rule_of
from maille.layout.model import FormerPool
from maille.layout.scale import parse_scale

if TYPE_CHECKING:
    from pathlib import Path

    from maille.layout.model import Layout

Noted = dict[str, Any]


def run(**settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.unit.infra.mocked", json.dumps(settings)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def layout() -> Layout:
    return layout_of(built(COMPLETE).blueprint, parse_scale("1/20000"))


@pytest.fixture(scope="module")
def noted(layout: Layout, tmp_path_factory: pytest.TempPathFactory) -> list[Noted]:
    file = tmp_path_factory.mktemp("program") / "layout.json"
    file.write_text(layout.model_dump_json(indent=1), encoding="utf-8")
    done = run(layout=str(file), conf="/etc/ceph/ceph.conf", key="env:CEPH_KEY")
    assert done.returncode == 0, done.stderr
    found: list[Noted] = json.loads(done.stdout)
    return found


def of(noted: list[Noted], kind: str) -> dict[str, Noted]:
    return {one["name"]: one for one in noted if one["type"] == f"ceph:index:{kind}"}


def test_everything_of_the_layout_is_registered_once(layout: Layout, noted: list[Noted]) -> None:
    assert Counter(one["type"] for one in noted) == {
        "pulumi:providers:ceph": 1,
        "maille:recording:Recordings": 1,
        "ceph:index:HealthGate": 1,
        "ceph:index:ErasureCodeProfile": 1,
        "ceph:index:CrushRule": len(layout.rules),
        "ceph:index:Pool": len(layout.pools),
        "ceph:index:FileSystem": 1,
        "ceph:index:SubvolumeGroup": len(layout.groups),
        "ceph:index:Subvolume": len(layout.subvolumes),
        "ceph:index:Client": len(layout.clients),
    }
    assert set(of(noted, "Subvolume")) == set(layout.subvolumes)
    assert set(of(noted, "Client")) == set(layout.clients)


def test_the_provider_is_told_whose_cluster_it_is_and_all_use_it(noted: list[Noted]) -> None:
    (provider,) = (one for one in noted if one["type"] == "pulumi:providers:ceph")
    assert provider["inputs"] == {
        "owner": "complete",
        "conf": "/etc/ceph/ceph.conf",
        "key": "env:CEPH_KEY",
    }
    things = [one for one in noted if one["type"].startswith("ceph:")]
    assert {one["provider"].partition("::id")[0] for one in things} == {provider["urn"]}
    (whole,) = (one for one in noted if one["type"].startswith("maille:"))
    assert {one["parent"] for one in things} == {whole["urn"]}


def test_inputs_are_those_of_the_schema(noted: list[Noted]) -> None:
    resources = schema()["resources"]
    for one in noted:
        if one["type"].startswith("ceph:"):
            wanted = resources[one["type"]]
            assert set(one["inputs"]) <= set(wanted["inputProperties"]), one["name"]
            assert set(one["inputs"]) >= set(wanted["requiredInputs"]), one["name"]


def test_quotas_are_those_of_the_layout(layout: Layout, noted: list[Noted]) -> None:
    for name, one in of(noted, "Subvolume").items():
        assert one["inputs"]["quotaBytes"] == layout.subvolumes[name].quota_bytes


def test_a_key_names_folder_and_namespace_as_they_were_made_and_the_estates_pools(
    noted: list[Noted],
) -> None:
    caps = of(noted, "Client")["client.complete-28085.recorder"]["inputs"]["caps"]
    assert caps["mds"] == "allow rw fsname=images path=/made/complete-28085"
    assert caps["osd"] == "allow rw namespace=fsvolumens_complete-28085 tag maille owner=complete"
    pool = of(noted, "Pool")["complete-ec-2-2"]["inputs"]
    assert pool["tag"] == "complete"


def test_a_former_pool_is_registered_with_its_code_and_nothing_is_made_in_it(
    layout: Layout, tmp_path: Path
) -> None:
    code = layout.profile.model_copy(update={"name": "complete-ec-4-2", "k": 4})
    pool = pool_of(code, pg_num=32, quota_bytes=1, estate=layout.estate)
    former = FormerPool(profile=code, rule=rule_of(code), pool=pool)
    file = tmp_path / "layout.json"
    both = layout.model_copy(update={"former": (former,)})
    file.write_text(both.model_dump_json(indent=1), encoding="utf-8")
    done = run(layout=str(file), conf="/etc/ceph/ceph.conf")
    assert done.returncode == 0, done.stderr
    noted: list[Noted] = json.loads(done.stdout)
    for kind in ("ErasureCodeProfile", "CrushRule", "Pool"):
        assert code.name in of(noted, kind)
    urn = of(noted, "Pool")[code.name]["urn"]
    assert [one["name"] for one in noted if urn in one["after"]] == []
    assert {one["inputs"]["pool"] for one in of(noted, "SubvolumeGroup").values()} == {
        layout.data_pool.name
    }


def test_nothing_is_made_before_the_gate_and_no_share_before_its_group(
    noted: list[Noted],
) -> None:
    after = {one["urn"]: set(one["after"]) for one in noted}

    def all_before(urn: str) -> set[str]:
        return after[urn].union(*map(all_before, after[urn] & after.keys()))

    (gate,) = (one["urn"] for one in of(noted, "HealthGate").values())
    for kind in ("Pool", "FileSystem", "SubvolumeGroup", "Subvolume", "Client"):
        for one in of(noted, kind).values():
            assert gate in all_before(one["urn"]), one["name"]
    groups = {one["urn"] for one in of(noted, "SubvolumeGroup").values()}
    for one in of(noted, "Subvolume").values():
        assert all_before(one["urn"]) & groups


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "cannot be read"), ("{}", "is no layout of this version: estate"), ("x", "no layout")],
)
def test_a_file_that_is_no_layout_is_told_without_a_traceback(
    content: str | None, told: str, tmp_path: Path
) -> None:
    file = tmp_path / "layout.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    done = run(layout=str(file))
    assert done.returncode == 1
    assert told in done.stderr
    assert "maille build" in done.stderr
    assert "Traceback" not in done.stderr
