"""How makers name and number what their agents show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.twin.agents.plant import Make

NET_SNMP = "1.3.6.1.4.1.8072.3.2.10"
"""netSnmpAgentOIDs.linux: what a host says, and many a camera."""
CISCO_PRODUCTS = "1.3.6.1.4.1.9.1"
ENTERPRISES = {"cisco": 9, "arista": 30065, "axis": 368, "camera": 8072, "host": 8072}
"""Private enterprise numbers (IANA), for engine ids."""
OBJECT_IDS = {
    # CISCO-PRODUCTS-MIB, as Cisco's list of devices of Emergency Responder 15 gives them
    "ie-3300-8p2s": f"{CISCO_PRODUCTS}.2686",
    "ie-3300-8t2s": f"{CISCO_PRODUCTS}.2685",
    "ie-3400-8p2s": f"{CISCO_PRODUCTS}.2687",
    "c9200l-24p-4g": f"{CISCO_PRODUCTS}.2695",
    "ie-2000-16ptc-g-e": f"{CISCO_PRODUCTS}.1730",
    "ie-4000-8gt8gp4g-e": f"{CISCO_PRODUCTS}.2079",
    "c2960cx-8pc-l": f"{CISCO_PRODUCTS}.2191",
    # ARISTA-PRODUCTS-MIB
    "7050sx3-48yc8": "1.3.6.1.4.1.30065.1.3011.7050.3741.3.48.1654.8",
    "7050sx3-96yc8": "1.3.6.1.4.1.30065.1.3011.7050.3741.3.96.1654.8",
    "7020sr-24c2": "1.3.6.1.4.1.30065.1.3011.7020.3735.24.2878.2",
    "720dp-24s": "1.3.6.1.4.1.30065.1.2546.720.2974.24.3282",
}
"""sysObjectID by model of the catalogue; a model that is not here says its maker's branch."""
_BRANCHES = {"cisco": CISCO_PRODUCTS, "arista": "1.3.6.1.4.1.30065.1"}

_SHORT = {
    "FastEthernet": "Fa",
    "GigabitEthernet": "Gi",
    "TwoGigabitEthernet": "Tw",
    "FiveGigabitEthernet": "Fi",
    "TenGigabitEthernet": "Te",
    "TwentyFiveGigE": "Twe",
    "FortyGigabitEthernet": "Fo",
    "HundredGigE": "Hu",
}
"""ifName of IOS, which `show interfaces status` uses too."""


def object_id(model_id: str, make: Make) -> str:
    """Give a model's sysObjectID."""
    return OBJECT_IDS.get(model_id, _BRANCHES.get(make, NET_SNMP))


def short_name(name: str, make: Make) -> str:
    """Give a port's ifName: IOS shortens it, others have it as it is configured."""
    kind = name.rstrip("0123456789/")
    return _SHORT.get(kind, kind) + name[len(kind) :] if make == "cisco" else name


def place(name: str, speed_mbps: int) -> tuple[int, ...]:
    """Give where a port stands among those of its switch: slow ones first, then by number."""
    return speed_mbps, *(int(number) for number in re.findall(r"\d+", name))


def interface_index(name: str, position: int, make: Make, dialect: str) -> int:
    """Give a port's ifIndex.

    EOS derives it from the name (Ethernet7 is 7, Ethernet49/1 is 49001); IOS 15 numbers from
    10101; IOS-XE numbers its ports in order, behind eight interfaces of its own.

    Args:
        name: the port's.
        position: its place among the switch's ports, counted from 1.
        make: the maker.
        dialect: `ios15`, `iosxe` or `eos`.
    """
    if make == "arista":
        numbers = [int(number) for number in re.findall(r"\d+", name)]
        return numbers[0] * 1000 + numbers[1] if len(numbers) == 2 else numbers[0]
    return position + (10100 if dialect == "ios15" else 8)


def system_title(model_title: str, make: Make, dialect: str) -> str:
    """Give sysDescr as makers word it: program, hardware, version."""
    if make == "arista":
        return f"Arista Networks EOS version 4.32.2F running on an {model_title}"
    if make == "cisco":
        program = "IOS Software [Cupertino]" if dialect == "iosxe" else "IOS Software"
        version = "17.9.4" if dialect == "iosxe" else "15.2(8)E4"
        return f"Cisco {program}, {model_title}, Version {version}, RELEASE SOFTWARE"
    return model_title


def power_index(name: str) -> tuple[int, int]:
    """Give a port's group and number in POWER-ETHERNET-MIB: stack member and number in the name.

    Gi1/0/5 is 1.5, and so are Gi1/5, Gi0/5 and Ethernet5: it is no ifIndex.
    """
    numbers = [int(number) for number in re.findall(r"\d+", name)]
    return (numbers[0] if len(numbers) == 3 else 1), numbers[-1]
