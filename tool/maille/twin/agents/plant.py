"""The plant: every device in service, its ports, and the cables between them.

It is all that agents and faults need of an estate, written once into the folder as `plant.json`.
A device is named by its id of the blueprint, a port by its name on that device. Rates are in
Mbit/s, powers in watts, temperatures in °C.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import TypeAdapter

if TYPE_CHECKING:
    from pathlib import Path

Make = Literal["cisco", "arista", "axis", "camera", "host"]
"""Whose habits an agent has: names, indexes, and which MIBs."""
Vrf = Literal["VIDEO", "MGMT"]
"""Where a device answers its poller."""


@dataclass(frozen=True, slots=True)
class Port:
    """A port as its device has it."""

    name: str
    """As the configuration says it; it is also ifDescr."""
    short: str
    """ifName."""
    index: int
    """ifIndex."""
    alias: str
    mac: str
    speed_mbps: int
    shutdown: bool = False
    vlan: int | None = None
    """Of an access port."""
    poe: tuple[int, int] | None = None
    """Group and number in POWER-ETHERNET-MIB, where it feeds."""
    base: int = 0
    """Number in BRIDGE-MIB; of a device that is no switch 0."""


@dataclass(frozen=True, slots=True)
class Snmp:
    """How an agent speaks: its engine and the algorithms of its user."""

    engine_id: str
    """In hexadecimal digits."""
    auth: str
    privacy: str


@dataclass(frozen=True, slots=True)
class Device:
    """A device in service."""

    id: str
    make: Make
    vrf: Vrf
    snmp: Snmp | None
    """None: a device without an agent, which others see all the same."""
    host: str
    """The address of loopback that its agent answers on."""
    name: str
    """sysName."""
    title: str
    """sysDescr."""
    object_id: str
    """sysObjectID."""
    location: str
    mac: str
    ports: tuple[Port, ...]
    temperature_c: float
    draw_w: float = 0.0
    """What it takes from the port that feeds it."""
    poe_budget_w: float = 0.0
    sends_mbps: float = 0.0
    """A camera's stream."""
    sends_to: str | None = None
    """The device that records it."""

    @property
    def switches(self) -> bool:
        """Say whether frames go through it."""
        return self.make in {"cisco", "arista"}

    @property
    def is_camera(self) -> bool:
        """Say whether it is a camera."""
        return self.make in {"axis", "camera"}


@dataclass(frozen=True, slots=True)
class End:
    """One end of a cable."""

    device: str
    port: str


@dataclass(frozen=True, slots=True)
class Cable:
    """A cable: a strand of a link, or what a camera or a host hangs on."""

    a: End
    b: End
    link: str | None = None
    """The link of the blueprint it is a strand of."""
    feeds: bool = False
    """Its first end powers the second."""

    def far(self, device: str) -> End:
        """Give the other end."""
        return self.b if self.a.device == device else self.a

    def near(self, device: str) -> End:
        """Give a device's own end."""
        return self.a if self.a.device == device else self.b


@dataclass(frozen=True)
class Plant:
    """All devices of an estate that are polled, and how they hang together."""

    estate: str
    devices: dict[str, Device]
    cables: tuple[Cable, ...]
    pollers: dict[Vrf, tuple[str, ...]]
    """The devices that poll, in each VRF: what they do not reach is silent."""
    traps_to: str | None = None
    """`host:port` of whoever is told of starts and of ports that go down or up."""

    @cached_property
    def cables_of(self) -> dict[str, tuple[Cable, ...]]:
        """Give the cables of each device."""
        found: dict[str, list[Cable]] = {name: [] for name in self.devices}
        for cable in self.cables:
            found[cable.a.device].append(cable)
            found[cable.b.device].append(cable)
        return {name: tuple(cables) for name, cables in found.items()}

    @cached_property
    def agents(self) -> dict[str, Device]:
        """Give the devices that have an agent."""
        return {name: device for name, device in self.devices.items() if device.snmp}

    @cached_property
    def speeds(self) -> dict[Cable, int]:
        """Give what each cable carries: what the slower of its ports does."""
        speed = {
            (device.id, port.name): port.speed_mbps
            for device in self.devices.values()
            for port in device.ports
        }
        return {
            cable: min(speed[end.device, end.port] for end in (cable.a, cable.b))
            for cable in self.cables
        }

    @cached_property
    def links(self) -> dict[str, tuple[Cable, ...]]:
        """Give the cables of each link."""
        found: dict[str, list[Cable]] = {}
        for cable in self.cables:
            if cable.link:
                found.setdefault(cable.link, []).append(cable)
        return {name: tuple(cables) for name, cables in found.items()}


_PLANT = TypeAdapter(Plant)


def as_json(plant: Plant) -> bytes:
    """Write a plant."""
    return _PLANT.dump_json(plant)


def read(path: Path) -> Plant:
    """Read a plant. Raises ValueError if it is none, OSError as the system gives it."""
    return _PLANT.validate_json(path.read_bytes())
