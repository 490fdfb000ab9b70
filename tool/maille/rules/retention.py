"""How long images are kept, against what the prefect authorised: L001 and L002.

CSI is the Code de la sécurité intérieure. What most communes have wrong by the estate's
retention is told once, at the estate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from maille.blueprint.storage import keeping_for
from maille.errors import Severity
from maille.rule_info import RuleInfo
from maille.rules.model import EstateRule, Hit
from maille.rules.walk import authorisations_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.inventory.schema.commune import Authorisation, Commune
    from maille.inventory.schema.estate import Estate
    from maille.rules.model import EstateContext

LONGEST_RETENTION_DAYS = 30
"""CSI L252-5: one month."""


class _Breach(NamedTuple):
    """Images of a commune that are kept longer than an authorisation of it allows."""

    commune: Commune
    authorisation: Authorisation
    hit: Hit


def _retention(context: EstateContext) -> Iterator[Hit]:
    estate, too_long = context.estate, []
    for commune in _members(estate):
        days = round(keeping_for(estate.settings, commune).days)
        for path, entry, subject in authorisations_of(commune):
            at = (*path, "retention_max_days")
            if entry.retention_max_days > LONGEST_RETENTION_DAYS:
                yield Hit(
                    at,
                    f"{entry.retention_max_days} days are more than the month that the law allows",
                    f"the authorisation names at most {LONGEST_RETENTION_DAYS} days",
                    subject,
                )
            hit = Hit(
                at,
                f"images are kept {days} days, the authorisation {entry.number} allows"
                f" {entry.retention_min_days or 0} to {entry.retention_max_days}",
                "set `retention.days` of the commune within it, or have it changed",
                subject,
            )
            if days > entry.retention_max_days:
                too_long.append(_Breach(commune, entry, hit))
            elif days < (entry.retention_min_days or 0):
                yield hit
    days = estate.settings.retention.days
    yield from _gathered(estate, too_long, f"images are kept {days} days")


def _erased_in_time(context: EstateContext) -> Iterator[Hit]:
    estate, too_late = context.estate, []
    for commune in _members(estate):
        keeping = keeping_for(estate.settings, commune)
        for path, entry, subject in authorisations_of(commune):
            if keeping.longest_days > entry.retention_max_days >= keeping.days:
                hit = Hit(
                    (*path, "retention_max_days"),
                    f"the start of a segment is {keeping.longest_days:.2f} days old before it is"
                    f" erased, {entry.retention_max_days} are authorised",
                    "shorten `retention.days`, `segment_minutes` or `expiry_period_minutes`",
                    subject,
                )
                too_late.append(_Breach(commune, entry, hit))
    oldest = keeping_for(estate.settings).longest_days
    what = f"the start of a segment is {oldest:.2f} days old before it is erased"
    yield from _gathered(estate, too_late, what)


def _members(estate: Estate) -> list[Commune]:
    return [commune for commune in estate.communes.values() if commune.member]


def _gathered(estate: Estate, breaches: list[_Breach], what: str) -> Iterator[Hit]:
    """Tell at the estate what most of those who keep its retention have, the rest at each."""
    heirs = sum(commune.retention is None for commune in _members(estate))
    inherited = [breach for breach in breaches if breach.commune.retention is None]
    concerned = len({breach.commune.insee for breach in inherited})
    if concerned > 1 and concerned * 2 > heirs:
        least = min(breach.authorisation.retention_max_days for breach in inherited)
        yield Hit(
            ("settings", "retention", "days"),
            f"{what}: longer than the authorisations of {concerned} communes allow, {least} days"
            " at the least",
            "shorten it here, or set `retention.days` of a commune",
            estate.settings.estate,
        )
        breaches = [breach for breach in breaches if breach.commune.retention]
    yield from (breach.hit for breach in breaches)


RULES = (
    EstateRule(
        RuleInfo(
            "L001",
            "retention outside the authorisation",
            Severity.ERROR,
            "CSI L252-5",
            "The prefect's authorisation sets how long images may be kept, at most one month, and "
            "may set how long they must be. The days of the commune (or of the estate) lie within.",
        ),
        _retention,
        judges=("commune",),
    ),
    EstateRule(
        RuleInfo(
            "L002",
            "images erased after the authorised maximum",
            Severity.ERROR,
            "CSI L252-5, R253-4",
            "The promise counts from the end of a segment, the maximum from its start, and erasure "
            "runs once a period: days + segment + expiry period must fit under the maximum.",
        ),
        _erased_in_time,
        judges=("commune",),
    ),
)
