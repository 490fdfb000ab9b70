"""A plan: changes, configurations, capacity before and after, and what becomes critical."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from maille.blueprint.storage import TB
from maille.plan.changes import Change, changes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maille.blueprint.model import Blueprint
    from maille.check.built import Built
    from maille.errors import Finding

    Render = Callable[[Blueprint], Mapping[str, str]]
    """Gives the configuration of every switch by its id."""


class Figure(NamedTuple):
    """A figure of the estate, before and after."""

    name: str
    unit: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class ConfigDiff:
    """The configuration of one switch, as a unified diff without its head."""

    switch: str
    added: int
    removed: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change."""

    changes: tuple[Change, ...]
    configs: tuple[ConfigDiff, ...]
    figures: tuple[Figure, ...]
    new_findings: tuple[Finding, ...]
    gone_findings: tuple[Finding, ...]

    @property
    def empty(self) -> bool:
        """Say whether nothing changes."""
        return not (self.changes or self.configs)


def plan(before: Built, after: Built, render: Render) -> Plan:
    """Compare an estate before and after a change."""
    old, new = _keyed(before.findings), _keyed(after.findings)
    return Plan(
        changes=changes(before.blueprint, after.blueprint),
        configs=tuple(_configs(render(before.blueprint), render(after.blueprint))),
        figures=_figures(before, after),
        new_findings=tuple(found for key, found in new.items() if key not in old),
        gone_findings=tuple(found for key, found in old.items() if key not in new),
    )


def _keyed(findings: tuple[Finding, ...]) -> dict[tuple[str, str, str], Finding]:
    """Index findings by what they say: the folder of the revision is no difference."""
    return {
        (finding.code, finding.subject, finding.what): finding
        for finding in findings
        if finding.waiver is None
    }


def _configs(before: Mapping[str, str], after: Mapping[str, str]) -> list[ConfigDiff]:
    found = []
    for switch in sorted(before.keys() | after.keys()):
        old, new = before.get(switch, ""), after.get(switch, "")
        if old != new:
            lines = list(
                difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=2)
            )[2:]
            found.append(
                ConfigDiff(
                    switch,
                    added=sum(line.startswith("+") for line in lines),
                    removed=sum(line.startswith("-") for line in lines),
                    lines=tuple(lines),
                )
            )
    return found


def _figures(before: Built, after: Built) -> tuple[Figure, ...]:
    def of(built: Built) -> list[tuple[str, str, float]]:
        blueprint, storage = built.blueprint, built.blueprint.storage
        loads = built.capacity.worst_by_link.values()
        return [
            ("member communes", "", len(blueprint.communes)),
            ("cameras", "", len(blueprint.cameras)),
            ("connected", "", sum(camera.connected for camera in blueprint.cameras.values())),
            ("switches", "", len(blueprint.switches)),
            ("bitrate", "Mbit/s", storage.mbps),
            ("need", "TB", storage.need_bytes / TB),
            ("quotas", "TB", storage.quota_bytes / TB),
            ("raw needed", "TB", storage.raw_needed_bytes / TB),
            ("raw there", "TB", storage.raw_bytes / TB),
            ("most loaded link", "%", 100 * max((load.share for load in loads), default=0.0)),
        ]

    pairs = zip(of(before), of(after), strict=True)
    return tuple(Figure(name, unit, old, new) for (name, unit, old), (_, _, new) in pairs)
