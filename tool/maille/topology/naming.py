"""Ids and names that several parts of the blueprint build alike."""

from __future__ import annotations

from typing import Literal

Function = Literal["cameras", "ppms", "management", "centre"]
"""What a segment is for."""


VLAN_NAME_LENGTH = 32
"""Longest VLAN name on IOS and EOS."""

_PREFIX: dict[Function, str] = {"cameras": "CAM", "ppms": "PPMS", "management": "MGMT"}


def cabinet_switch(insee: str, cabinet: str) -> str:
    """Give the id of a cabinet's switch."""
    return f"{insee}-{cabinet}"


def segment_id(insee: str, key: str) -> str:
    """Give the id of a commune's segment from its key in the lock."""
    return f"{insee}/{key}"


def centre_segment(key: str) -> str:
    """Give the id of a segment of the centre."""
    return f"centre/{key}"


def vlan_name(function: Function, insee: str | None, place: str, vlan: int) -> str:
    """Name a VLAN: function, commune, ring; where that is too long, its number ends it."""
    parts = [_PREFIX.get(function, "CSI"), *([insee] if insee else [])]
    name = "-".join([*parts, place]).upper().replace("@", "-")
    if len(name) <= VLAN_NAME_LENGTH:
        return name
    return "-".join([*parts, f"V{vlan}"]).upper()


def host_ids(key: str, count: int) -> list[str]:
    """Give the ids of equal hosts: `ceph.1` to `ceph.7`, or the key itself for one."""
    return [key] if count == 1 else [f"{key}.{number}" for number in range(1, count + 1)]
