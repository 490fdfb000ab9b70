"""How devices write names and numbers, where several platforms do it alike."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipaddress import IPv4Interface, IPv4Network

_PORT = re.compile(r"([A-Za-z-]+)([\d/]+)$")


def port_parts(name: str) -> tuple[str, tuple[int, ...]]:
    """Part `GigabitEthernet1/0/3` into its kind and its numbers; a bare word has none."""
    found = _PORT.match(name)
    if not found:
        return name, ()
    return found[1], tuple(int(number) for number in found[2].split("/") if number)


def dotted_mac(mac: str) -> str:
    """Write `ac:cc:8e:00:00:01` as `accc.8e00.0001`."""
    digits = mac.replace(":", "")
    return ".".join(digits[start : start + 4] for start in (0, 4, 8))


def svi(vlan: int) -> str:
    """Give the name of a VLAN's routed interface."""
    return f"Vlan{vlan}"


def with_netmask(interface: IPv4Interface) -> str:
    """Write `10.0.0.1 255.255.255.0`."""
    return f"{interface.ip} {interface.netmask}"


def with_length(interface: IPv4Interface) -> str:
    """Write `10.0.0.1/24`."""
    return str(interface)


@lru_cache(maxsize=4096)
def wildcard(prefix: IPv4Network) -> str:
    """Write a prefix with the bits that do not matter: `10.0.0.0 0.0.0.255`, `host 10.0.0.1`."""
    if prefix.prefixlen == 32:
        return f"host {prefix.network_address}"
    return f"{prefix.network_address} {prefix.hostmask}" if prefix.prefixlen else "any"


@lru_cache(maxsize=4096)
def plain_wildcard(prefix: IPv4Network) -> str:
    """Write a source of a standard list: one host is its address alone."""
    return wildcard(prefix).removeprefix("host ")


@lru_cache(maxsize=4096)
def slashed(prefix: IPv4Network) -> str:
    """Write a prefix as `10.0.0.0/24`, `host 10.0.0.1` or `any`."""
    if prefix.prefixlen == 32:
        return f"host {prefix.network_address}"
    return str(prefix) if prefix.prefixlen else "any"
