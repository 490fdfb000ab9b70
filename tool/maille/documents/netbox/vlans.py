"""VRFs, VLAN groups, VLANs and prefixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.netbox.form import cut, form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.blueprint.model import Blueprint
    from maille.documents.netbox.form import Form, Value

VRFS = ("VIDEO", "MGMT")
_POOL_VRF = {"video": "VIDEO", "management": "MGMT"}
"""Pools that serve one VRF; the others serve several."""


def group_name(blueprint: Blueprint, pair: str) -> str:
    """Name the VLAN group of a pair: ids are unique within its layer-2 domain."""
    return f"{blueprint.estate.settings.estate} {pair}"


def vrf_name(vrf: str) -> str | None:
    """Give a VRF; what lies behind the firewall is in none."""
    return vrf if vrf in VRFS else None


def vlans(blueprint: Blueprint) -> Iterator[Form]:
    """Give VRFs, VLAN groups, VLANs and prefixes."""
    yield form(
        "vrfs",
        ("name", "enforce_unique", "description"),
        ({"name": it, "enforce_unique": True, "description": "rendered by maille"} for it in VRFS),
    )
    yield form(
        "vlan-groups",
        ("name", "slug", "description"),
        (
            {
                "name": group_name(blueprint, pair.id),
                "slug": f"{blueprint.estate.settings.estate}-{pair.id}",
                "description": f"layer-2 domain of {pair.primary} and {pair.secondary}",
            }
            for pair in blueprint.pairs.values()
        ),
    )
    yield form("vlans", ("group", "vid", "name", "status", "description"), _vlans(blueprint))
    yield form(
        "prefixes",
        ("prefix", "vrf", "vlan_group", "vlan", "status", "is_pool", "description"),
        (*_pools(blueprint), *_prefixes(blueprint)),
    )


def _vlans(blueprint: Blueprint) -> Iterator[Mapping[str, Value]]:
    ids = blueprint.estate.settings.pools.vlans
    for pair in blueprint.pairs.values():
        group = group_name(blueprint, pair.id)
        for ident in pair.segments:
            segment = blueprint.segments[ident]
            yield {
                "group": group,
                "vid": segment.vlan,
                "name": segment.vlan_name,
                "status": "active",
                "description": cut(segment.title),
            }
        more = {ids.blackhole: "blackhole", ids.native: "native"}
        for link in blueprint.links.values():
            if link.pair == pair.id:
                more |= {net.vlan: f"transit-{net.vrf}" for net in link.transit}
        for vid, name in more.items():
            yield {"group": group, "vid": vid, "name": name, "status": "reserved"}


def _pools(blueprint: Blueprint) -> Iterator[Mapping[str, Value]]:
    pools = blueprint.estate.settings.pools.prefixes
    for name in type(pools).model_fields:
        for prefix in getattr(pools, name):
            yield {
                "prefix": str(prefix),
                "vrf": _POOL_VRF.get(name),
                "status": "container",
                "is_pool": False,
                "description": f"pool {name}",
            }


def _prefixes(blueprint: Blueprint) -> Iterator[Mapping[str, Value]]:
    for segment in blueprint.segments.values():
        yield {
            "prefix": str(segment.prefix),
            "vrf": vrf_name(segment.vrf),
            "vlan_group": group_name(blueprint, segment.pair),
            "vlan": segment.vlan,
            "status": "active",
            "is_pool": False,
            "description": cut(segment.title),
        }
    for link in blueprint.links.values():
        for net in link.transit:
            yield {
                "prefix": str(net.prefix),
                "vrf": net.vrf,
                "status": "active",
                "is_pool": False,
                "description": cut(f"transit {link.id}"),
            }
