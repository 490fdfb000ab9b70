"""What models can carry and do against what is asked of them: N021 to N027, N031, N035."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.platforms import roles
from maille.rule_info import RuleInfo
from maille.rules.model import BlueprintRule, EstateRule, Hit
from maille.rules.network import site_switches
from maille.rules.walk import cabinets
from maille.rules.where import camera_path, link_path, switch_path
from maille.topology.naming import cabinet_switch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Switch
    from maille.inventory.schema.catalogue import SnmpAbility, SwitchModel
    from maille.platforms import Role
    from maille.rules.model import BlueprintContext, EstateContext, LogicalPath

SPECIAL_VLANS = 2
"""Black hole and native."""

ACL_ENTRIES_PER_PORT = 10
"""Entries of the port access list that guards a camera, and its binding."""

WEAK_AUTH = frozenset({"md5", "sha1"})
WEAK_PRIVACY = frozenset({"des"})


def _vlans(context: BlueprintContext) -> Iterator[Hit]:
    for ident, switch in context.blueprint.switches.items():
        needed, limit = len(switch.segments) + SPECIAL_VLANS, switch.model.limits.vlans
        if needed > limit:
            yield Hit(
                switch_path(context.blueprint, ident),
                f"`{switch.model_id}` carries {limit} VLANs, {needed} are needed",
                "split the ring, or choose a larger model",
                ident,
            )


def _tcam(context: BlueprintContext) -> Iterator[Hit]:
    for ident, switch in context.blueprint.switches.items():
        guarded = sum(port.kind in {"camera", "point"} for port in switch.ports)
        if guarded * ACL_ENTRIES_PER_PORT > switch.model.limits.acl_entries:
            yield Hit(
                switch_path(context.blueprint, ident),
                f"{guarded} guarded ports take about {guarded * ACL_ENTRIES_PER_PORT} TCAM entries,"
                f" `{switch.model_id}` has {switch.model.limits.acl_entries}",
                "hang fewer cameras on it, or choose a larger model",
                ident,
            )


def _addresses_learnt(context: BlueprintContext) -> Iterator[Hit]:
    blueprint = context.blueprint
    per_segment: dict[str, int] = {}
    for camera in blueprint.cameras.values():
        if camera.segment:
            per_segment[camera.segment] = per_segment.get(camera.segment, 0) + 1
    for ident, switch in blueprint.switches.items():
        learnt = sum(per_segment.get(segment, 0) for segment in switch.segments)
        if learnt > switch.model.limits.mac_addresses:
            yield Hit(
                switch_path(blueprint, ident),
                f"{learnt} cameras are in its VLANs, `{switch.model_id}` learns"
                f" {switch.model.limits.mac_addresses} addresses",
                "split the ring, or choose a larger model",
                ident,
            )


def _routed(context: BlueprintContext) -> Iterator[Hit]:
    for ident, switch in context.blueprint.switches.items():
        if switch.loopback_video is None:
            continue
        for what, needed, limit in _routed_needs(context, switch):
            if needed > limit:
                yield Hit(
                    switch_path(context.blueprint, ident),
                    f"{needed} {what} are needed, `{switch.model_id}` has {limit}",
                    "choose a larger model, or another pair for some rings",
                    ident,
                )


def _routed_needs(context: BlueprintContext, switch: Switch) -> Iterator[tuple[str, int, int]]:
    limits = switch.model.limits
    found = context.blueprint.segments
    lags = {port.link for port in switch.ports if port.link and port.strand}
    yield "VRFs", 2, limits.vrfs
    yield "VRRP groups", sum(found[s].vrf != "none" for s in switch.segments), limits.vrrp_groups
    yield "port channels", len(lags), limits.port_channels
    yield "routes", len(found) + 2 * len(context.blueprint.links), limits.routes


def _access_method(context: BlueprintContext) -> Iterator[Hit]:
    if context.estate.settings.port_security.access != "dot1x":
        return
    for camera in context.blueprint.cameras.values():
        if not camera.model.dot1x:
            yield Hit(
                (*camera_path(context.blueprint, camera.id), "model"),
                f"`{camera.model_id}` has no 802.1X supplicant, its port asks for one",
                "choose another model, or `port_security.access: mab`",
                camera.id,
            )


def _weak_snmp(context: BlueprintContext) -> Iterator[Hit]:
    switches = {each.model_id: each.model for each in context.blueprint.switches.values()}
    for ident, switch in switches.items():
        if _weak(switch.ability.snmp):
            yield Hit(
                ("catalogue", "switches", ident, "ability", "snmp"),
                f"`{ident}` {_offers(switch.ability.snmp)}",
                "keep it behind the management access list; replace it in time",
                ident,
            )
    cameras = {each.model_id: each.model for each in context.blueprint.cameras.values()}
    for ident, camera in cameras.items():
        if camera.snmp != "none" and _weak(camera.snmp):
            yield Hit(
                ("catalogue", "cameras", ident, "snmp"),
                f"`{ident}` {_offers(camera.snmp)}",
                "its port lets only the pollers in; `snmp: none` does without, by port and stream",
                ident,
                Severity.INFO,
            )


def _weak(ability: SnmpAbility) -> bool:
    return set(ability.auth) <= WEAK_AUTH or set(ability.privacy) <= WEAK_PRIVACY


def _offers(ability: SnmpAbility) -> str:
    return f"offers SNMPv3 with {'/'.join(ability.auth)} and {'/'.join(ability.privacy)} only"


def _per_vlan_tree(context: BlueprintContext) -> Iterator[Hit]:
    for ident, switch in context.blueprint.switches.items():
        instances = switch.model.limits.pvst_instances
        if instances and len(switch.segments) > instances:
            yield Hit(
                switch_path(context.blueprint, ident),
                f"it carries {len(switch.segments)} VLANs; in the per-VLAN spanning-tree mode"
                f" `{switch.model_id}` would leave all beyond {instances} without a tree",
                "keep the rendered MST; never switch it to rapid-pvst",
                ident,
            )


def _role_of_the_platform(context: EstateContext) -> Iterator[Hit]:
    for path, commune, key, cabinet in cabinets(context.estate):
        if cabinet.cameras or cabinet.attachment_points:
            switch = cabinet_switch(commune.insee, key)
            yield from _without_role(context, (*path, "switch"), switch, cabinet.switch, "cameras")
    for switch, (path, entry) in site_switches(context.estate).items():
        if entry.role != "access":
            yield from _without_role(context, (*path, "model"), switch, entry.model, "gateways")


def _without_role(
    context: EstateContext, path: LogicalPath, switch: str, model_id: str, role: Role
) -> Iterator[Hit]:
    models = context.estate.catalogue.switches
    model = models[model_id]
    if role in roles(model.platform, model.dialect):
        return
    able = ", ".join(f"`{name}`" for name, other in models.items() if _fills(other, role))
    yield Hit(
        path,
        f"switch {switch} is to carry {role}, which maille does not write for `{model.platform}`"
        f" in the dialect `{model.dialect}` of `{model_id}`",
        f"choose one of {able}" if able else "add a model that can to the catalogue",
        switch,
    )


def _fills(model: SwitchModel, role: Role) -> bool:
    """Say whether a model could fill a role: its dialect writes it, and its hardware is for it."""
    if role not in roles(model.platform, model.dialect):
        return False
    return model.layer3 if role == "gateways" else any(port.poe != "none" for port in model.access)


def _tagged_bundles(context: BlueprintContext) -> Iterator[Hit]:
    switches = context.blueprint.switches
    for ident, link in context.blueprint.links.items():
        for end in (link.a, link.b):
            model = switches[end.switch].model
            if link.role == "transit" and end.lag is not None and not model.ability.tagged_bundles:
                yield Hit(
                    link_path(context.blueprint, ident),
                    f"transit `{ident}` is a bundle, and `{switches[end.switch].model_id}` of"
                    f" {end.switch} may refuse tagged interfaces on one",
                    "describe a link for each strand",
                    ident,
                )


RULES = (
    EstateRule(
        RuleInfo(
            "N031",
            "role that its platform has no templates for",
            Severity.ERROR,
            "maille",
            "A gateway, and a port of a camera with all that guards it, are written for some "
            "dialects only: `templates/<platform>/roles.yaml` names them. Another switch in that "
            "place could not be configured, and `maille build` would stop there.",
        ),
        _role_of_the_platform,
        judges=("switch",),
        follows=True,
    ),
    BlueprintRule(
        RuleInfo(
            "N021",
            "too many VLANs",
            Severity.ERROR,
            "data sheets",
            "A ring member knows every VLAN of its ring, a gateway every VLAN of its pair.",
        ),
        _vlans,
        judges=("switch",),
    ),
    BlueprintRule(
        RuleInfo(
            "N022",
            "TCAM exceeded",
            Severity.ERROR,
            "data sheets",
            "Port access lists live in TCAM; what does not fit is forwarded in software or not "
            "applied at all.",
        ),
        _tcam,
        judges=("switch",),
    ),
    BlueprintRule(
        RuleInfo(
            "N023",
            "MAC table exceeded",
            Severity.ERROR,
            "data sheets",
            "Frames to an address that could not be learnt are flooded to every port.",
        ),
        _addresses_learnt,
        judges=("switch",),
    ),
    BlueprintRule(
        RuleInfo(
            "N024",
            "gateway exceeded",
            Severity.ERROR,
            "data sheets",
            "VRFs, VRRP groups, port channels and routes of a gateway lie within its model.",
        ),
        _routed,
        judges=("switch",),
    ),
    BlueprintRule(
        RuleInfo(
            "N025",
            "camera without 802.1X",
            Severity.ERROR,
            "ANSSI R19; STIG CISC-L2-000020",
            "One access method a port, and the camera must be capable of it.",
        ),
        _access_method,
        judges=("camera", "nomad"),
    ),
    BlueprintRule(
        RuleInfo(
            "N026",
            "weak SNMPv3",
            Severity.WARNING,
            "ANSSI R88; RFC 7860",
            "SHA-256 and AES are the rule; SHA-1, MD5 and DES only where a model has no better.",
        ),
        _weak_snmp,
        judges=("camera", "nomad", "switch"),
    ),
    BlueprintRule(
        RuleInfo(
            "N027",
            "more VLANs than per-VLAN trees",
            Severity.INFO,
            "Cisco IOS configuration guides",
            "The per-VLAN mode of IOS stops at 128 instances on Catalyst and IE switches and "
            "leaves the other VLANs without any: rings loop. All VLANs are in MST instance 0.",
        ),
        _per_vlan_tree,
        judges=("switch",),
    ),
    BlueprintRule(
        RuleInfo(
            "N035",
            "routed bundle that its model may refuse",
            Severity.WARNING,
            "Cisco, Catalyst 9500 configuration guides",
            "A transit carries each VRF in a tagged interface of its own. Where its strands are "
            "one bundle these stand on the port channel, which some series exclude; links of one "
            "strand each do without.",
        ),
        _tagged_bundles,
        judges=("link",),
    ),
)
