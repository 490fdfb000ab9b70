"""Adopt an estate: texts of its devices in, the files of a draft and a report out. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from maille.adopt.centre.draft import centre
from maille.adopt.communes import Recogniser
from maille.adopt.drafting.catalogue import with_extras
from maille.adopt.drafting.draft import draft
from maille.adopt.drafting.plan import Plan
from maille.adopt.links import joints
from maille.adopt.locking import first_of, refused, running, seed
from maille.adopt.numbers import Reader, lost
from maille.adopt.parsing.parse import parse
from maille.adopt.segments import segments
from maille.adopt.survey import survey
from maille.adopt.todo import new_addresses, not_kept, to_fill_in
from maille.adopt.uses import uses
from maille.allocation.settle import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from maille.adopt.communes import Table
    from maille.adopt.device import Device
    from maille.adopt.drafting.draft import Draft
    from maille.adopt.drafting.plan import Wish
    from maille.adopt.texts import Text
    from maille.allocation.lock import Lock
    from maille.errors import Finding
    from maille.inventory.schema.catalogue import Catalogue

_ROUNDS = 8
"""How often pins are given up that something else is in the way of."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """The draft with its lock, and all that there is to tell."""

    plan: Plan
    draft: Draft
    lock: Lock
    kept: int
    """How many of the numbers that were read the lock has."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """What became of a folder of configurations; without a device there is no draft."""

    files: int
    devices: tuple[Device, ...]
    adopted: Adopted | None
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Say whether everything was placed."""
        return not any(finding.fails for finding in self.findings)


def adopt(
    texts: Iterable[Text],
    table: Table,
    base: Catalogue,
    wish: Wish,
    step: Callable[[], None] = lambda: None,
) -> Adoption:
    """Adopt the devices of some texts; `step` is called after each text."""
    findings: list[Finding] = []
    devices: list[Device] = []
    files = 0
    for text in texts:
        files += 1
        findings += text.findings
        if text.text is not None:
            parsed = parse(text.text, text.file)
            findings += parsed.findings
            devices += [parsed.device] if parsed.device else []
        step()
    if not devices:
        return Adoption(files, (), None, tuple(findings))
    plan = _plan(devices, Recogniser(table), base, wish)
    adopted, told = _settled(plan, base)
    findings += chain(
        plan.survey.findings,
        plan.uses.findings,
        plan.segments.findings,
        plan.centre.findings,
        plan.joints.findings,
        told,
        not_kept(plan),
        new_addresses(adopted.lock),
        to_fill_in(plan),
    )
    return Adoption(files, tuple(devices), adopted, tuple(findings))


def _plan(devices: list[Device], recogniser: Recogniser, base: Catalogue, wish: Wish) -> Plan:
    surveyed = survey(devices, recogniser, base.switches)
    used = uses(surveyed)
    found = segments(surveyed, used, recogniser)
    drafted = centre(surveyed, found)
    joined = joints(surveyed)
    return Plan(
        wish=wish,
        survey=surveyed,
        uses=used,
        segments=found,
        centre=drafted,
        joints=joined,
        numbers=Reader(surveyed, used, found, drafted, joined).all(),
        recogniser=recogniser,
        catalogue=with_extras(base, surveyed.models.values()),
    )


def _settled(plan: Plan, base: Catalogue) -> tuple[Adopted, list[Finding]]:
    """Settle the draft; pins that something else is in the way of are given up and told."""
    start = seed(plan.numbers)
    reasons: dict[str, str] = {}
    for _ in range(_ROUNDS):
        made = draft(plan, base)
        settled = settle(made.estate, start, as_of=plan.wish.today)
        wrong = refused(plan.numbers, settled.lock) - plan.unpinned
        if not wrong:
            break
        for told in settled.findings:
            reasons.setdefault(told.subject, told.what)
        plan = replace(plan, unpinned=plan.unpinned | first_of(wrong))
    lock = running(plan.numbers, settled.lock)
    again = settle(made.estate, lock, as_of=plan.wish.today)
    findings = [*lost(plan.numbers, again.lock, plan.survey, reasons)]
    findings += [finding for finding in again.findings if finding.fails]
    kept = len(plan.numbers) - len(refused(plan.numbers, again.lock))
    return Adopted(plan, made, again.lock, kept), findings
