"""Optical budgets, transceivers and fibres: F001 to F005."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.rule_info import RuleInfo
from maille.rules.model import BlueprintRule, Hit
from maille.rules.where import link_path
from maille.topology.optics import least_loss_db

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Link, Strand
    from maille.inventory.schema.catalogue import OpticModel
    from maille.rules.model import BlueprintContext


def _lit(context: BlueprintContext) -> Iterator[tuple[Link, Strand, OpticModel, OpticModel]]:
    """Give every strand that carries light, with the optics at both ends."""
    optics = context.estate.catalogue.optics
    for link in context.blueprint.links.values():
        for strand in link.strands:
            if strand.optic_a and strand.optic_b and strand.loss_db is not None:
                yield link, strand, optics[strand.optic_a], optics[strand.optic_b]


def _budget(context: BlueprintContext) -> Iterator[Hit]:
    for link, strand, a, b in _lit(context):
        loss = strand.loss_db or 0.0
        for sender, receiver in ((a, b), (b, a)):
            budget = sender.tx_min_dbm - receiver.rx_sensitivity_dbm
            if loss > budget:
                known = "measured" if strand.loss_measured else "planned"
                yield Hit(
                    link_path(context.blueprint, link.id),
                    f"link {link.id} loses {loss:.1f} dB ({known}, {strand.length_km:g} km), its"
                    f" optics bear {budget:.1f} dB",
                    f"choose an optic for more than {strand.length_km:g} km",
                    link.id,
                )
                break


def _overload(context: BlueprintContext) -> Iterator[Hit]:
    practice = context.estate.network.fibre
    for link, strand, a, b in _lit(context):
        for sender, receiver in ((a, b), (b, a)):
            least = (
                strand.loss_db
                if strand.loss_measured and strand.loss_db is not None
                else least_loss_db(strand.length_km, sender.tx_nm, practice)
            )
            excess = sender.tx_max_dbm - least - receiver.rx_overload_dbm
            if excess > 0:
                yield Hit(
                    link_path(context.blueprint, link.id),
                    f"link {link.id} loses as little as {least:.1f} dB over"
                    f" {strand.length_km:g} km: its receivers may get {excess:.1f} dB too much",
                    "choose an optic for shorter spans, or add an attenuator and its measured loss",
                    link.id,
                )
                break


def _bidi(context: BlueprintContext) -> Iterator[Hit]:
    optics = context.estate.catalogue.optics
    for link in context.blueprint.links.values():
        for strand in link.strands:
            if not (strand.optic_a and strand.optic_b):
                continue
            a, b = optics[strand.optic_a], optics[strand.optic_b]
            if a.tx_nm and b.tx_nm and (a.tx_nm != b.rx_nm or b.tx_nm != a.rx_nm):
                yield Hit(
                    link_path(context.blueprint, link.id),
                    f"`{strand.optic_a}` sends at {a.tx_nm} nm, `{strand.optic_b}` listens at"
                    f" {b.rx_nm} nm",
                    "a BiDi optic pairs with its partner (`pairs_with` in the catalogue)",
                    link.id,
                )


def _speeds(context: BlueprintContext) -> Iterator[Hit]:
    optics = context.estate.catalogue.optics
    blueprint = context.blueprint
    for link in blueprint.links.values():
        for strand in link.strands:
            if strand.optic_a and optics[strand.optic_a].speed_mbps != link.speed_mbps:
                yield Hit(
                    link_path(blueprint, link.id),
                    f"link {link.id} runs at {link.speed_mbps} Mbit/s, `{strand.optic_a}` at"
                    f" {optics[strand.optic_a].speed_mbps}",
                    "choose an optic of the link's speed",
                    link.id,
                )
        for end in (link.a, link.b):
            for name in end.ports:
                port = blueprint.switches[end.switch].port(name)
                if port.speed_mbps < link.speed_mbps:
                    yield Hit(
                        link_path(blueprint, link.id),
                        f"port {name} of {end.switch} runs at {port.speed_mbps} Mbit/s, link"
                        f" {link.id} at {link.speed_mbps}",
                        "use a faster port or a slower link",
                        link.id,
                    )


def _fibres(context: BlueprintContext) -> Iterator[Hit]:
    optics = context.estate.catalogue.optics
    used: dict[str, int] = {}
    for link in context.blueprint.links.values():
        for strand in link.strands:
            optic = optics.get(strand.optic_a or "")
            for cable in strand.cables:
                used[cable] = used.get(cable, 0) + (1 if optic and optic.pairs_with else 2)
    for cable, count in used.items():
        fibres = context.estate.network.cables[cable].fibres
        if count > fibres:
            yield Hit(
                ("network", "cables", cable, "fibres"),
                f"cable `{cable}` has {fibres} fibres, its links use {count}",
                "lay a larger cable, or use BiDi optics",
                cable,
            )


RULES = (
    BlueprintRule(
        RuleInfo(
            "F001",
            "optical budget exceeded",
            Severity.ERROR,
            "ITU-T G.957 practice; data sheets",
            "Loss of fibre, connectors, splices and ageing stays within the weakest sender and the "
            "least sensitive receiver. A measured loss replaces the estimate.",
        ),
        _budget,
        judges=("link", "ring"),
    ),
    BlueprintRule(
        RuleInfo(
            "F002",
            "receiver overload",
            Severity.ERROR,
            "data sheets",
            "A strong optic on a short span blinds its receiver: the strongest sender less the "
            "smallest loss stays below the receiver's overload.",
        ),
        _overload,
        judges=("link", "ring"),
    ),
    BlueprintRule(
        RuleInfo(
            "F003",
            "wavelengths that do not pair",
            Severity.ERROR,
            "IEEE 802.3ah",
            "The two ends of a BiDi link send where the other listens.",
        ),
        _bidi,
        judges=("link", "ring"),
    ),
    BlueprintRule(
        RuleInfo(
            "F004",
            "speed of optic or port",
            Severity.ERROR,
            "data sheets",
            "Optic, port and link have the same speed.",
        ),
        _speeds,
        judges=("link", "ring"),
    ),
    BlueprintRule(
        RuleInfo(
            "F005",
            "cable out of fibres",
            Severity.ERROR,
            "maille",
            "A duplex link takes two fibres of every cable it runs through, a BiDi link one.",
        ),
        _fibres,
        judges=("cable",),
    ),
)
