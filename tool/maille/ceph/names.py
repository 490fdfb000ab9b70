"""Names that CephFS gives by rule."""

from __future__ import annotations


def folder(group: str) -> str:
    """Give the folder of a subvolume group."""
    return f"/volumes/{group}"


def namespace(subvolume: str) -> str:
    """Give the RADOS namespace of a namespace-isolated subvolume; the group is not part of it."""
    return f"fsvolumens_{subvolume}"
