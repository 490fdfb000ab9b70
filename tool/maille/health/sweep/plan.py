"""From a profile and a survey to the messages of every round: worked out once, then only sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.health.sweep.model import CheckSlot, Plan, PortSlot

if TYPE_CHECKING:
    from maille.health.profiles.library import Profile
    from maille.health.profiles.schema import PortMeasure, ScalarMeasure
    from maille.health.sweep.model import Survey
    from maille.health.targets.model import ExpectedPort


def plan(profile: Profile, ports: tuple[ExpectedPort, ...], survey: Survey) -> Plan:
    """Give what is asked of a device of a family, on the ports that its survey has found."""
    asked = _Asked()
    family = profile.family
    scalars: dict[ScalarMeasure, int] = {
        measure: asked.add(profile.column(name, "0")) for measure, name in family.scalars.items()
    }
    columns: dict[PortMeasure, int] = {measure: at for at, measure in enumerate(family.ports)}
    slots = tuple(
        _slot(asked, profile, port, survey) for port in ports if port.name in survey.indexes
    )
    checks = tuple(
        CheckSlot(
            check,
            profile.objects[check.object],
            asked.add(profile.column(check.object, check.instance)),
        )
        for check in family.checks
    )
    watts = family.power.watts if family.power else None
    return Plan(
        messages=asked.messages(family.largest_message),
        scalars=scalars,
        columns=columns,
        ports=slots,
        missing=tuple(port for port in ports if port.name not in survey.indexes),
        checks=checks,
        watts_scale=profile.objects[watts].scale if watts else 1.0,
    )


class _Asked:
    """Object ids in the order in which they are asked for."""

    def __init__(self) -> None:
        self._oids: list[str] = []

    def add(self, oid: str) -> int:
        self._oids.append(oid)
        return len(self._oids) - 1

    def messages(self, largest: int) -> tuple[tuple[str, ...], ...]:
        every = range(0, len(self._oids), largest)
        return tuple(tuple(self._oids[at : at + largest]) for at in every)


def _slot(asked: _Asked, profile: Profile, port: ExpectedPort, survey: Survey) -> PortSlot:
    index = str(survey.indexes[port.name])
    every = [asked.add(profile.column(name, index)) for name in profile.family.ports.values()]
    power, instance = profile.family.power, survey.feeding.get(port.name)
    if not power or not instance or not port.feeds:
        return PortSlot(port, every[0])
    status = asked.add(profile.column(power.status, instance))
    watts = asked.add(profile.column(power.watts, instance)) if power.watts else -1
    return PortSlot(port, every[0], status, watts)
