"""Renders a fabric of as many switches as asked for with pyavd, and prints what it took as JSON.

Run by rendering.py, in the same interpreter or in one of its own (PEER_PYTHON): pyavd is no
dependency of maille. The fabric is two gateways and access switches below them, each with eight
camera ports, trunks and the VLANs of a ring: less than maille writes of a switch, not more. Ends
with 3 where pyavd is not installed.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from typing import Any

NOT_INSTALLED = 3
VLANS = 12


def inputs_for(count: int) -> dict[str, dict[str, Any]]:
    """Describe a layer-2 fabric of `count` switches, as pyavd's design of that name has it."""
    leaves = [f"access-{number}" for number in range(1, count - 1)]
    fabric: dict[str, Any] = {
        "fabric_name": "CAMERAS",
        "design": {"type": "l2ls"},
        "l3spine": {
            "defaults": {
                "platform": "7050X3",
                "loopback_ipv4_pool": "192.168.255.0/24",
                "mlag_peer_ipv4_pool": "192.168.254.0/24",
                "mlag_peer_l3_ipv4_pool": "192.168.253.0/24",
                "mlag_interfaces": ["Ethernet1", "Ethernet2"],
                "virtual_router_mac_address": "00:1c:73:00:00:99",
                "spanning_tree_mode": "mstp",
                "spanning_tree_priority": 4096,
            },
            "node_groups": [
                {
                    "group": "GATEWAYS",
                    "nodes": [{"name": "gateway-1", "id": 1}, {"name": "gateway-2", "id": 2}],
                }
            ],
        },
        "leaf": {
            "defaults": {
                "platform": "720XP",
                "uplink_switches": ["gateway-1", "gateway-2"],
                "uplink_interfaces": ["Ethernet49", "Ethernet50"],
                "spanning_tree_mode": "mstp",
            },
            "nodes": [
                {
                    "name": name,
                    "id": number,
                    "uplink_switch_interfaces": [f"Ethernet{number}", f"Ethernet{number}"],
                }
                for number, name in enumerate(leaves, start=3)
            ],
        },
        "tenants": [
            {
                "name": "VIDEO",
                "vrfs": [
                    {
                        "name": "VIDEO",
                        "vrf_id": 1,
                        "svis": [
                            {
                                "id": 100 + number,
                                "name": f"CAM-{number}",
                                "enabled": True,
                                "ip_address_virtual": f"10.28.{number}.1/24",
                            }
                            for number in range(VLANS)
                        ],
                    }
                ],
            }
        ],
        "port_profiles": [
            {
                "profile": "CAMERA",
                "mode": "access",
                "vlans": "100",
                "spanning_tree_portfast": "edge",
                "spanning_tree_bpduguard": "enabled",
            }
        ],
        "network_ports": [
            {"switches": ["access-.*"], "switch_ports": ["Ethernet1-8"], "profile": "CAMERA"}
        ],
    }
    roles = {"gateway-1": "l3spine", "gateway-2": "l3spine", **dict.fromkeys(leaves, "leaf")}
    return {name: {"type": role, **fabric} for name, role in roles.items()}


def main() -> int:
    """Go from inputs to texts, and take the processor time of each step."""
    try:
        pyavd: Any = importlib.import_module("pyavd")
    except ModuleNotFoundError:
        return NOT_INSTALLED
    inputs = inputs_for(int(sys.argv[1]))
    marks = [time.process_time()]
    facts = pyavd.get_avd_facts(inputs)
    marks.append(time.process_time())
    structured = [
        pyavd.get_device_structured_config(name, each, facts) for name, each in inputs.items()
    ]
    marks.append(time.process_time())
    texts = [pyavd.get_device_config(each) for each in structured]
    marks.append(time.process_time())
    result = {
        "version": pyavd.__version__,
        "devices": len(texts),
        "text_bytes": sum(len(text) for text in texts),
        "facts_cpu_s": round(marks[1] - marks[0], 3),
        "structured_cpu_s": round(marks[2] - marks[1], 3),
        "rendering_cpu_s": round(marks[3] - marks[2], 3),
    }
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
