"""Names of ports, hosts and things, in the one form in which they are compared."""

from __future__ import annotations

import re
import unicodedata

_PORT_KINDS = (
    "FastEthernet",
    "GigabitEthernet",
    "TwoGigabitEthernet",
    "TwentyFiveGigE",
    "FiveGigabitEthernet",
    "TenGigabitEthernet",
    "FortyGigabitEthernet",
    "HundredGigE",
    "AppGigabitEthernet",
    "Ethernet",
    "Port-channel",
    "Vlan",
    "Loopback",
    "Management",
)
"""In the order in which an abbreviation is looked for: `Tw` is 2.5 Gbit/s, `Twe` 25."""

_MBPS = {
    "FastEthernet": 100,
    "GigabitEthernet": 1000,
    "TwoGigabitEthernet": 2500,
    "FiveGigabitEthernet": 5000,
    "TenGigabitEthernet": 10_000,
    "TwentyFiveGigE": 25_000,
    "FortyGigabitEthernet": 40_000,
    "HundredGigE": 100_000,
}
_EOS_MBPS, _EOS_QSFP_MBPS = 10_000, 100_000

_ALIASES = {"mgmt": "Management", "eth": "Ethernet", "e": "Ethernet", "po": "Port-channel"}
_PORT = re.compile(r"([A-Za-z][A-Za-z-]*?) ?(\d{1,4}(?:[/.:]\d{1,4}){0,4})", re.ASCII)
_SHORTEST_ABBREVIATION = 2
_LONGEST_ID = 48


def full_port(text: str) -> str:
    """Give a port's whole name: `Gi1/3` is `GigabitEthernet1/3`; empty if it is none."""
    found = _PORT.fullmatch(text.strip())
    if not found:
        return ""
    kind = _kind(found[1].lower())
    return f"{kind}{found[2]}" if kind else ""


def _kind(short: str) -> str:
    if short in _ALIASES:
        return _ALIASES[short]
    if len(short) < _SHORTEST_ABBREVIATION:
        return ""
    return next((kind for kind in _PORT_KINDS if kind.lower().startswith(short)), "")


def port_kind(name: str) -> str:
    """Give the word before the numbers of a whole name: `GigabitEthernet`."""
    return name.rstrip("0123456789/.:")


def is_physical(name: str) -> bool:
    """Say whether a whole name is that of a socket that a cable goes into, for traffic."""
    kind = port_kind(name)
    return kind in {*_MBPS, "Ethernet"} and "." not in name


def base_port(name: str) -> str:
    """Give the port that a subinterface is of."""
    return name.partition(".")[0]


def port_order(name: str) -> tuple[str, tuple[int, ...]]:
    """Order ports as people count them: 1/2 before 1/10."""
    return port_kind(name), tuple(int(number) for number in re.findall(r"\d+", name))


def speed_mbps(name: str) -> int:
    """Give the speed that a port's name tells; on EOS names tell the form factor alone."""
    if port_kind(name) in _MBPS:
        return _MBPS[port_kind(name)]
    return _EOS_QSFP_MBPS if "/" in name else _EOS_MBPS


def host_key(name: str) -> str:
    """Give a host name as it is compared: without domain, in lower case."""
    return name.strip().strip("\"'").partition(".")[0].lower()


def slug(text: str, spare: str = "") -> str:
    """Make an id: `Place des Épars` is `place-des-epars`; `spare` where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST_ID].strip("-") or spare


def unique(wanted: str, taken: set[str]) -> str:
    """Give an id that nobody has, and take it: `mairie`, then `mairie-2`."""
    ident, number = wanted, 1
    while ident in taken:
        number += 1
        tail = f"-{number}"
        ident = wanted[: _LONGEST_ID - len(tail)].rstrip("-") + tail
    taken.add(ident)
    return ident
