"""Ports of switches: who hangs where, cameras by power, links by speed and medium.

The lock keeps a position, not a name: the name follows from the switch's model, so that
another model with as many ports changes no entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from maille.allocation.demand import POE_RANK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.allocation.claims import Claim, Freed, Owner
    from maille.inventory.schema.catalogue import PortGroup, SwitchModel

Kind = Literal["access", "uplink"]


class Port(NamedTuple):
    """A port of a switch: one of its access or its uplink ports, counted from 1."""

    switch: str
    kind: Kind
    position: int


@dataclass(frozen=True, slots=True)
class CameraNeed:
    """A camera's or an attachment point's wish: an access port with enough power."""

    poe: int
    """Rank of the PoE standard."""


@dataclass(frozen=True, slots=True)
class LinkNeed:
    """A wish for one end of a cable; `kinds` are tried in their order.

    A `patient` end (a host) takes a slower port where there is no other, as it negotiates.
    """

    speed_mbps: int
    medium: Literal["sfp", "any"] = "any"
    kinds: tuple[Kind, ...] = ("uplink",)
    patient: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """A switch's model (unknown ones have no ports) and its first uplinks that are spoken for."""

    model: SwitchModel | None
    spoken_for: int = 0
    """Uplinks 1 and 2 of a ring member, uplink 1 of a spur: given by convention."""


_UPLINK: Final[Kind] = "uplink"


class PortSpace:
    """All ports of the estate. `claim.where` is the switch, `claim.need` one of the needs."""

    def __init__(self, switches: Mapping[str, Switch]) -> None:
        """Take every switch by id."""
        self._switches = switches
        self._taken: dict[Port, Owner] = {}
        self._orders: dict[tuple[str, CameraNeed | LinkNeed], list[tuple[Kind, int]]] = {}

    def refuses(self, claim: Claim, number: Port) -> str:
        """Refuse another switch's ports, those it doesn't have, and unsuitable ones."""
        if number.switch != claim.where:
            return f"it belongs on switch {claim.where}"
        switch = self._switches.get(claim.where)
        if switch is None or switch.model is None:
            return f"the model of switch {claim.where} is not in the catalogue"
        ports = _ports(switch.model, number.kind)
        if number.position > len(ports):
            return f"its model has {len(ports)} {number.kind} ports"
        if number.kind == _UPLINK and number.position <= switch.spoken_for:
            return f"uplink {number.position} is for its ring or its parent"
        return _unsuitable(ports[number.position - 1][1], number.kind, claim.need)

    def holder(self, claim: Claim, number: Port) -> Owner | None:
        """Give who else has the port."""
        found = self._taken.get(number)
        return found if found != claim.owner else None

    def take(self, claim: Claim, number: Port) -> None:
        """Hold the port."""
        self._taken.setdefault(number, claim.owner)

    def reserve(self, freed: Freed) -> None:
        """Hold the port for its owner."""
        self._taken.setdefault(freed.number, freed.owner)

    def lowest(self, claim: Claim) -> Port | None:
        """Find the free port that suits best.

        For cameras: the weakest sufficient standard, so that strong ports are left for those
        who need them; then the lowest position. For links: the exact speed, then the next
        faster one.
        """
        switch = claim.where
        for kind, position in self._order(switch, claim.need):
            port = Port(switch, kind, position)
            if port not in self._taken:
                return port
        return None

    def show(self, number: Port) -> str:
        """Write the port for people."""
        return f"{number.kind} port {number.position} of {number.switch}"

    def exhausted(self, claim: Claim) -> tuple[str, str]:
        """Say that no suitable port is left."""
        switch = self._switches.get(claim.where)
        if switch is None or switch.model is None:
            return (
                f"the model of switch {claim.where} is not in the catalogue",
                "correct `switch` or `model`, or describe the model in catalogue/switches.yaml",
            )
        how = "choose a larger model, move something away, or release what is quarantined"
        return f"switch {claim.where} has no free {_wish(claim.need)}", how

    def _order(self, switch: str, need: CameraNeed | LinkNeed) -> list[tuple[Kind, int]]:
        """List the suitable ports of a switch, best first."""
        model = getattr(self._switches.get(switch), "model", None)
        if model is None:
            return []
        spoken_for = self._switches[switch].spoken_for
        mark = (f"{model.title}/{id(model)}/{spoken_for}", need)
        if mark not in self._orders:
            self._orders[mark] = _best_first(model, spoken_for, need)
        return self._orders[mark]


def _best_first(
    model: SwitchModel, spoken_for: int, need: CameraNeed | LinkNeed
) -> list[tuple[Kind, int]]:
    kinds: tuple[Kind, ...] = ("access",) if isinstance(need, CameraNeed) else need.kinds
    ranked = [
        (*_rank(group, need, preference), position, kind)
        for preference, kind in enumerate(kinds)
        for position, (_, group) in enumerate(_ports(model, kind), start=1)
        if not _unsuitable(group, kind, need) and (kind != _UPLINK or position > spoken_for)
    ]
    return [(kind, position) for *_, position, kind in sorted(ranked)]


def _rank(
    group: PortGroup, need: CameraNeed | LinkNeed, preference: int
) -> tuple[bool, int, int, int]:
    """Order suitable ports: not too slow, of the preferred kind, no stronger than needed.

    Among ports for links those without power come first: cameras want the others.
    """
    power = POE_RANK[group.poe]
    if isinstance(need, CameraNeed):
        return (False, preference, power, 0)
    slow = group.speed_mbps < need.speed_mbps
    return (slow, preference, -group.speed_mbps if slow else group.speed_mbps, power)


def _ports(model: SwitchModel, kind: Kind) -> tuple[tuple[str, PortGroup], ...]:
    return model.access_ports if kind == "access" else model.uplink_ports


def _unsuitable(group: PortGroup, kind: Kind, need: CameraNeed | LinkNeed) -> str:
    if isinstance(need, CameraNeed):
        return "" if POE_RANK[group.poe] >= need.poe else "the port's PoE is too weak"
    if kind not in need.kinds:
        return f"an {need.kinds[0]} port is needed"
    if group.speed_mbps < need.speed_mbps and not need.patient:
        return f"{need.speed_mbps} Mbit/s are needed"
    if need.medium == "sfp" and group.media != "sfp":
        return "a port for a transceiver is needed"
    return ""


def _wish(need: CameraNeed | LinkNeed) -> str:
    if isinstance(need, CameraNeed):
        standard = next(name for name, rank in POE_RANK.items() if rank == need.poe)
        return "access port" if standard == "none" else f"access port with PoE {standard}"
    media = " for a transceiver" if need.medium == "sfp" else ""
    return f"port of {need.speed_mbps} Mbit/s{media}"
