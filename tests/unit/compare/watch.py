"""What must hold after every single line that is sent, told by the model alone."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.unit.compare.device import Device, Port

METHODS = ("switchport port-security", "authentication", "dot1x")
"""Ways to let only the right camera in; a port has one of them."""

GUARDS = (
    "ip access-group",
    "ip verify source",
    "storm-control",
    "spanning-tree bpduguard",
    "switchport block",
    *METHODS,
)


class HarmError(AssertionError):
    """A state in which a device must never be, not even between two lines."""


@dataclass(frozen=True)
class Ends:
    """Where a change begins and where it is to end."""

    before: Device
    after: Device


def carried(device: Device, name: str) -> frozenset[int]:
    """Give the VLANs that a port lets in or out now."""
    port = device.ports.get(name)
    if port is None or port.shut or port.routed or not _is_connected(device, name):
        return frozenset()
    if _is_trunk(device, port):
        return port.allowed
    vlan = port.lines.settings.get("switchport access vlan", "vlan 1").split()[-1]
    return frozenset({int(vlan)})


def _is_connected(device: Device, name: str) -> bool:
    """Say whether frames reach an interface as such: a bundle has members, a member has not."""
    bundles = {
        line.split()[1]
        for port in device.ports.values()
        if not port.shut and (line := port.lines.settings.get("channel-group"))
    }
    if name.lower().startswith("port-channel"):
        return name[len("port-channel") :] in bundles
    return "channel-group" not in device.ports[name].lines.settings


def _is_trunk(device: Device, port: Port) -> bool:
    """Say whether a port is a trunk, or may have negotiated one: IOS ports do until told."""
    return _mode(port) == "switchport mode trunk" or (not _mode(port) and not device.eos)


def policies(device: Device, port: Port) -> tuple[str, ...] | None:
    """Give the entries that filter a port, none at all if nothing does."""
    line = port.lines.settings.get("ip access-group")
    if line is None:
        return None
    name = line.split()[2]
    return device.acls[name].policy if name in device.acls else ()


def guards(port: Port) -> set[str]:
    """Give what protects a port, by name."""
    lines = (*port.lines.settings, *port.lines.flags)
    return {guard for guard in GUARDS if any(line.startswith(guard) for line in lines)}


def check(now: Device, ends: Ends, last: str) -> None:
    """Look at the whole device after one line.

    Raises:
        HarmError: it is in a state that neither end asks for.
    """
    for name, port in now.ports.items():
        old, new = ends.before.ports.get(name), ends.after.ports.get(name)
        _check_trunk(name, now, ends)
        _check_gateway(name, now, ends)
        if not port.shut and not name.startswith("Vlan"):
            _check_guards(name, port, old, new)
        if old and new:
            _check_policy(name, now, port, [(ends.before, old), (ends.after, new)])
            _check_address(name, port, ends, last)
        _check_vlan(name, now, ends)
        _check_inspection(name, now, ends)
    _check_access(now, ends)
    _check_management(now, ends)


def _harm(condition: object, what: str) -> None:
    if condition:
        raise HarmError(what)


def _check_trunk(name: str, now: Device, ends: Ends) -> None:
    wide = carried(now, name) - carried(ends.before, name) - carried(ends.after, name)
    _harm(wide, f"{name} carries {sorted(wide)[:5]}, which neither end does")
    if all(_is_open_trunk(device, name) for device in (now, ends.before, ends.after)):
        lost = (carried(ends.before, name) & carried(ends.after, name)) - carried(now, name)
        _harm(lost, f"{name} does not carry {sorted(lost)[:5]}, which both ends do")


def _is_open_trunk(device: Device, name: str) -> bool:
    port = device.ports.get(name)
    return port is not None and not port.shut and _mode(port) == "switchport mode trunk"


def _mode(port: Port) -> str:
    return port.lines.settings.get("switchport mode", "")


def _check_guards(name: str, port: Port, old: Port | None, new: Port | None) -> None:
    wanted = guards(new) if new else set()
    if old and not old.shut:
        wanted = wanted & guards(old) if _mode(old) == _mode(new or old) else set()
    _harm(wanted - guards(port), f"{name} is open without {sorted(wanted - guards(port))}")
    if old and new and not old.shut and guards(old) & {*METHODS} and guards(new) & {*METHODS}:
        _harm(not guards(port) & {*METHODS}, f"{name} is open to any device")


def _check_gateway(name: str, now: Device, ends: Ends) -> None:
    """See to it that nothing is routed unfiltered that neither end routes so."""

    def is_open(device: Device) -> bool:
        port = device.ports.get(name)
        routes = port is not None and bool(port.address) and not port.shut
        return routes and policies(device, device.ports[name]) is None

    harm = is_open(now) and name in ends.after.ports
    _harm(
        harm and not is_open(ends.before) and not is_open(ends.after), f"{name} routes unfiltered"
    )


def _check_policy(name: str, now: Device, port: Port, ends: list[tuple[Device, Port]]) -> None:
    policy = policies(now, port)
    _harm(policy == (), f"{name} applies an access list that is empty or not defined")
    known = [policies(device, each) for device, each in ends]
    if policy is not None and not port.shut:
        every = {acl.policy for device, _ in ends for acl in device.acls.values()}
        _harm(policy not in every, f"{name} applies a list that is at neither end")
    if None not in known:
        _harm(policy is None, f"{name} applies no access list, though both ends do")


def _check_address(name: str, port: Port, ends: Ends, last: str) -> None:
    old, new = ends.before.ports[name], ends.after.ports[name]
    if old.address and new.address and not port.address and not _contested(name, ends):
        _harm(not last.startswith(("vrf", "no vrf")), f"{name} has lost its address")


def _contested(name: str, ends: Ends) -> bool:
    """Say whether an interface waits, over others, for the address that it holds itself.

    Then one of them has to be without an address for a while; else an order exists.
    """
    reached, waiting = set[str](), {name}
    while waiting:
        found = {other for each in waiting for other in _waiting_for(each, ends)}
        waiting = found - reached
        reached |= found
    return name in reached


def _waiting_for(name: str, ends: Ends) -> set[str]:
    """Give the interfaces that are about to get a network which this one holds and leaves."""
    old, new = ends.before.ports.get(name), ends.after.ports.get(name)
    if old is None or (new and (old.vrf, old.networks) == (new.vrf, new.networks)):
        return set()
    return {
        other
        for other, port in ends.after.ports.items()
        if other != name and port.vrf == old.vrf
        for wanted in port.networks
        if any(held.network.overlaps(wanted.network) for held in old.networks)
    }


def _check_vlan(name: str, now: Device, ends: Ends) -> None:
    port = now.ports[name]
    line = port.lines.settings.get("switchport access vlan")
    if line and not port.shut and _mode(port) == "switchport mode access":
        vlan = int(line.split()[-1])
        both = vlan in ends.before.vlans or vlan in ends.after.vlans
        _harm(both and vlan not in now.vlans, f"{name} is in VLAN {vlan}, which is not there")


def _check_inspection(name: str, now: Device, ends: Ends) -> None:
    """Say whether a trunk cuts what it carries: inspected, and not trusted."""

    def cut(device: Device) -> frozenset[int]:
        port = device.ports.get(name)
        if not port or port.shut or not _is_trunk(device, port):
            return frozenset()
        if "ip arp inspection trust" in port.lines.flags:
            return frozenset()
        return frozenset(device.watched["arp inspection"]) & carried(device, name)

    silent = cut(now) - cut(ends.before) - cut(ends.after)
    both = carried(ends.before, name) & carried(ends.after, name)
    _harm(silent & both, f"{name} drops ARP of {sorted(silent)}")


def _check_access(now: Device, ends: Ends) -> None:
    """See to it that the way in stays open to those, and shut to all others."""
    for header, lines in now.sections.items():
        for key in ("access-class", "ip access-group"):
            names = [
                device.sections[header].settings[key].split()[-2]
                for device in (now, ends.before, ends.after)
                if key in device.sections.get(header, lines).settings
            ]
            if len(names) == 3 or key in lines.settings:
                name = lines.settings.get(key, "x x x").split()[-2]
                _harm(name not in now.acls, f"{header} applies {name}, which is not defined")
                _harm(not now.acls[name].entries, f"{header} applies {name}, which is empty")


def _check_management(now: Device, ends: Ends) -> None:
    for name in ends.before.lines.settings.keys() & ends.after.lines.settings.keys():
        _harm(name not in now.lines.settings, f"{name} is gone, though both ends have it")
    modes = {
        device.lines.settings.get("spanning-tree mode") for device in (ends.before, ends.after)
    }
    _harm(
        now.lines.settings.get("spanning-tree mode") not in modes, "spanning tree changed its mode"
    )
    users = [
        {name for name in device.lines.settings if name.startswith("username")}
        for device in (now, ends.before, ends.after)
    ]
    _harm(users[1] and users[2] and not users[0], "there is no user left")


def send(device: Device, lines: Iterable[str], target: Device) -> Device:
    """Send lines one by one, looking at the device after each."""
    ends = Ends(copy.deepcopy(device), target)
    now = copy.deepcopy(device)
    for line in lines:
        now.send(line)
        check(now, ends, line.strip())
    if now.section:
        raise HarmError("the session is left inside a section")
    return now
