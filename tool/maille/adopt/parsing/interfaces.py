"""Lines of an interface, of either platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from maille.adopt.device import Interface
from maille.adopt.names import full_port
from maille.adopt.parsing.reader import Patterns
from maille.adopt.parsing.values import (
    address,
    interface_address,
    mac,
    vlan_id,
    vlan_ids,
)
from maille.adopt.shown import secret_in

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from maille.adopt.parsing.reader import Log, Take
    from maille.adopt.parsing.tree import Line

_VRRP_LINES = r"(?:vrrp|standby)"


def read_interface(line: Line, log: Log) -> Interface | None:
    """Read a section `interface NAME`; nothing if the name is not known."""
    name = full_port(line.text.removeprefix("interface "))
    if not name or (name.startswith("Vlan") and vlan_id(name.removeprefix("Vlan")) is None):
        return None
    found: dict[str, Any] = {}
    _PATTERNS.read(line.below, found, log, "interface")
    return Interface(name, line.number, **found)


def _mark(**values: object) -> Take[dict[str, Any]]:
    """Take a line that says one thing."""

    def take(found: dict[str, Any], _match: re.Match[str], _line: Line) -> None:
        found.update(values)

    return take


def _value(key: str, read: Callable[[str], object]) -> Take[dict[str, Any]]:
    """Take a line that holds one value."""

    def take(found: dict[str, Any], match: re.Match[str], _line: Line) -> bool:
        value = read(match[1])
        if value is None or value == "":
            return False
        found[key] = value
        return True

    return take


def _description(found: dict[str, Any], match: re.Match[str], line: Line) -> None:
    """Take a description, unless somebody has put a secret into it."""
    if not secret_in(line.text):
        found["description"] = match[1].strip('"')


def _allowed(found: dict[str, Any], match: re.Match[str], _line: Line) -> bool:
    """Take a trunk's list: plain, or with `add`, `remove` or `except`."""
    verb, given = match[1], vlan_ids(match[2])
    if given is None:
        return False
    every = vlan_ids("all") or frozenset()
    before: frozenset[int] = found.get("allowed", every)
    changed = {"add": before | given, "remove": before - given, "except": every - given}
    found["allowed"] = changed.get(verb or "", given)
    return True


def _address(found: dict[str, Any], match: re.Match[str], line: Line) -> bool:
    """Take an address; secondary ones have no place in a segment and are left to the report."""
    value = interface_address(match[1])
    if value is None:
        return False
    found["address"], found["address_line"] = value, line.number
    return True


def _virtual(found: dict[str, Any], match: re.Match[str], line: Line) -> bool:
    value = address(match[1])
    if value is None:
        return False
    found["virtual"] = (*found.get("virtual", ()), value)
    found["virtual_line"] = line.number
    return True


def _vrrp_v3(found: dict[str, Any], _match: re.Match[str], line: Line) -> None:
    """Take `vrrp 1 address-family ipv4` with what stands below."""
    for below in line.below:
        words = below.text.split()
        if words[0] == "address" and len(words) > 1 and (value := address(words[1])):
            found["virtual"] = (*found.get("virtual", ()), value)
            found["virtual_line"] = below.number
        elif words[0] == "priority" and len(words) > 1 and words[1].isdigit():
            found["priority"] = int(words[1])


def _mac(found: dict[str, Any], match: re.Match[str], _line: Line) -> bool:
    value = mac(match[1])
    if not value:
        return False
    found["macs"] = (*found.get("macs", ()), value)
    return True


def _port_security(found: dict[str, Any], _match: re.Match[str], _line: Line) -> None:
    found.setdefault("method", "static_mac")


_PATTERNS: Final[Patterns[dict[str, Any]]] = Patterns(
    (r"description (.+)", _description),
    (r"shutdown", _mark(shutdown=True)),
    (r"no shutdown", _mark(shutdown=False)),
    (r"no switchport", _mark(mode="routed")),
    (r"switchport", lambda *_: None),
    (r"switchport mode access", _mark(mode="access")),
    (r"switchport mode trunk", _mark(mode="trunk")),
    (r"switchport access vlan (\d+)", _value("access_vlan", vlan_id)),
    (r"switchport trunk native vlan (\d+)", _value("native_vlan", vlan_id)),
    (r"switchport trunk allowed vlan (?:(add|remove|except) )?(all|none|\d[\d, -]*)", _allowed),
    (r"channel-group (\d+)(?: mode .*)?", _value("lag", int)),
    (r"encapsulation dot1[qQ] (?:vlan )?(\d+)(?: native)?", _value("tag", vlan_id)),
    (r"(?:ip )?vrf (?:forwarding )?(\S+)", _value("vrf", str)),
    (r"ip address (\d\S+(?: \d\S+)?)", _address),
    (r"no ip address", lambda *_: None),
    (rf"{_VRRP_LINES} \d+ (?:ip|ipv4) (\d+\.\S+)(?: secondary)?", _virtual),
    (rf"{_VRRP_LINES} \d+ priority(?:-level)? (\d+)", _value("priority", int)),
    (r"vrrp \d+ address-family ipv4", _vrrp_v3),
    (r"ip virtual-router address (\d+\.\S+)", _virtual),
    (r"switchport port-security mac-address (?:sticky )?(\S+)(?: vlan.*)?", _mac),
    (r"switchport port-security", _port_security),
    (r"mab(?: eap)?", _mark(method="mab")),
    (r"dot1x pae authenticator", _mark(method="dot1x")),
    (r"spanning-tree (?:portfast(?: edge| trunk)?|bpduguard enable)", _mark(edge=True)),
    (r"power inline static max (\d+)", _value("power_mw", int)),
)
