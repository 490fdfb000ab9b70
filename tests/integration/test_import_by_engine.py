"""The provider behind the real engine: what is imported, and refreshed, is what the cluster has."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from tests.estates import INVENTORY, ROOT, built
from tests.provisioning import provision

from maille.ceph import clients
from maille.ceph.connection import connect
from maille.ceph.fingerprints import fingerprint
from maille.ceph.model import Client, Part
from maille.infra.provider.health_gate import Gate
from maille.infra.provider.registry import HANDLERS, RESOURCES
from maille.infra.provider.values import camel
from maille.layout.build import layout_of
from maille.layout.caps import caps_of
from maille.layout.scale import parse_scale
from maille.twin.cluster.layout import GIB
from maille.twin.cluster.layout import Layout as ClusterLayout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from maille.layout.model import Layout
    from maille.twin.cluster.record import Record

MIB = 1 << 20
SHARE = "malataverne-26169"
SUBVOLUME, CLIENT = "ceph:index:Subvolume", "ceph:index:Client"
Wanted = tuple[str, str, dict[str, Any]]
"""A resource's type, its id, and its inputs as a program writes them."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project of somebody else, with its state."""

    folder: Path
    conf: Path

    def run(self, operation: str, *wanted: Wanted) -> subprocess.CompletedProcess[str]:
        things = [(kind, f"my-{kind[11:]}", ident, inputs) for kind, ident, inputs in wanted]
        document = {
            "folder": str(self.folder),
            "conf": str(self.conf),
            "things": things,
            "operation": operation,
        }
        return subprocess.run(
            [sys.executable, "-m", "tests.integration.importing"],
            input=json.dumps(document),
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def state(self, operation: str, *wanted: Wanted) -> dict[str, dict[str, Any]]:
        """Run it, and give what the state then holds of the cluster, by its type."""
        done = self.run(operation, *wanted)
        assert done.returncode == 0, done.stderr
        resources = json.loads(done.stdout)["resources"]
        return {one["type"]: one for one in resources if one["type"].startswith("ceph:")}

    def foreseen(self, *wanted: Wanted) -> str:
        """Preview, and give what the engine says: of each import, what differs from the program."""
        done = self.run("preview", *wanted)
        assert done.returncode == 0, done.stderr
        return str(json.loads(done.stdout)["said"])


def test_each_resource_is_imported_as_the_cluster_has_it(
    make_cluster: Callable[[ClusterLayout], Record], tmp_path: Path
) -> None:
    record = make_cluster(ClusterLayout(hosts=5, racks=1, osd_size_bytes=8 * GIB))
    layout = layout_of(built(INVENTORY / "malataverne").blueprint, parse_scale("1/20000"))
    project = Project(tmp_path, record.conf)
    with connect(record.access()) as ceph:
        paths = provision(ceph, layout)
        wanted = {kind: (kind, ident, it) for kind, ident, it in one_of_each(layout, paths)}
        assert RESOURCES.keys() - wanted.keys() == {Gate.type_name}
        _, share, inputs = wanted[SUBVOLUME]
        _, client, _ = wanted[CLIENT]
        said = project.foreseen(*wanted.values())
        assert f"{len(wanted)} to import" in said
        assert "to update" not in said
        said = project.foreseen((SUBVOLUME, share, inputs | {"quotaBytes": 64 * MIB}))
        assert "~ 1 to update" in said
        found = project.state("up", *wanted.values())
        assert found.keys() == wanted.keys()
        for kind, ident, properties in wanted.values():
            assert found[kind]["id"] == ident
            assert found[kind]["outputs"].items() >= properties.items()
        assert found[SUBVOLUME]["outputs"]["path"] == paths[SHARE]
        key = clients.key(ceph, client)
        assert found[CLIENT]["outputs"]["fingerprint"] == fingerprint(key)
        assert key not in json.dumps(found)

        where = {"vol_name": layout.filesystem.name, "group_name": layout.estate}
        ceph.mgr("fs subvolume resize", **where, sub_name=SHARE, new_size=str(64 * MIB))
        ceph.mon("auth rm", entity=client)
        refreshed = project.state("refresh")
        assert refreshed[SUBVOLUME]["outputs"]["quotaBytes"] == 64 * MIB
        assert refreshed.keys() == wanted.keys() - {CLIENT}


@pytest.mark.parametrize(
    ("kind", "ident", "said"),
    [
        (SUBVOLUME, "files/group/nobody", "Subvolume `files/group/nobody` does not exist"),
        (SUBVOLUME, "nobody", "`nobody` is no id of a subvolume: filesystem/group/name"),
        (Gate.type_name, "gate", "HealthGate `gate` does not exist"),
    ],
)
def test_what_is_no_thing_on_the_cluster_is_not_imported(
    cluster: Record, tmp_path: Path, kind: str, ident: str, said: str
) -> None:
    inputs = {
        SUBVOLUME: {"filesystem": "files", "group": "group", "name": "nobody", "quotaBytes": MIB},
        Gate.type_name: {"name": "gate", "hosts": 1, "rawBytes": 1},
    }
    refused = Project(tmp_path, cluster.conf).run("up", (kind, ident, inputs[kind]))
    assert refused.returncode != 0
    assert said in refused.stderr


def one_of_each(layout: Layout, paths: dict[str, str]) -> list[Wanted]:
    """Give a thing of each kind that lies on a cluster."""
    service = layout.clients[f"client.{SHARE}.recorder"]
    parts: tuple[Part, ...] = (
        layout.profile,
        layout.rules[0],
        layout.data_pool,
        layout.filesystem,
        layout.recordings,
        layout.subvolumes[SHARE].wish,
        Client(entity=service.entity, caps=caps_of(service, layout, paths)),
    )
    by_model = {type(part): part for part in parts}
    assert by_model.keys() == {handler.model for handler in HANDLERS.values()}
    return [
        (kind, handler.id_of(by_model[handler.model]), _inputs(by_model[handler.model]))
        for kind, handler in HANDLERS.items()
    ]


def _inputs(part: Part) -> dict[str, Any]:
    return {camel(name): value for name, value in part.model_dump(exclude_none=True).items()}
