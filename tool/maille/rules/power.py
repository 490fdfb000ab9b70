"""Power over Ethernet in the worst case, feeds and temperatures: P001 to P004."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.inventory.schema.catalogue import POE_WATTS
from maille.rule_info import RuleInfo
from maille.rules.model import BlueprintRule, Hit
from maille.rules.where import camera_path, switch_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.rules.model import BlueprintContext

CLASS_W = POE_WATTS["af"]
"""What a port grants without a negotiation: more takes classes, two events or LLDP."""


def worst_case_w(context: BlueprintContext) -> dict[str, float]:
    """Give the sum of worst-case draws by switch; a free attachment point counts in full."""
    draws: dict[str, float] = {}
    for camera in context.blueprint.cameras.values():
        if camera.switch and not camera.nomad:
            draws[camera.switch] = draws.get(camera.switch, 0) + camera.model.worst_w
    for point in context.blueprint.points.values():
        watts = POE_WATTS[point.entry.poe]
        draws[point.switch] = draws.get(point.switch, 0) + watts
    return draws


def _budget(context: BlueprintContext) -> Iterator[Hit]:
    for ident, watts in worst_case_w(context).items():
        switch = context.blueprint.switches[ident]
        if watts > switch.model.poe_budget_w:
            yield Hit(
                (*switch_path(context.blueprint, ident), "switch"),
                f"its cameras draw {watts:.1f} W at their worst, `{switch.model_id}` feeds"
                f" {switch.model.poe_budget_w:.1f} W",
                "choose a model or a supply with more, or move a camera",
                ident,
            )


def _negotiation(context: BlueprintContext) -> Iterator[Hit]:
    blueprint = context.blueprint
    for camera in blueprint.cameras.values():
        above = camera.model.worst_w > CLASS_W
        if above and camera.model.power_negotiation == "lldp" and camera.switch:
            yield Hit(
                (*camera_path(blueprint, camera.id), "model"),
                f"`{camera.model_id}` asks for its {camera.model.worst_w:g} W by LLDP, which is off"
                " towards cameras: its port is given static power",
                "nothing to do; know that the switch reserves it for good",
                camera.id,
            )


def _temperature(context: BlueprintContext) -> Iterator[Hit]:
    blueprint = context.blueprint
    for ident, switch in blueprint.switches.items():
        low, high = _inside(context, ident)
        if switch.model.temperature_c[0] > low or switch.model.temperature_c[1] < high:
            yield Hit(
                switch_path(blueprint, ident),
                f"`{switch.model_id}` stands {switch.model.temperature_c[0]:g} to"
                f" {switch.model.temperature_c[1]:g} °C, the place has {low:g} to {high:g} °C",
                "choose an industrial model, or correct `temperature_c`",
                ident,
            )
        for optic in {port.optic for port in switch.ports if port.optic}:
            limits = context.estate.catalogue.optics[optic].temperature_c
            if limits[0] > low or limits[1] < high:
                yield Hit(
                    switch_path(blueprint, ident),
                    f"optic `{optic}` stands {limits[0]:g} to {limits[1]:g} °C, the place has"
                    f" {low:g} to {high:g} °C",
                    "choose an industrial optic",
                    ident,
                )


def _inside(context: BlueprintContext, ident: str) -> tuple[float, float]:
    switch = context.blueprint.switches[ident]
    if switch.commune and switch.cabinet:
        return context.estate.communes[switch.commune].cabinets[switch.cabinet].temperature_c
    return context.estate.network.sites[switch.site].temperature_c


def _pair_feeds(context: BlueprintContext) -> Iterator[Hit]:
    for key, pair in context.blueprint.pairs.items():
        first, second = (context.blueprint.switches[s] for s in (pair.primary, pair.secondary))
        shared = set(first.supplies) & set(second.supplies)
        if shared and len(set(first.supplies) | set(second.supplies)) == 1:
            yield Hit(
                ("network", "pairs", key),
                f"both of pair `{key}` hang on supply `{next(iter(shared))}` alone",
                "give one of them another `supply`, or both a second one",
                key,
            )


RULES = (
    BlueprintRule(
        RuleInfo(
            "P001",
            "PoE budget",
            Severity.ERROR,
            "IEEE 802.3af/at/bt",
            "The worst case counts: infrared, heater and motor of every camera at once, and every "
            "attachment point at its full standard.",
        ),
        _budget,
        judges=("camera", "attachment point", "switch"),
    ),
    BlueprintRule(
        RuleInfo(
            "P002",
            "power asked for by LLDP",
            Severity.INFO,
            "IEEE 802.3at, 79; ANSSI R54",
            "Above 15.4 W many pairs negotiate by LLDP, which is off towards cameras. Their ports "
            "are rendered with static power.",
        ),
        _negotiation,
        judges=("camera",),
    ),
    BlueprintRule(
        RuleInfo(
            "P003",
            "temperature",
            Severity.ERROR,
            "data sheets",
            "Switches and optics stand the worst temperature inside their cabinet or room.",
        ),
        _temperature,
        judges=("camera", "switch", "site"),
    ),
    BlueprintRule(
        RuleInfo(
            "P004",
            "pair on one supply",
            Severity.WARNING,
            "maille",
            "Two gateways that lose power together are one gateway.",
        ),
        _pair_feeds,
        judges=("switch", "pair", "site"),
    ),
)
