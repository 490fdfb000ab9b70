"""Where a check looks: which sections of a switch's text each scope means.

That follows from what the switch is planned to be, not from its text: a camera's port that
the text leaves out is a failure, not a port less to check.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.configs.views import DevicePort, MemberPort, RoutedPort, TrunkPort

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.configs.hardening.model import Scope
    from maille.configs.views import PortView, SwitchView

CLOSING = frozenset({"ring", "trunk"})
"""Links of which the tree may close either side."""

_OF_KIND: dict[str, tuple[Scope, ...]] = {
    "device": ("camera_port",),
    "closed": ("unused_port",),
    "server": ("server_port",),
    "firewall": ("server_port", "trunk"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """A section that a scope means, and what is special about it."""

    header: str
    traits: frozenset[str] = frozenset()
    """`fibre`, `poe`."""


Sections = dict["Scope", tuple[Section, ...]]


def sections_of(view: SwitchView) -> Sections:
    """Give the sections of every scope but `global`."""
    found: dict[Scope, list[Section]] = {}
    for scope, section in (*_of_ports(view), *_of_management(view), *_of_gateway(view)):
        found.setdefault(scope, []).append(section)
    return {scope: tuple(sections) for scope, sections in found.items()}


def traits_of(view: SwitchView) -> frozenset[str]:
    """Give what a switch is, as far as checks ask."""
    has_devices = any(isinstance(port, DevicePort) for port in view.ports)
    traits = {view.role: True, "street": view.street, "devices": has_devices}
    traits[f"{view.root}_root"] = bool(view.root)
    return frozenset(name for name, holds in traits.items() if holds)


def _of_ports(view: SwitchView) -> Iterator[tuple[Scope, Section]]:
    for port in (*view.bundles, *view.ports):
        traits = (name for name in ("fibre", "poe") if getattr(port, name, False))
        section = Section(_interface(port.name), frozenset(traits))
        for scope in (*_OF_KIND.get(port.kind, ()), *_of_link(port)):
            yield scope, section


def _of_link(port: PortView) -> Iterator[Scope]:
    if isinstance(port, TrunkPort):
        yield "trunk"
        if port.link in CLOSING:
            yield "ring_port"
            if not port.lag:
                yield "ring_wire"
        if port.link == "spur-down":
            yield "spur_port"
    if isinstance(port, MemberPort):
        if port.link in CLOSING:
            yield "ring_wire"
        if port.link == "peer":
            yield "peer_member"


def _of_management(view: SwitchView) -> Iterator[tuple[Scope, Section]]:
    if view.out_of_band:
        yield "out_of_band", Section(_interface(view.out_of_band))
    if view.routing is None:
        yield "management_svi", Section(_interface(view.management.interface))


def _of_gateway(view: SwitchView) -> Iterator[tuple[Scope, Section]]:
    if view.routing is None:
        return
    routed = (port for port in (*view.bundles, *view.ports) if isinstance(port, RoutedPort))
    spoken = (adjacency for port in routed for adjacency in port.adjacencies)
    for adjacency in (*spoken, *view.routing.peers):
        yield "uplink", Section(_interface(adjacency.name))
    for svi in view.routing.svis:
        if svi.inbound:
            yield "segment_svi", Section(_interface(f"Vlan{svi.vlan}"))


def _interface(name: str) -> str:
    return f"interface {name}"
