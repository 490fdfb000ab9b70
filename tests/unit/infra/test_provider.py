"""What the provider tells the engine without a cluster: bad properties, changes, its schema."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pulumi.provider.experimental import provider as wire
from pulumi.provider.experimental.property_value import Computed, PropertyValue

from maille.infra.provider.provider import CephProvider
from maille.infra.provider.registry import HANDLERS, RESOURCES
from maille.infra.provider.values import camel, known, outward, plain, snake, wrapped

URN = "urn:pulumi:e::maille::maille:recording:Recordings$ceph:index:{}::name"
GOOD: dict[str, dict[str, Any]] = {
    "ErasureCodeProfile": {"name": "ec", "k": 4, "m": 2},
    "CrushRule": {"name": "rule"},
    "Pool": {"name": "pool", "rule": "rule", "size": 3, "minSize": 2, "pgNum": 8},
    "FileSystem": {"name": "fs", "metadataPool": "meta", "defaultPool": "first"},
    "SubvolumeGroup": {"filesystem": "fs", "name": "g", "pool": "p", "objectSizeBytes": 1 << 20},
    "Subvolume": {"filesystem": "fs", "group": "g", "name": "s", "quotaBytes": 1 << 30},
    "Client": {"entity": "client.a", "caps": {"mon": "allow r"}},
    "HealthGate": {"name": "gate", "hosts": 6, "rawBytes": 1},
}
BAD: list[tuple[str, dict[str, Any], dict[str, str]]] = [
    (
        "ErasureCodeProfile",
        {"k": 1, "m": 1, "failureDomain": "room", "colour": "blue"},
        {
            "name": "is missing",
            "k": "greater than or equal to 2, not 1",
            "m": "greater than or equal to 2, not 1",
            "failureDomain": "'osd', 'host' or 'rack', not 'room'",
            "colour": "is no property of this resource",
        },
    ),
    (
        "Pool",
        {"name": "a/b", "rule": "r", "size": 3, "minSize": 4, "pgNum": 0, "overwrites": False},
        {
            "name": "should match pattern",
            "minSize": "must be at most the size, 3, not 4",
            "pgNum": "greater than or equal to 1, not 0",
            "overwrites": "should be True, not False",
        },
    ),
    (
        "SubvolumeGroup",
        {"filesystem": "fs", "name": "g", "pool": "p", "objectSizeBytes": 100_000},
        {"objectSizeBytes": "multiple of 65536, not 100000"},
    ),
    (
        "Subvolume",
        {"filesystem": "fs", "group": "g", "name": "s", "quotaBytes": 0, "isolated": False},
        {"quotaBytes": "greater than 0, not 0", "isolated": "should be True"},
    ),
    (
        "Client",
        {"entity": "osd.3", "caps": {"mon": "", "rgw": "allow r"}},
        {"entity": "should match pattern", "caps.mon": "at least 1 character", "caps.rgw": "'mon'"},
    ),
    ("HealthGate", {"name": "g", "hosts": 0}, {"hosts": "greater than", "rawBytes": "missing"}),
]


def urn(kind: str) -> str:
    return URN.format(kind)


def check(kind: str, given: dict[str, Any]) -> dict[str, str]:
    values = {
        key: one if isinstance(one, PropertyValue) else wrapped(one) for key, one in given.items()
    }
    request = wire.CheckRequest(urn(kind), {}, values, b"")
    answer = asyncio.run(CephProvider().check(request))
    return {failure.property: failure.reason for failure in answer.failures or ()}


def diff(kind: str, old: dict[str, Any], new: dict[str, Any]) -> wire.DiffResponse:
    values = {
        key: one if isinstance(one, PropertyValue) else wrapped(one) for key, one in new.items()
    }
    request = wire.DiffRequest(
        urn=urn(kind),
        resource_id="x",
        old_state={key: wrapped(one) for key, one in old.items()},
        new_inputs=values,
        ignore_changes=[],
    )
    return asyncio.run(CephProvider().diff(request))


@pytest.mark.parametrize("kind", GOOD)
def test_good_properties_pass(kind: str) -> None:
    assert check(kind, GOOD[kind]) == {}


@pytest.mark.parametrize(("kind", "given", "told"), BAD)
def test_every_bad_property_is_named_at_once(
    kind: str, given: dict[str, Any], told: dict[str, str]
) -> None:
    found = check(kind, given)
    assert found.keys() == told.keys()
    for name, why in told.items():
        assert why in found[name]


def test_what_is_still_unknown_is_judged_later() -> None:
    unknown = PropertyValue(Computed())
    assert check("Client", {"entity": "client.a", "caps": unknown}) == {}
    found = check("Subvolume", GOOD["Subvolume"] | {"quotaBytes": unknown, "name": "/"})
    assert found.keys() == {"name"}


@pytest.mark.parametrize(
    ("kind", "changed", "replaced"),
    [
        ("ErasureCodeProfile", {"k": 8}, True),
        ("ErasureCodeProfile", {"plugin": "isa"}, True),
        ("CrushRule", {"failureDomain": "rack"}, True),
        ("Pool", {"pgNum": 16}, False),
        ("Pool", {"minSize": 1, "autoscaleMode": "warn"}, False),
        ("Pool", {"profile": "ec"}, True),
        ("Pool", {"protected": False}, False),
        ("FileSystem", {"defaultPool": "other"}, True),
        ("SubvolumeGroup", {"objectSizeBytes": 1 << 21}, False),
        ("SubvolumeGroup", {"pool": "other"}, False),
        ("SubvolumeGroup", {"name": "other"}, True),
        ("Pool", {"quotaBytes": 1 << 40, "tag": "other"}, False),
        ("Subvolume", {"quotaBytes": 1 << 31}, False),
        ("Subvolume", {"name": "other"}, True),
        ("Client", {"caps": {"mon": "allow *"}}, False),
        ("Client", {"entity": "client.b"}, True),
        ("HealthGate", {"hosts": 9}, False),
    ],
)
def test_a_change_is_in_place_where_it_can_be(
    kind: str, changed: dict[str, Any], *, replaced: bool
) -> None:
    found = diff(kind, GOOD[kind], GOOD[kind] | changed)
    assert found.changes
    assert set(found.diffs) == changed.keys()
    assert bool(found.replaces) is replaced
    assert found.delete_before_replace is replaced


@pytest.mark.parametrize("kind", GOOD)
def test_nothing_changes_where_nothing_differs(kind: str) -> None:
    outputs = dict.fromkeys(RESOURCES[f"ceph:index:{kind}"].output_fields, "told")
    found = diff(kind, GOOD[kind] | outputs, GOOD[kind])
    assert not found.changes
    assert not found.diffs


def test_outputs_stay_known_while_a_quota_changes() -> None:
    new = GOOD["Subvolume"] | {"quotaBytes": 1 << 31}
    assert diff("Subvolume", GOOD["Subvolume"], new).stables == ["path", "namespace"]
    other = GOOD["Subvolume"] | {"name": "other"}
    assert diff("Subvolume", GOOD["Subvolume"], other).stables == []


def test_what_is_unknown_yet_is_a_change() -> None:
    found = diff("Client", GOOD["Client"], GOOD["Client"] | {"caps": PropertyValue(Computed())})
    assert found.diffs == ["caps"]
    assert not found.replaces


def test_an_id_names_a_thing_and_nothing_else() -> None:
    handler = HANDLERS["ceph:index:Subvolume"]
    assert handler.named("fs/g/s").name == "s"
    for wrong in ("fs/g", "fs/g/s/t", "fs//s", ""):
        with pytest.raises(ValueError, match="is no id of a subvolume: filesystem/group/name"):
            handler.named(wrong)


def test_the_configuration_names_all_that_is_wrong_with_it() -> None:
    request = wire.CheckRequest("urn", {}, {"client": wrapped("x"), "colour": wrapped("b")}, b"")
    answer = asyncio.run(CephProvider().check_config(request))
    assert [failure.property for failure in answer.failures or ()] == ["conf", "owner", "colour"]


@pytest.mark.parametrize(
    "value", [None, True, "text", 3, 2**53, 1.5, [1, "a"], {"a": {"b": [False]}}]
)
def test_values_come_back_from_the_wire(value: object) -> None:
    assert plain(wrapped(value)) == value


def test_names_come_back_from_the_wire() -> None:
    assert snake(camel("object_size_bytes")) == "object_size_bytes"
    assert known(outward({"pg_num": 8, "profile": None})) == {"pg_num": 8}
