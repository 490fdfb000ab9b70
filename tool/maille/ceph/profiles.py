"""Erasure-code profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.ceph.difference import differences
from maille.ceph.making import Kind
from maille.ceph.model import ErasureCodeProfile

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster

_NONE = "none"
"""Where a setting is not there at all, which no wish asks for."""


def read(cluster: Cluster, name: str) -> ErasureCodeProfile | None:
    """Give a profile as the cluster has it, or None."""
    found = cluster.find("osd erasure-code-profile get", name=name)
    if found is None:
        return None
    # What a person made may be outside of what we would ask for: it is shown as it is.
    return ErasureCodeProfile.model_construct(
        name=name,
        k=int(found.get("k", 0)),
        m=int(found.get("m", 0)),
        failure_domain=found.get("crush-failure-domain", "host"),
        device_class=found.get("crush-device-class") or None,
        root=found.get("crush-root", _NONE),
        plugin=found.get("plugin", _NONE),
        technique=found.get("technique", _NONE),
    )


def _make(cluster: Cluster, wanted: ErasureCodeProfile) -> None:
    settings = [
        f"plugin={wanted.plugin}",
        f"technique={wanted.technique}",
        f"k={wanted.k}",
        f"m={wanted.m}",
        f"crush-root={wanted.root}",
        f"crush-failure-domain={wanted.failure_domain}",
    ]
    if wanted.device_class:
        settings.append(f"crush-device-class={wanted.device_class}")
    cluster.mon("osd erasure-code-profile set", name=wanted.name, profile=settings)


def delete(cluster: Cluster, name: str) -> None:
    """Remove a profile; the cluster refuses while a pool uses it."""
    cluster.mon("osd erasure-code-profile rm", name=name)


PROFILE = Kind(
    title="profile",
    name=lambda one: one.name,
    read=lambda cluster, one: read(cluster, one.name),
    compare=lambda found, wanted: differences(found, wanted, in_place=()),
    make=_make,
)
