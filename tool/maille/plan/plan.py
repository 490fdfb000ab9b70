"""A plan: changes, configurations, capacity before and after, and what becomes critical."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from maille.configs.render import Renderer
from maille.plan.changes import Change, changes
from maille.plan.configs import ConfigDiff, config_diffs
from maille.plan.entries import entry_changes
from maille.plan.figures import Figure, Rise, figures, rises
from maille.plan.findings import FindingChanges, finding_changes

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint
    from maille.check.built import Built


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change."""

    changes: tuple[Change, ...] = ()
    configs: tuple[ConfigDiff, ...] = ()
    figures: tuple[Figure, ...] = ()
    rises: tuple[Rise, ...] = ()
    findings: FindingChanges = field(default_factory=FindingChanges)

    @property
    def empty(self) -> bool:
        """Say whether nothing changes."""
        return not (self.changes or self.configs) and self.findings.empty

    def of(self, commune: str) -> Plan:
        """Give what changes in one commune, by its INSEE code; figures and links stay whole."""
        return replace(
            self,
            changes=tuple(each for each in self.changes if commune in each.communes),
            configs=tuple(each for each in self.configs if each.commune == commune),
            findings=self.findings.of(commune),
        )


def plan(before: Built, after: Built) -> Plan:
    """Compare an estate before and after a change."""
    old, new = before.blueprint, after.blueprint
    switches = {**old.switches, **new.switches}
    return Plan(
        changes=(*changes(old, new), *entry_changes(old, new)),
        configs=config_diffs(
            _texts(old), _texts(new), {key: switch.commune for key, switch in switches.items()}
        ),
        figures=figures(before, after),
        rises=rises(before, after),
        findings=finding_changes(before.findings, after.findings),
    )


def _texts(blueprint: Blueprint) -> dict[str, str]:
    """Give the whole configuration of every switch; a thousand of them take a second."""
    return {rendered.switch.id: rendered.text for rendered in Renderer(blueprint).all()}
