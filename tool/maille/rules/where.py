"""Logical paths of what the blueprint names: where in the inventory a finding belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint
    from maille.rules.model import LogicalPath


def switch_path(blueprint: Blueprint, ident: str) -> LogicalPath:
    """Give the path of a switch: its cabinet's, or its own in a site."""
    switch = blueprint.switches[ident]
    if switch.commune and switch.cabinet:
        return ("communes", switch.commune, "cabinets", switch.cabinet)
    return ("network", "sites", switch.site, "switches", ident)


def camera_path(blueprint: Blueprint, ident: str) -> LogicalPath:
    """Give the path of a camera, or of a nomad."""
    camera = blueprint.cameras[ident]
    if camera.nomad or not camera.switch:
        return ("nomads", ident)
    return (*switch_path(blueprint, camera.switch), "cameras", ident)


def link_path(blueprint: Blueprint, ident: str) -> LogicalPath:
    """Give the path of a link: its own, its spur's, or that of the member it leads to."""
    link = blueprint.links[ident]
    if link.role == "spur":
        return (*switch_path(blueprint, link.a.switch), "spur")
    if link.role == "ring" and link.ring:
        for end in (link.b, link.a):
            if blueprint.switches[end.switch].cabinet:
                return (*switch_path(blueprint, end.switch), "at_km")
        return ("network", "rings", link.ring)
    return ("network", "links", ident)
