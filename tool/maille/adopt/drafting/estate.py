"""`estate.yaml`: pools around what runs, and of the rest what a new estate begins with."""

from __future__ import annotations

import re
from collections import Counter
from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Any, Final

from maille.adopt.drafting.yaml_text import Inline
from maille.adopt.links import vrf_part
from maille.adopt.pools import prefix_pools, vlan_pools
from maille.allocation.demand import POOLS
from maille.inventory.scaffold import NewEstate, scaffold
from maille.inventory.source import parse_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.adopt.drafting.plan import Plan

_DOMAIN: Final = re.compile(r"[a-z0-9.-]{1,253}")
_REGION: Final = re.compile(r"[A-Za-z0-9-]{1,32}")
_BLOCKS: Final = frozenset({"pools", "profiles", "views", "storage", "management"})


def estate_tree(plan: Plan) -> dict[str, Any]:
    """Give the tree of `estate.yaml`."""
    tree = _of_new_estate(plan)
    tree["pools"] = _pools(plan)
    management = tree["management"]
    management["domain_name"] = _said(plan, "domain", _DOMAIN) or management["domain_name"]
    management["mst_region"] = _said(plan, "region", _REGION) or management["mst_region"]
    management["banner"] = "Acces reserve, toute connexion est journalisee"
    servers = plan.catalogue.servers
    if tree["storage"]["server"] not in servers:
        tree["storage"]["server"] = min(servers, default=tree["storage"]["server"])
    ceph = sum(host.count for host in plan.centre.hosts if host.role == "ceph")
    tree["storage"]["hosts"] = ceph or tree["storage"]["hosts"]
    methods = Counter(
        port.method
        for device in plan.survey.devices.values()
        for port in device.ports
        if port.method and not port.shutdown
    )
    if methods:
        tree["port_security"] = Inline(access=methods.most_common(1)[0][0])
    return tree


def _of_new_estate(plan: Plan) -> dict[str, Any]:
    """Give the tree of a new estate, every branch that is written on one line marked."""
    wish = plan.wish
    new = NewEstate(wish.name, wish.title, wish.language, wish.today)
    text = scaffold(new)["estate.yaml"]
    read = parse_document(text.encode(), shown_as="estate.yaml").tree
    if not isinstance(read, dict):
        raise TypeError("the estate of the scaffold is a mapping")
    return {str(key): _marked(value, str(key) in _BLOCKS) for key, value in read.items()}


def _marked(value: Any, block: bool) -> Any:  # noqa: ANN401, FBT001 — whatever YAML holds
    """Mark a branch as one that is written on one line, unless it is a block of its own."""
    if not isinstance(value, dict):
        return value
    inside = {key: _marked(part, block=False) for key, part in value.items()}
    return inside if block else Inline(inside)


def _said(plan: Plan, field: str, valid: re.Pattern[str]) -> str:
    """Give what most devices say in a field, if the inventory can hold it."""
    said = Counter(str(getattr(device, field)) for device in plan.survey.devices.values())
    return next((text for text, _ in said.most_common() if text and valid.fullmatch(text)), "")


def _pools(plan: Plan) -> dict[str, Any]:
    """Give the pools around everything that runs."""
    prefixes: dict[str, list[IPv4Network]] = {}
    for pool, net in _running(plan):
        prefixes.setdefault(pool, []).append(net)
    access = [at.vlan for at in plan.segments.of_communes.values()]
    centre = [each.at.vlan for each in plan.centre.segments if each.at]
    vlans = vlan_pools(access, centre, _transit_tag(plan), _nowhere(plan))
    nets = prefix_pools(prefixes)
    return {
        "vlans": vlans,
        "prefixes": {name: [str(net) for net in found] for name, found in nets.items()},
    }


def _running(plan: Plan) -> Iterator[tuple[str, IPv4Network]]:
    """Give each prefix that runs, with the pool that it belongs to."""
    functions = {
        (segment.insee, segment.key): POOLS[segment.function]
        for segment in plan.segments.of_communes
    }
    for (subject, part), seen in plan.numbers.items():
        if part == "prefix":
            yield functions.get((subject.scope, subject.key), "centre"), seen.value
        elif subject.section == "transit":
            yield "transit", seen.value
        elif part.startswith("loopback"):
            yield "loopbacks", IPv4Network(seen.value)


def _transit_tag(plan: Plan) -> int | None:
    """Give the VLAN of VRF VIDEO on routed links, if that of VRF MGMT is the next one."""
    tags: dict[str, Counter[int]] = {"video": Counter(), "mgmt": Counter()}
    for host in plan.survey.gateways.routed:
        device = plan.survey.devices.get(host)
        for each in device.interfaces.values() if device else ():
            short = each.address and each.address.network.prefixlen >= 30
            vlan = each.tag or each.vlan
            if short and vlan:
                tags[vrf_part(each.vrf)][vlan] += 1
    video, mgmt = (tags[part].most_common(1) for part in ("video", "mgmt"))
    return video[0][0] if video and mgmt and mgmt[0][0] == video[0][0] + 1 else None


def _nowhere(plan: Plan) -> list[int]:
    """Give the black hole, by the ports that are in it, then the native VLAN of trunks."""
    holes: Counter[int] = Counter()
    natives: Counter[int] = Counter()
    served = {at.vlan for at in plan.segments.known if not plan.segments.known[at].nowhere}
    for device in plan.survey.devices.values():
        for port in device.ports:
            if port.shutdown and port.access_vlan not in {None, 1, *served}:
                holes[port.access_vlan or 1] += 1
            if port.mode == "trunk" and port.native_vlan not in {None, 1}:
                natives[port.native_vlan or 1] += 1
    hole = [vlan for vlan, _ in holes.most_common(1)]
    native = [vlan for vlan, _ in natives.most_common(1) if vlan not in hole]
    return hole + native if hole else []
