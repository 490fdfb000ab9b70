"""Ports of cameras and attachment points."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from maille.configs.views import ClosedPort, DevicePort
from maille.errors import RenderError
from maille.inventory.schema.catalogue import POE_WATTS

if TYPE_CHECKING:
    from maille.blueprint.model import Camera, Port
    from maille.configs.here import Here
    from maille.inventory.schema.settings import Settings

CLASS_W = POE_WATTS["af"]
"""What a port grants without a negotiation."""


def device_port(here: Here, port: Port) -> DevicePort | ClosedPort:
    """Give the port of a camera or of an attachment point; closed unless its MAC is known."""
    camera = here.facts.blueprint.cameras.get(port.camera or "")
    described = here.short(_described(here, port, camera))
    if port.shutdown or camera is None or camera.mac is None:
        return ClosedPort(port.name, described, feeds(port))
    if "cameras" not in here.dialect.roles:
        raise RenderError(
            f"camera {camera.id} hangs on {here.switch.id}, a {here.switch.model.title}: there"
            " are no templates for cameras on this platform",
            "choose another `switch` model for its cabinet",
        )
    segment = here.facts.blueprint.segments[port.segment or ""]
    return DevicePort(
        name=port.name,
        description=described,
        vlan=segment.vlan,
        method=access_method(here.facts.settings, camera),
        mac=here.driver.mac(camera.mac),
        acl=here.lists.port(camera, segment).name,
        static_mw=_static_mw(camera, port),
        poe=feeds(port),
    )


def feeds(port: Port) -> bool:
    """Say whether a port can give power."""
    return port.poe != "none"


def access_method(settings: Settings, camera: Camera) -> str:
    """Give the one access method of a port: the estate's, or MAB for a camera without 802.1X."""
    wanted = settings.port_security.access
    return "mab" if wanted == "dot1x" and not camera.model.dot1x else wanted


def _static_mw(camera: Camera, port: Port) -> int:
    """Give the power to set aside, in mW.

    LLDP is off towards devices, so one that asks by LLDP cannot ask for more than 15.4 W: it is
    given what the budget of the switch counts for it.
    """
    asks = camera.model.power_negotiation == "lldp" and camera.model.worst_w > CLASS_W
    return math.ceil(camera.model.worst_w * 1000) if asks and feeds(port) else 0


def _described(here: Here, port: Port, camera: Camera | None) -> str:
    where = f"{here.switch.cabinet} position {port.index}"
    if port.kind == "point":
        who = f"nomad {camera.id}{_state(camera)}" if camera else "free"
        return f"attachment point {where}, {who}"
    if camera is None:
        raise RenderError(f"port {port.name} of {here.switch.id} names no camera")
    kind = "PPMS camera" if camera.ppms else "camera"
    return f"{kind} {camera.id}, {where}{_state(camera)}"


def _state(camera: Camera) -> str:
    if camera.retired:
        return ", out of service"
    return ", MAC not enrolled" if camera.mac is None else ""
