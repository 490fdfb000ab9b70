"""The profiles that are shipped, and what is said of wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from maille.errors import InventoryError
from maille.health.judging.codes import HEALTH_RULES
from maille.health.profiles.library import read_library, shipped
from maille.inventory.load import load

INVENTORY = Path(__file__).parents[3] / "inventory"
OBJECTS = "objects:\n  sysUpTime: {oid: 1.3.6.1.2.1.1.3, type: ticks, mib: SNMPv2-MIB}\n"


def wrong(folder: Path, family: str, objects: str = OBJECTS) -> list[str]:
    (folder / "families").mkdir()
    (folder / "objects.yaml").write_text(objects)
    (folder / "families" / "some.yaml").write_text(family)
    with pytest.raises(InventoryError) as told:
        read_library(folder)
    return [
        f"{one.place.file.rpartition('/')[2]}:{one.place.line}:{one.place.column} {one.what}"
        for one in told.value.findings
    ]


def test_every_check_of_a_shipped_profile_has_a_code_that_is_explained() -> None:
    codes = {check.code for each in shipped().profiles.values() for check in each.family.checks}
    assert codes
    assert codes <= set(HEALTH_RULES)


def test_no_object_has_two_names_and_no_name_two_objects() -> None:
    by_oid: dict[str, set[str]] = {}
    for profile in shipped().profiles.values():
        for name, each in profile.objects.items():
            by_oid.setdefault(each.oid, set()).add(name)
    assert {oid: names for oid, names in by_oid.items() if len(names) > 1} == {}


def test_a_camera_of_a_maker_without_a_profile_gets_the_one_for_any() -> None:
    models = load(INVENTORY / "malataverne").whole().catalogue.cameras.values()
    chosen = {model.maker: shipped().of_camera(model) for model in models}
    assert chosen == {"Axis Communications": "axis", "Hanwha Vision": "hanwha", "Bosch": "camera"}


def test_an_object_that_nobody_describes_is_told_at_its_place(tmp_path: Path) -> None:
    family = "title: Some\nsource: a MIB\nscalars:\n  uptime: sysUptime\n"
    assert wrong(tmp_path, family) == ["some.yaml:4:11 no object is called `sysUptime`"]


def test_a_misspelt_field_is_told_with_what_was_meant(tmp_path: Path) -> None:
    family = "title: Some\nsource: a MIB\nscalar: {uptime: sysUpTime}\n"
    assert wrong(tmp_path, family) == ["some.yaml:3:1 there is no field `scalar` here"]


def test_an_object_id_with_a_leading_dot_is_told_at_its_place(tmp_path: Path) -> None:
    objects = "objects:\n  a: {oid: .1.3.6, type: ticks, mib: SNMPv2-MIB}\n"
    told = wrong(tmp_path, "title: Some\nsource: a MIB\n", objects)
    assert [line.partition(" ")[0] for line in told] == ["objects.yaml:2:12"]
