"""Runs a whole check: load, rules on the inventory, lock, blueprint, rules on the blueprint.

Each step needs the ones before: where the inventory contradicts itself, nothing is built from
it, and the findings so far are all that can be said. What is merely not allowed (an
authorisation that has ended, a cluster that is too small) stops nothing: all is told in one run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.allocation.files import placed_in_files, read_lock
from maille.allocation.verify import verify
from maille.blueprint.build import build
from maille.blueprint.capacity import CapacityReport, capacity
from maille.blueprint.single_points import single_points
from maille.check.built import Built
from maille.errors import Finding, InventoryError
from maille.inventory.load import Loaded, load
from maille.rules.model import BlueprintContext, EstateContext
from maille.rules.references import DANGLING
from maille.rules.registry import ALL_CODES, BLUEPRINT_RULES, ESTATE_RULES, IDLE_WAIVER
from maille.rules.run import idle_waivers, run_blueprint_rules, run_estate_rules, waive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from maille.allocation.lock import Lock
    from maille.blueprint.model import Blueprint
    from maille.inventory.schema.estate import Estate
    from maille.inventory.source import Sources


_AUDITED = ("D", "H")
"""Codes that only an audit of running configurations finds: it needs their waivers."""

_JUDGED = ("L", "G", "C", "S", "W007", "W012")
"""Codes of what must not be and yet can be: what follows is built and judged all the same."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check gives: all findings, and the blueprint if there can be one."""

    findings: tuple[Finding, ...]
    files: tuple[str, ...] = ()
    """Every file that was looked at."""
    sources: Sources | None = None
    blueprint: Blueprint | None = None
    capacity: CapacityReport | None = None

    @property
    def passes(self) -> bool:
        """Say whether nothing fails."""
        return not any(finding.fails for finding in self.findings)

    def sound(self) -> Blueprint:
        """Give the blueprint; raises InventoryError if anything fails."""
        if self.blueprint is None or not self.passes:
            raise InventoryError(self.findings)
        return self.blueprint

    def built(self) -> Built:
        """Give the estate as it was built; raises InventoryError where it could not be."""
        if self.blueprint is None or self.capacity is None or self.sources is None:
            raise InventoryError(self.findings)
        return Built(self.blueprint, self.capacity, self.sources, self.findings)


def check(folder: Path, as_of: date) -> Checked:
    """Check the estate in a folder, as of a day."""
    loaded = load(folder)
    lock, lock_findings = read_lock(folder)
    return check_loaded(loaded, lock, as_of, folder, lock_findings)


def check_loaded(
    loaded: Loaded,
    lock: Lock | None,
    as_of: date,
    folder: Path,
    lock_findings: tuple[Finding, ...] = (),
) -> Checked:
    """Check an estate that is in memory, against its lock (None: it could not be read).

    `folder` is where the estate was read, for the places of findings on the lock.
    """
    estate, files = loaded.estate, loaded.sources.files
    findings = [*loaded.findings, *lock_findings]
    if estate is None:
        return Checked(tuple(findings), files)
    findings += _inventory_findings(loaded, estate, as_of)
    accepted = _accepted(findings, loaded, as_of)
    if loaded.refused or lock is None or _contradict(accepted):
        return Checked((*accepted, *_idle(accepted, loaded, as_of, judged=False)), files)
    findings += placed_in_files(verify(estate, lock, as_of, loaded.sources), folder)
    accepted = _accepted(findings, loaded, as_of)
    if _contradict(accepted):
        return Checked((*accepted, *_idle(accepted, loaded, as_of, judged=False)), files)
    blueprint = build(estate, lock, as_of)
    report = capacity(blueprint)
    context = BlueprintContext(blueprint, report, single_points(blueprint, report))
    findings += run_blueprint_rules(BLUEPRINT_RULES, context, loaded.sources)
    accepted = _accepted(findings, loaded, as_of)
    idle = tuple(_idle(accepted, loaded, as_of, judged=True))
    return Checked((*accepted, *idle), files, loaded.sources, blueprint, report)


def _inventory_findings(loaded: Loaded, estate: Estate, as_of: date) -> list[Finding]:
    """Run the rules on the inventory; those that follow references only if all lead somewhere."""
    context = EstateContext(estate, as_of, loaded.refused)
    first = [rule for rule in ESTATE_RULES if not rule.follows]
    findings = list(run_estate_rules(first, context, loaded.sources))
    if not loaded.refused and not any(finding.code in DANGLING for finding in findings):
        following = [rule for rule in ESTATE_RULES if rule.follows]
        findings += run_estate_rules(following, context, loaded.sources)
    return findings


def _contradict(findings: Iterable[Finding]) -> bool:
    return any(finding.fails and not finding.code.startswith(_JUDGED) for finding in findings)


def _accepted(findings: list[Finding], loaded: Loaded, as_of: date) -> tuple[Finding, ...]:
    waivers = loaded.estate.waivers if loaded.estate else ()
    return waive(findings, waivers, as_of)


def _idle(
    findings: tuple[Finding, ...], loaded: Loaded, as_of: date, *, judged: bool
) -> Iterator[Finding]:
    if loaded.estate is None:
        return
    for index, waiver, why in idle_waivers(findings, loaded.estate.waivers, as_of, judged=judged):
        audited = waiver.rule.startswith(_AUDITED)
        if audited and waiver.until >= as_of:
            continue
        reason = why if audited or waiver.rule in ALL_CODES else "no rule has this code"
        finding = Finding(
            IDLE_WAIVER.code,
            IDLE_WAIVER.severity,
            f"the waiver of {waiver.rule} for `{waiver.subject}` accepts nothing: {reason}",
            "take it out, or give it a new end with a reason that still holds",
            subject=waiver.subject,
        )
        yield loaded.sources.placed(finding, ("waivers", index))
