"""Short names of ports, and where in the book a thing is told of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maille.documents.blocks import Code

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from maille.blueprint.model import Blueprint, Camera, Link

_SHORT = {
    "GigabitEthernet": "Gi",
    "TenGigabitEthernet": "Te",
    "TwentyFiveGigE": "Twe",
    "FortyGigabitEthernet": "Fo",
    "HundredGigE": "Hu",
    "FastEthernet": "Fa",
    "Ethernet": "Et",
}
_NAME = re.compile(r"([A-Za-z]+)(.*)")


def short_port(name: str) -> str:
    """Shorten a port's name as engineers do: `GigabitEthernet1/3` is `Gi1/3`."""
    found = _NAME.fullmatch(name)
    return f"{_SHORT.get(found[1], found[1])}{found[2]}" if found else name


def port_code(name: str) -> Code:
    """Give a port's name: short on a page, whole in a spreadsheet."""
    return Code(name, short_port(name))


def anchor(ident: str) -> str:
    """Make an id fit to be an anchor, and no title of a section: some ids have slashes."""
    return f"id-{ident.replace('/', '-').replace('@', '-')}"


def commune_page(insee: str) -> str:
    """Give the page of a commune."""
    return f"communes/{insee}.html"


def labels_page(insee: str) -> str:
    """Give the page with a commune's labels to print."""
    return f"labels/{insee}.html"


def ring_page(ring: str) -> str:
    """Give the page of a ring."""
    return f"rings/{ring}.html"


def switch_page(blueprint: Blueprint, switch: str) -> str:
    """Give where a switch is told of: its cabinet's page, or its place on its site's."""
    found = blueprint.switches[switch]
    if found.cabinet:
        return f"cabinets/{switch}.html"
    return f"sites/{found.site}.html#{anchor(switch)}"


def camera_page(blueprint: Blueprint, camera: Camera) -> str:
    """Give where a camera is told of; a nomad that is nowhere, with its commune."""
    if camera.switch is None:
        return f"{commune_page(camera.commune)}#{anchor(camera.id)}"
    return f"{switch_page(blueprint, camera.switch).partition('#')[0]}#{anchor(camera.id)}"


def link_page(link: Link) -> str:
    """Give where a link is told of: on its ring's page, or in the list of cables."""
    page = ring_page(link.ring) if link.role == "ring" and link.ring else "cabling.html"
    return f"{page}#{anchor(link.id)}"


def segment_page(segment: str) -> str:
    """Give where a segment is told of."""
    return f"addresses.html#{anchor(segment)}"


def convention_page(convention: str) -> str:
    """Give where a convention is told of."""
    return f"conventions.html#{anchor(convention)}"


def subject_page(blueprint: Blueprint, subject: str) -> str | None:
    """Give where the subject of a finding is told of, if it is anywhere."""
    estate = blueprint.estate
    known: tuple[tuple[Container[str], Callable[[str], str]], ...] = (
        (blueprint.communes, commune_page),
        (blueprint.cameras, lambda ident: camera_page(blueprint, blueprint.cameras[ident])),
        (blueprint.switches, lambda ident: switch_page(blueprint, ident)),
        (blueprint.links, lambda ident: link_page(blueprint.links[ident])),
        (blueprint.rings, ring_page),
        (blueprint.segments, segment_page),
        (estate.network.sites, lambda ident: f"sites/{ident}.html"),
        (estate.conventions, convention_page),
    )
    for ident in (subject, subject.partition("/")[0]):
        for things, page in known:
            if ident in things:
                return page(ident)
    return None
