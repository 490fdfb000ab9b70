"""The configurations that are really rendered: from the bootstrap to the whole, line by line."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.unit.compare import watch
from tests.unit.compare.device import MADE, ROUTED, Device, Port, RejectedError

from maille.configs.compare import compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONFIGS = Path(__file__).parents[2] / "golden" / "configs"
EVERY = sorted(CONFIGS.rglob("*.cfg"))
BOOTSTRAPPED = sorted((CONFIGS / "complete" / "bootstrap").glob("*.cfg"))
METHODS = {
    name: [file for file in EVERY if file.stem == name and file.parent.name != "bootstrap"]
    for name in ("28085-epars", "28110-mairie", "28110-halle")
}
"""The same switch with another way to admit cameras."""

MODELLED = re.compile(
    r"(no )?(vlan \d|interface [EGFLMVP]\S+$|(ip|mac|arp) access-list |vrf |ip source binding "
    r"|ip (dhcp snooping|arp inspection) vlan |ip arp inspection filter |username )"
)


def platform_of(text: str) -> str:
    return "arista_eos" if "\n   description" in text else "cisco_ios"


def modelled(lines: Iterable[str]) -> Iterator[str]:
    """Give the lines of those sections that the model knows; the others cannot be watched."""
    known = False
    for line in lines:
        if not line.startswith(" "):
            known = bool(MODELLED.match(line)) or line == "end"
        if known:
            yield line


class Loose(Device):
    """A switch that lets pass what it does not know about interfaces, VLANs and VRFs."""

    def _vlan_name(self, vlan: int, text: str) -> None:
        if not text.removeprefix("no ").startswith("state "):
            super()._vlan_name(vlan, text)

    def _interface(self, name: str, text: str) -> None:
        try:
            super()._interface(name, text)
        except RejectedError as error:
            if not str(error).startswith("unknown"):
                raise


def loose(text: str) -> Loose:
    return Loose(platform_of(text), "\n".join(modelled(text.splitlines())))


def walk(running: str, intended: str) -> None:
    comparison = compare(platform_of(intended), running, intended)
    start, target = loose(running), loose(intended)
    for name in target.ports.keys() - start.ports.keys():
        if not MADE.match(name):  # a bootstrap does not mention every port
            start.ports[name] = Port(routed=bool(ROUTED.match(name)))

    arrived = watch.send(start, modelled(comparison.remediation), target)
    back = watch.send(arrived, modelled(comparison.rollback), start)

    assert sorted(arrived.show().splitlines()) == sorted(target.show().splitlines())
    assert sorted(back.show().splitlines()) == sorted(start.show().splitlines())


@pytest.mark.parametrize("file", EVERY, ids=lambda file: str(file.relative_to(CONFIGS)))
def test_what_is_rendered_is_in_sync_with_itself(file: Path) -> None:
    text = file.read_text("utf-8")

    comparison = compare(platform_of(text), text, text)

    assert comparison.in_sync
    assert comparison.remediation == ()


@pytest.mark.parametrize("file", BOOTSTRAPPED, ids=lambda file: file.stem)
def test_the_first_push_does_no_harm_on_its_way(file: Path) -> None:
    walk(file.read_text("utf-8"), (CONFIGS / "complete" / file.name).read_text("utf-8"))


@pytest.mark.parametrize("name", METHODS)
def test_another_way_to_admit_cameras_does_no_harm_on_its_way(name: str) -> None:
    assert len(METHODS[name]) > 2
    for before, after in itertools.permutations(METHODS[name], 2):
        walk(before.read_text("utf-8"), after.read_text("utf-8"))
