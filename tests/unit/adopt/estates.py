"""Sample estates as their switches would have them, and what of a device must not change."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.estates import AS_OF, COMPLETE, INVENTORY, ROOT

from maille.adopt.adopt import adopt
from maille.adopt.communes import Table
from maille.adopt.drafting.plan import Wish
from maille.adopt.parsing.parse import parse
from maille.adopt.texts import Text
from maille.blueprint.build import build
from maille.check.run import check
from maille.configs.render import Renderer
from maille.inventory.catalogue import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maille.adopt.adopt import Adopted, Adoption
    from maille.adopt.device import Device
    from maille.inventory.schema.catalogue import Catalogue

GOLDEN = ROOT / "tests" / "golden"
WISH = Wish("adopted", "Adopted", "en", AS_OF)
FOLDERS = {
    "chalon": INVENTORY / "chalon",
    "malataverne": INVENTORY / "malataverne",
    "cecos": INVENTORY / "cecos",
    "chartres": INVENTORY / "chartres",
    "complete": COMPLETE,
}


@cache
def catalogue(name: str = "chalon") -> Catalogue:
    """Give the catalogue of a sample."""
    return read_catalogue(FOLDERS[name].parent)


@cache
def running(name: str) -> Mapping[str, str]:
    """Give the configurations of a sample by file, as if fetched from its switches."""
    blueprint = check(FOLDERS[name], AS_OF).built().blueprint
    return {f"{each.switch.id}.cfg": each.text for each in Renderer(blueprint).all()}


def adopted(
    texts: Mapping[str, str], table: Table | None = None, base: Catalogue | None = None
) -> Adoption:
    """Adopt some configurations."""
    given = [Text(file, text) for file, text in texts.items()]
    return adopt(given, table or Table(), base or catalogue(), WISH)


def draft_of(adoption: Adoption) -> Adopted:
    """Give the draft of an adoption that has one."""
    assert adoption.adopted is not None
    return adoption.adopted


def rendered(adopted: Adopted) -> dict[str, Device]:
    """Render a draft and read it again, by host name."""
    blueprint = build(adopted.draft.estate, adopted.lock, AS_OF)
    devices = (parse(each.text, each.switch.id).device for each in Renderer(blueprint).all())
    return {device.hostname: device for device in devices if device}


def read(texts: Iterable[str]) -> dict[str, Device]:
    """Read configurations, by host name."""
    devices = (parse(text, "file").device for text in texts)
    return {device.hostname: device for device in devices if device}


class Essence(NamedTuple):
    """What a device has of the plan of numbers."""

    interfaces: Mapping[str, tuple[Any, ...]]
    bindings: frozenset[tuple[Any, ...]]
    vlans: frozenset[int]
    routes: frozenset[tuple[Any, ...]]
    gateway: Any
    servers: frozenset[tuple[Any, ...]]


def essence(device: Device) -> Essence:
    """Give what must be the same before and after: numbers, without names and descriptions."""
    return Essence(
        {
            each.name: (
                each.mode,
                each.shutdown,
                each.access_vlan,
                each.native_vlan,
                each.allowed,
                each.lag,
                each.tag,
                each.vrf,
                each.address,
                each.virtual,
                each.priority,
            )
            for each in device.interfaces.values()
        },
        frozenset((each.mac, each.address, each.vlan, each.port) for each in device.bindings),
        frozenset(device.vlans),
        frozenset((each.vrf, each.network, each.via) for each in device.routes),
        device.gateway,
        frozenset((each.service, each.address, each.vrf) for each in device.servers),
    )
