"""What a device shows of itself and its ports in one state of the plant, counters apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.twin.agents.faults import Effects
    from maille.twin.agents.plant import Cable, Device, Plant, Port

_STRANGE = "02:ba:d0"
"""Begins the address of whatever hangs where a camera should."""


@dataclass(frozen=True, slots=True)
class PortShown:
    """A port as it is seen now."""

    port: Port
    up: bool
    mac: str
    power_w: float | None = None
    """What it gives; None where it finds nobody to feed."""
    starved: bool = False
    """Its power is switched off."""
    learned: str | None = None
    """The address that frames come from."""
    neighbour: tuple[Device, Port] | None = None
    """The switch at the other end, and its port."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A device as it is seen now."""

    device: Device
    ports: tuple[PortShown, ...]


def shown(plant: Plant, state: Effects, device: Device) -> Shown:
    """Give what a device shows."""
    cables = {cable.near(device.id).port: cable for cable in plant.cables_of[device.id]}
    return Shown(
        device,
        tuple(_port(plant, state, device, port, cables.get(port.name)) for port in device.ports),
    )


def address_of(device: Device, state: Effects) -> str:
    """Give the address that a device sends from."""
    if device.id in state.strange:
        return _STRANGE + device.mac[len(_STRANGE) :]
    return device.mac


def _port(
    plant: Plant, state: Effects, device: Device, port: Port, cable: Cable | None
) -> PortShown:
    up = cable in state.cables if cable else port.index == 1 and not device.switches
    mac = address_of(device, state) if port.mac == device.mac else port.mac
    starved = (device.id, port.name) in state.starved
    if not cable or not up:
        return PortShown(port, up, mac, starved=starved)
    far = plant.devices[cable.far(device.id).device]
    far_port = next(one for one in far.ports if one.name == cable.far(device.id).port)
    fed = port.poe is not None and cable.feeds and not starved
    return PortShown(
        port,
        up,
        mac,
        power_w=far.draw_w if fed else None,
        starved=starved,
        learned=None if far.switches else address_of(far, state),
        neighbour=(far, far_port) if device.switches and far.switches else None,
    )
