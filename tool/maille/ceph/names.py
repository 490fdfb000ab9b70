"""Names that CephFS gives by rule."""

from __future__ import annotations


def folder(group: str) -> str:
    """Give the folder of a subvolume group."""
    return f"/volumes/{group}"


def namespace(subvolume: str) -> str:
    """Give the RADOS namespace of a namespace-isolated subvolume; the group is not part of it."""
    return f"fsvolumens_{subvolume}"


TAG_APPLICATION, TAG_KEY = "maille", "owner"
"""Where a pool bears its tag: a key of an application, as Ceph calls it."""


def tagged(tag: str) -> str:
    """Give how the rights of a key name the pools that bear a tag."""
    return f"tag {TAG_APPLICATION} {TAG_KEY}={tag}"
