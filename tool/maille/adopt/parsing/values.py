"""Numbers and addresses as configurations write them; nothing for what is none."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from typing import Final

_LAST_VLAN: Final = 4094
_VLAN_RANGE: Final = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?", re.ASCII)
_MAC_DIGITS: Final = 12


def address(text: str) -> IPv4Address | None:
    """Read an address."""
    try:
        return IPv4Address(text)
    except ValueError:
        return None


def interface_address(text: str) -> IPv4Interface | None:
    """Read an address with its mask: `10.0.0.2 255.255.255.192` or `10.0.0.2/26`."""
    words = text.split()
    joined = "/".join(words[:2]) if len(words) > 1 and "/" not in words[0] else words[0]
    try:
        return IPv4Interface(joined) if "/" in joined else None
    except ValueError:
        return None


def network(text: str) -> IPv4Network | None:
    """Read a prefix: `10.0.0.0 255.0.0.0` or `10.0.0.0/8`."""
    found = interface_address(text)
    return found.network if found else None


def vlan_ids(text: str) -> frozenset[int] | None:
    """Read a list of VLANs: `10,20-25`, `all` or `none`."""
    if text in {"all", "none"}:
        return frozenset(range(1, _LAST_VLAN + 1)) if text == "all" else frozenset()
    found: set[int] = set()
    for part in text.replace(" ", "").split(","):
        read = _VLAN_RANGE.fullmatch(part)
        first, last = (int(read[1]), int(read[2] or read[1])) if read else (0, 0)
        if not 1 <= first <= last <= _LAST_VLAN:
            return None
        found.update(range(first, last + 1))
    return frozenset(found)


def vlan_id(text: str) -> int | None:
    """Read one VLAN."""
    found = vlan_ids(text) if text.isascii() and text.isdigit() else None
    return next(iter(found)) if found else None


def mac(text: str) -> str:
    """Read a MAC address in any of the usual forms: `ac:cc:8e:00:00:01`; empty if it is none.

    A group address is none of a device.
    """
    digits = re.sub(r"[.:-]", "", text).lower()
    if len(digits) != _MAC_DIGITS or not re.fullmatch(r"[0-9a-f]+", digits):
        return ""
    if int(digits[:2], 16) & 1:
        return ""
    return ":".join(digits[at : at + 2] for at in range(0, _MAC_DIGITS, 2))
