"""What a switch says of one of its ports, between two readings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.health.model import Evidence, Trouble
from maille.health.sweep.counters import per_second, same_epoch
from maille.health.sweep.sweep import epoch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.health.profiles.schema import PortMeasure, Thresholds
    from maille.health.snmp.model import Value
    from maille.health.sweep.model import Observation, PortSlot
    from maille.health.targets.model import ExpectedPort

_UP, _DOWN, _LOWER_LAYER_DOWN, _NOT_PRESENT = 1, 2, 7, 6
_DOWN_STATES = frozenset({_DOWN, _LOWER_LAYER_DOWN, _NOT_PRESENT})
_DELIVERING = 3
_POWER_STATES = {
    1: "disabled",
    2: "searching",
    3: "delivering",
    4: "fault",
    5: "test",
    6: "otherFault",
}
_BITS_A_MBIT = 1_000_000
_OCTETS: tuple[PortMeasure, ...] = ("in_octets", "out_octets")
_ERRORS: tuple[PortMeasure, ...] = ("in_errors", "out_errors")
_DISCARDS: tuple[PortMeasure, ...] = ("in_discards", "out_discards")
_SHOWN: dict[PortMeasure, str] = {
    "status": "ifOperStatus",
    "speed": "ifHighSpeed",
    "in_octets": "ifHCInOctets",
    "in_errors": "ifInErrors",
    "in_discards": "ifInDiscards",
}


@dataclass(frozen=True, slots=True)
class PortView:
    """One port in two observations, the earlier of which may be missing."""

    switch: str
    slot: PortSlot
    now: Observation
    before: Observation | None

    @property
    def port(self) -> ExpectedPort:
        """What the plan expects of it."""
        return self.slot.port

    @property
    def up(self) -> bool | None:
        """Whether it is up; None where the switch does not say, or a test is under way."""
        status = self.number("status")
        return True if status == _UP else False if status in _DOWN_STATES else None

    @property
    def incoming_mbps(self) -> float | None:
        """What came in between the two observations."""
        octets = self._rate("in_octets", 64)
        return None if octets is None else octets * 8 / _BITS_A_MBIT

    @property
    def watts(self) -> float | None:
        """What it feeds, where its maker has a MIB for it."""
        value = self._at(self.now, self.slot.watts)
        return value * self.now.plan.watts_scale if isinstance(value, (int, float)) else None

    @property
    def power_status(self) -> int | None:
        """PethPsePortDetectionStatus."""
        value = self._at(self.now, self.slot.status)
        return value if isinstance(value, int) else None

    @property
    def power_word(self) -> str | None:
        """The same as its MIB spells it (RFC 3621)."""
        status = self.power_status
        return None if status is None else _POWER_STATES.get(status, str(status))

    def number(self, measure: PortMeasure) -> int | None:
        """Give a measure of the later observation."""
        return self._number(self.now, measure)

    def grows_per_s(self, measures: tuple[PortMeasure, ...]) -> float | None:
        """Give how fast some 32-bit counters grow together."""
        rates = [self._rate(measure, 32) for measure in measures]
        known = [rate for rate in rates if rate is not None]
        return sum(known) if known else None

    def evidence(self, what: str, value: object) -> Evidence:
        """Name an object on this port, and its value."""
        return Evidence(self.now.at, self.switch, f"{what}.{self.port.name}", str(value))

    def _rate(self, measure: PortMeasure, bits: int) -> float | None:
        """Give how fast a counter grows; None unless both readings are of one count."""
        before, now = self.before, self.now
        if before is None or before.plan is not now.plan:
            return None
        elapsed_s = now.ticked_s - before.ticked_s
        if not same_epoch(epoch(before), epoch(now), elapsed_s):
            return None
        if self._number(before, "discontinuity") != self._number(now, "discontinuity"):
            return None
        first, second = self._number(before, measure), self._number(now, measure)
        if first is None or second is None:
            return None
        most = (self.number("speed") or 0) * _BITS_A_MBIT / 8 * 1.1 if measure in _OCTETS else 0
        return per_second(first, second, elapsed_s, bits, most or float("inf"))

    def _number(self, observation: Observation, measure: PortMeasure) -> int | None:
        column = observation.plan.columns.get(measure)
        value = None if column is None else self._at(observation, self.slot.start + column)
        return value if isinstance(value, int) else None

    @staticmethod
    def _at(observation: Observation, at: int) -> Value:
        return observation.values[at] if 0 <= at < len(observation.values) else None


def ports_around(
    device: str, now: Mapping[str, Observation], before: Mapping[str, Observation]
) -> Iterator[PortView]:
    """Give the ports that were read and that a device hangs on, or has itself."""
    for switch, observation in now.items():
        for slot in observation.plan.ports if not observation.silence else ():
            if device in {slot.port.subject, switch}:
                yield PortView(switch, slot, observation, before.get(switch))


def troubles_of(view: PortView, limits: Thresholds) -> Iterator[Trouble]:
    """Give what is wrong on a port, about whatever hangs on it."""
    if view.up is False:
        shown = view.evidence("ifOperStatus", view.number("status"))
        yield _trouble(view, "H010", f"its port {view.switch} {view.port.name} is down", shown)
    elif view.up:
        yield from _slow(view)
        yield from _rates(view, limits)
    if view.port.feeds:
        yield from _power(view, limits)
    if view.port.bitrate_mbps and view.up:
        yield from _video(view, view.port.bitrate_mbps, limits)
    yield from _address(view)


def _slow(view: PortView) -> Iterator[Trouble]:
    speed, planned = view.number("speed"), view.port.speed_mbps
    if speed is not None and speed < planned:
        shown = view.evidence("ifHighSpeed", speed)
        yield _trouble(view, "H011", f"negotiated {speed} Mbit/s of {planned}", shown)


def _rates(view: PortView, limits: Thresholds) -> Iterator[Trouble]:
    counted = (
        ("H017", _ERRORS, limits.errors_per_s, "broken frames"),
        ("H018", _DISCARDS, limits.discards_per_s, "discarded frames"),
    )
    for code, measures, most, words in counted:
        rate = view.grows_per_s(measures)
        if rate is not None and rate > most:
            shown = view.evidence(_SHOWN[measures[0]], view.number(measures[0]))
            yield _trouble(view, code, f"{rate:.0f} {words} a second on {view.port.name}", shown)


def _power(view: PortView, limits: Thresholds) -> Iterator[Trouble]:
    status, watts = view.power_status, view.watts
    if status is not None and status != _DELIVERING:
        shown = view.evidence("pethPsePortDetectionStatus", status)
        yield _trouble(view, "H012", f"its port feeds nothing ({view.power_word})", shown)
    elif watts is not None and watts < limits.least_w:
        yield _trouble(
            view, "H012", f"draws {watts:.1f} W", view.evidence("power", f"{watts:.1f} W")
        )


def _video(view: PortView, planned_mbps: float, limits: Thresholds) -> Iterator[Trouble]:
    coming = view.incoming_mbps
    if coming is None:
        return
    shown = view.evidence("ifHCInOctets", f"{coming:.2f} Mbit/s")
    told = f"{coming:.2f} Mbit/s of {planned_mbps:.2f} planned"
    if coming < planned_mbps * limits.floor_of_bitrate:
        yield _trouble(view, "H013", f"sends no video: {told}", shown)
    elif coming > planned_mbps * limits.ceiling_of_bitrate:
        yield _trouble(view, "H014", f"sends too much: {told}", shown)


def _address(view: PortView) -> Iterator[Trouble]:
    learnt = view.now.survey.learnt.get(view.port.name)
    if learnt is None or not view.port.mac:
        return
    if learnt.others and learnt.at_port is None:
        shown = view.evidence("dot1dTpFdbAddress", " ".join(learnt.others))
        yield _trouble(view, "H015", f"{learnt.others[0]} is on its port", shown)
    elif learnt.at_port and not learnt.at_own:
        shown = view.evidence("dot1dTpFdbPort", learnt.at_port)
        where = f"is on {learnt.at_port} of {view.switch}, not on {view.port.name}"
        yield _trouble(view, "H015", where, shown)


def _trouble(view: PortView, code: str, what: str, shown: Evidence) -> Trouble:
    return Trouble(code, view.port.subject, what, (shown,))
