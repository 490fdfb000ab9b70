"""How a cluster is reached: who on it, and from where the paths of a key's reference begin."""

from __future__ import annotations

from pathlib import Path

import pytest

from maille.cli.storage.options import Via, reach_of
from maille.inventory.schema.settings import CephAccess
from maille.secrets import resolve


def access(key: str | None) -> CephAccess:
    return CephAccess.model_validate(
        {"conf": "/etc/ceph/own.conf", "client": "client.maille", "key": key}
    )


@pytest.mark.parametrize("reference", ["file:keys/maille", "command:cat keys/maille"])
def test_a_key_of_the_estate_is_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reference: str
) -> None:
    estate = tmp_path / "an estate"
    (estate / "keys").mkdir(parents=True)
    (estate / "keys" / "maille").write_text("AQ==\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    reach = reach_of(access(reference), Via(), Path("an estate"))
    monkeypatch.chdir("/")
    assert reach.key
    assert resolve(reach.key) == "AQ=="


@pytest.mark.parametrize("reference", ["env:KEY", "file:/run/key", "command:pass show ceph"])
def test_what_names_no_file_of_the_estate_stays(tmp_path: Path, reference: str) -> None:
    assert reach_of(access(reference), Via(), tmp_path).key == reference


def test_another_client_comes_without_the_key_of_the_estates_own(tmp_path: Path) -> None:
    reach = reach_of(access("env:KEY"), Via(Path("/lab.conf"), "client.admin"), tmp_path)
    assert (reach.conf, reach.client, reach.key) == (Path("/lab.conf"), "client.admin", None)
    own = reach_of(access("env:KEY"), Via(client="client.maille"), tmp_path)
    assert (own.client, own.key) == ("client.maille", "env:KEY")
