"""Breaking devices of a running plant, and mending them."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, TypeVar

from maille.errors import MailleError, UsageError
from maille.files import write_all
from maille.inventory.suggest import meant
from maille.twin import processes
from maille.twin.agents import control, faults
from maille.twin.agents.faults import Fault, effects, rebooting
from maille.twin.agents.snmpd import prepare
from maille.twin.alone import alone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet

    from maille.twin.agents.faults import Effects
    from maille.twin.agents.plant import Device, Port
    from maille.twin.agents.record import Record

_OWNER_ONLY = 0o600
_T = TypeVar("_T")


def current(record: Record) -> tuple[Fault, ...]:
    """Give the faults of a plant. Raises MailleError where their file is damaged."""
    try:
        return faults.read(record.faults.read_bytes())
    except (OSError, ValueError):
        raise MailleError(
            f"{record.faults} is damaged", f"mend everything: echo '[]' >{record.faults}"
        ) from None


def state_of(record: Record) -> Effects:
    """Give what the faults of a plant make of it."""
    return effects(record.plant, current(record))


def add(record: Record, fault: Fault) -> Fault:
    """Break one thing more, and end when it shows; give the fault as it is kept.

    Raises UsageError if the plant has no such device, port or link, or it is of another kind.
    """
    known = _known(record, fault)
    same = (known.kind, known.subject, known.port)
    _change(
        record,
        lambda there: (
            *(one for one in there if (one.kind, one.subject, one.port) != same),
            known,
        ),
    )
    return known


def repair(record: Record, subject: str, port: str | None = None) -> tuple[Fault, ...]:
    """Mend all that is broken of a device or a link, or of one port; give what it was.

    Raises UsageError if nothing is.
    """
    if port:
        port = _port(_device(record, subject), port).name
    gone = tuple(
        fault
        for fault in current(record)
        if fault.subject == subject and port in {None, fault.port}
    )
    if not gone:
        broken = sorted({fault.subject for fault in current(record)})
        raise UsageError(
            f"nothing is broken of `{' '.join(filter(None, (subject, port)))}`",
            meant(subject, broken) or "see what is: maille twin fault list",
        )
    _change(record, lambda there: tuple(fault for fault in there if fault not in gone))
    return gone


def clear(record: Record) -> tuple[Fault, ...]:
    """Mend everything; give what was broken."""
    gone = current(record)
    _change(record, lambda _: ())
    return gone


def reboot(record: Record, device: str) -> None:
    """Start a device's agent anew: its uptime and its counters begin again.

    Raises UsageError if there is no such device, or it has no power.
    """
    with alone(record.folder):
        found = _agent(record, device)
        state = state_of(record)
        if found.id in state.off:
            raise UsageError(
                f"{found.id} has no power", "mend what took it: maille twin fault list"
            )
        _restart(record, (found.id,), state)
        control.await_ready(record)


def launch(record: Record, device: str, state: Effects) -> None:
    """Start one agent, as the plant is now."""
    prepare(record, record.plant.devices[device], state)
    processes.launch(record, device)


def freeze(record: Record, devices: Iterable[str]) -> None:
    """Let agents answer nothing."""
    for device in devices:
        processes.send(record, device, signal.SIGSTOP)


def _change(record: Record, change: Callable[[tuple[Fault, ...]], tuple[Fault, ...]]) -> None:
    with alone(record.folder):
        there = current(record)
        wanted = change(there)
        before, after = effects(record.plant, there), effects(record.plant, wanted)
        write_all({record.faults: faults.as_json(wanted)}, mode=_OWNER_ONLY)
        control.reload(record)
        anew = rebooting(before, after, record.plant.agents.values())
        if anew:
            _restart(record, anew, after)
        freeze(record, after.silent - before.silent)
        _thaw(record, before.silent - after.silent)
        control.await_ready(record)


def _restart(record: Record, devices: tuple[str, ...], state: Effects) -> None:
    control.expect(record, *devices)
    processes.kill(record, devices)
    for device in devices:
        launch(record, device, state)
    freeze(record, state.silent & set(devices))


def _thaw(record: Record, devices: AbstractSet[str]) -> None:
    for device in devices:
        processes.send(record, device, signal.SIGCONT)


def _known(record: Record, fault: Fault) -> Fault:
    """Give a fault with the names as the plant has them."""
    match fault.kind:
        case "link-cut":
            return Fault(fault.kind, _link(record, fault.subject))
        case "switch-dead" | "management-lost":
            return Fault(fault.kind, _switch(record, fault.subject).id)
        case "port-down" | "port-errors":
            switch = _switch(record, fault.subject)
            return Fault(fault.kind, switch.id, _port(switch, fault.port or "").name)
        case "poe-off":
            switch = _switch(record, fault.subject)
            port = _port(switch, fault.port or "")
            if not port.poe:
                feeding = [one.short for one in switch.ports if one.poe]
                raise UsageError(
                    f"{port.short} of {switch.id} feeds nobody",
                    f"it feeds by {feeding[0]} to {feeding[-1]}" if feeding else "none of it does",
                )
            return Fault(fault.kind, switch.id, port.name)
        case "wrong-mac" | "no-video":
            return Fault(fault.kind, _camera(record, fault.subject).id)
        case _:
            return Fault(fault.kind, _agent(record, fault.subject).id, seconds=fault.seconds)


def _device(record: Record, name: str) -> Device:
    return _one(name, record.plant.devices, "device", record)


def _agent(record: Record, name: str) -> Device:
    device = _device(record, name)
    if not device.snmp:
        raise UsageError(f"{name} has no agent", "its model says `snmp: none`")
    return device


def _switch(record: Record, name: str) -> Device:
    switches = {one.id: one for one in record.plant.devices.values() if one.switches}
    return _one(name, switches, "switch", record)


def _camera(record: Record, name: str) -> Device:
    cameras = {one.id: one for one in record.plant.devices.values() if one.is_camera}
    return _one(name, cameras, "camera", record)


def _link(record: Record, name: str) -> str:
    _one(name, record.plant.links, "link", record)
    return name


def _one(name: str, known: dict[str, _T], what: str, record: Record) -> _T:
    if name not in known:
        raise UsageError(
            f"{record.plant.estate} has no {what} `{name}` in service",
            meant(name, known) or f"it has {len(known)}, `{min(known)}` among them",
        )
    return known[name]


def _port(device: Device, name: str) -> Port:
    for port in device.ports:
        if name in {port.name, port.short}:
            return port
    names = [port.short for port in device.ports]
    raise UsageError(
        f"{device.id} has no port `{name}`",
        meant(name, names) or f"it has {names[0]} to {names[-1]}",
    )
