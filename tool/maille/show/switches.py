"""Sheets of switches and of pairs of gateways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.show.blocks import vlans, way_section, when_lost
from maille.show.lock import lock_line
from maille.show.rules import rules_on
from maille.show.sheet import Fact, findings_about, section, sheet
from maille.show.ways import Ways, parents

if TYPE_CHECKING:
    from maille.blueprint.model import Pair, Port, Switch
    from maille.check.built import Built
    from maille.show.sheet import Sheet


def switch_sheet(built: Built, switch: Switch) -> Sheet:
    """Tell all about a switch."""
    if switch.cabinet and switch.commune:
        path: tuple[str, ...] = ("communes", switch.commune, "cabinets", switch.cabinet)
        given = lock_line(built, switch.commune, "switches", switch.cabinet)
    else:
        path = ("network", "sites", switch.site, "switches", switch.id)
        given = lock_line(built, None, "switches", switch.id)
    cameras = [p for p in switch.ports if p.kind == "camera"]
    return sheet(
        "switch",
        switch.id,
        switch.place,
        section(
            "What and where",
            Fact("defined at", built.place(*path)),
            Fact("host name", switch.hostname, given if switch.cabinet else ""),
            Fact("model", f"{switch.model.title} ({switch.model_id})", switch.model.source),
            Fact("language", f"{switch.model.platform}, {switch.model.dialect}"),
            Fact("role", switch.role),
            Fact("site", switch.site),
            Fact("position", f"{switch.location[0]:.4f}, {switch.location[1]:.4f}"),
            Fact("fed by", ", ".join(switch.supplies)),
            Fact("management", str(switch.management), given),
            Fact("in service", "yes" if switch.in_service else "planned"),
        ),
        section(
            "Network",
            Fact("pair", switch.pair or ""),
            Fact("ring", switch.ring or ""),
            Fact("bridge priority", str(switch.stp_priority)),
            Fact("parents", ", ".join(parents(built.blueprint, switch.id))),
            Fact("VLANs", vlans(built, switch.segments)),
            Fact("cameras", str(len(cameras))),
            _poe(built, switch),
        ),
        way_section("Way of its management", Ways(built.blueprint).of_switch(switch)),
        section("Ports", *(_port(port) for port in switch.ports if port.kind != "spare")),
        when_lost(built, "switch", switch.id),
        findings_about(built, switch.id),
        rules_on(built, "switch", switch.id, switch.model_id),
    )


def _poe(built: Built, switch: Switch) -> Fact | None:
    if not switch.model.poe_budget_w:
        return None
    draw = sum(
        built.blueprint.cameras[port.camera].model.worst_w
        for port in switch.ports
        if port.kind == "camera" and port.camera
    )
    return Fact("PoE", f"{draw:.1f} of {switch.model.poe_budget_w:g} W in the worst case")


def _port(port: Port) -> Fact:
    return Fact(port.name, f"{port.description}{' (shut)' if port.shutdown else ''}", port.kind)


def pair_sheet(built: Built, pair: Pair) -> Sheet:
    """Tell all about a pair of gateways."""
    depths = [depth for key, depth in built.capacity.depths.items() if pair.id in key.split()]
    return sheet(
        "pair",
        pair.id,
        "",
        section(
            "What and where",
            Fact("defined at", built.place("network", "pairs", pair.id)),
            Fact("primary", f"{pair.primary} (VRRP master, root)"),
            Fact("secondary", pair.secondary),
            Fact("rings", ", ".join(pair.rings)),
            Fact("switches", str(len(pair.switches))),
            Fact("segments", str(len(pair.segments))),
            *(Fact("longest way", f"{depth.hops} hops to {depth.switch}") for depth in depths),
        ),
        findings_about(built, pair.id),
        rules_on(built, "pair", pair.id, pair.primary, pair.secondary, *pair.rings),
    )
