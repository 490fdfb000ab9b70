"""The two VRFs of a gateway."""

from __future__ import annotations

PROCESS = {"VIDEO": 10, "MGMT": 20}
"""OSPF process and loopback of each VRF."""
