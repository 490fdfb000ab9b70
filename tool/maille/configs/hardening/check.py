"""Checks a configuration against the controls: rendered or running, of one switch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from maille.configs.hardening.controls import controls
from maille.configs.hardening.model import Failure, Result, Status, Waiver
from maille.configs.hardening.scopes import sections_of, traits_of
from maille.configs.hardening.text import read
from maille.errors import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.configs.hardening.model import Check, Control
    from maille.configs.hardening.scopes import Sections
    from maille.configs.hardening.text import ConfigText
    from maille.configs.views import SwitchView
    from maille.inventory.schema.settings import Settings

PORT_TRAITS = frozenset({"fibre", "poe"})
NOTHING = Waiver("there is no such port or section on the switch")

_PLAIN = re.compile(r"[A-Za-z0-9 _/:@=,-]+")
_ALLOWED = re.compile(r"switchport trunk allowed vlan (?:add )?(\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*)")

Lines = tuple[str, ...]
compiled = cache(re.compile)


@dataclass(frozen=True, slots=True)
class Subject:
    """A switch as the controls know it: what it is planned to be."""

    column: str
    """Its dialect's column of the controls."""
    traits: frozenset[str]
    lacking: frozenset[str]
    """Abilities that its model does not have."""
    sections: Sections


def subject_of(view: SwitchView, column: str) -> Subject:
    """Give a switch as the controls know it; `column` is `Dialect.controls`."""
    able = {
        "alarm_contact": view.able.alarm_contact,
        "udld": view.able.udld,
        "static_source_binding": view.able.source_guard,
        "port_ipv6_acl": view.able.port_ipv6_acl,
    }
    return Subject(
        column=column,
        traits=traits_of(view),
        lacking=frozenset(name for name, has in able.items() if not has),
        sections=sections_of(view),
    )


class Body(NamedTuple):
    """Lines that a check looks at, and under which header they stand."""

    where: str
    lines: Lines


class Judgement(NamedTuple):
    """What one check found in one body."""

    evidence: Lines
    wrong: Lines


class Checker:
    """Checks the switches of one estate; equal sections are judged once."""

    def __init__(self, settings: Settings) -> None:
        """Take what the estate puts in place of `<native>` and the like."""
        vlans = settings.pools.vlans
        self._words = {
            "<native>": str(vlans.native),
            "<blackhole>": str(vlans.blackhole),
            "<local_user>": re.escape(settings.management.local_user.name),
        }
        self._bound: dict[str, str] = {}
        self._known: dict[tuple[Check, Lines], Judgement] = {}

    def check(self, subject: Subject, text: str) -> tuple[Result, ...]:
        """Give the result of every control on a switch, in the order of their ids."""
        config = read(text)
        return tuple(self._result(control, subject, config) for control in controls())

    def _result(self, control: Control, subject: Subject, config: ConfigText) -> Result:
        column = control.columns[subject.column]
        lacking = (why for ability, why in column.lacking if ability in subject.lacking)
        if waiver := column.waiver or next(lacking, None):
            return _waived(control, waiver)
        found = [
            (check, body.where, self._judgement(check, body.lines))
            for check in column.checks
            for body in self._bodies(check, subject, config)
        ]
        if not found:
            return _waived(control, column.otherwise or NOTHING)
        failures = tuple(
            Failure(where, wrong) for _, where, judged in found for wrong in judged.wrong
        )
        shown = any(judged.evidence and not check.is_default for check, _, judged in found)
        met = Status.MECHANISM if shown else Status.DEFAULT
        lines = dict.fromkeys(line for _, _, judged in found for line in judged.evidence)
        return Result(control, Status.FAILED if failures else met, tuple(lines), failures=failures)

    def _bodies(self, check: Check, subject: Subject, config: ConfigText) -> Iterator[Body]:
        """Give what a check looks at; a section that is missing is an empty body."""
        if not check.only - PORT_TRAITS <= subject.traits:
            return
        if check.scope != "global":
            wanted = check.only & PORT_TRAITS
            for section in subject.sections.get(check.scope, ()):
                if wanted <= section.traits:
                    yield Body(section.header, config.below.get(section.header, ()))
        elif not check.section:
            yield Body("", config.top)
        else:
            yield from self._of_section(check, config)

    def _of_section(self, check: Check, config: ConfigText) -> Iterator[Body]:
        pattern = compiled(self._bind(check.section))
        headers = [header for header in config.top if pattern.fullmatch(header)]
        for header in headers:
            yield Body(header, config.below[header])
        if not headers and (check.present or check.one_of):
            yield Body(check.section, ())

    def _judgement(self, check: Check, lines: Lines) -> Judgement:
        key = check, tuple(line for line in lines if not line.startswith("description "))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._judge(*key)
        return found

    def _judge(self, check: Check, lines: Lines) -> Judgement:
        wanted = {each: self._match(each, lines) for each in check.present}
        unwanted = (self._match(each, lines) for each in check.absent)
        wrong = [f"lacks `{self._bind(each)}`" for each, line in wanted.items() if line is None]
        wrong += (f"holds `{line}`" for line in unwanted if line is not None)
        evidence = [line for line in wanted.values() if line is not None]
        if check.is_default and not wrong:
            evidence += (f"without `{self._bind(each)}`" for each in check.absent)
        if check.one_of:
            whole = self._alternatives(check, lines)
            if len(whole) == 1:
                evidence += whole[0]
            else:
                count = "more than one" if whole else "none"
                wrong.append(f"has {count} of the mechanisms of which it needs one")
        wrong += self._listed(check, lines)
        return Judgement(tuple(evidence), tuple(wrong))

    def _alternatives(self, check: Check, lines: Lines) -> list[Lines]:
        """Give the alternatives that are there as a whole, by their lines."""
        found = ([self._match(each, lines) for each in group] for group in check.one_of)
        return [tuple(filter(None, group)) for group in found if None not in group]

    def _listed(self, check: Check, lines: Lines) -> Iterator[str]:
        """Tell the VLANs that a trunk carries and must not."""
        listed = [found[1] for line in lines if (found := _ALLOWED.fullmatch(line))]
        for vlan in map(self._bind, check.unlisted):
            if any(_holds(vlans, int(vlan)) for vlans in listed):
                yield f"carries VLAN {vlan}"

    def _match(self, expression: str, lines: Lines) -> str | None:
        """Give the first line that an expression matches."""
        bound = self._bind(expression)
        if _PLAIN.fullmatch(bound):
            return bound if bound in lines else None
        match = compiled(bound).fullmatch
        return next((line for line in lines if match(line)), None)

    def _bind(self, expression: str) -> str:
        if "<" not in expression:
            return expression
        bound = self._bound.get(expression)
        if bound is None:
            bound = expression
            for word, value in self._words.items():
                bound = bound.replace(word, value)
            self._bound[expression] = bound
        return bound


def findings(switch: str, results: Iterable[Result]) -> Iterator[Finding]:
    """Tell the controls that failed on a switch, each failure by itself."""
    for result in results:
        for failure in result.failures:
            where = f"`{failure.where}` " if failure.where else ""
            yield Finding(
                code=result.control.id,
                severity=Severity.ERROR,
                what=f"{where}{failure.what}; wanted: {result.control.title}",
                how=f"see {', '.join(result.control.sources)}",
                subject=switch,
            )


def _waived(control: Control, waiver: Waiver) -> Result:
    return Result(control, Status.WAIVED, (waiver.reason,), waiver.compensated_by)


def _holds(vlans: str, vlan: int) -> bool:
    parts = (part.partition("-") for part in vlans.split(","))
    return any(int(first) <= vlan <= int(last or first) for first, _, last in parts)
