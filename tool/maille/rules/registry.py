"""All rules in the order in which they run, and what is known of every code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.allocation.codes import ALLOCATION_RULES
from maille.errors import Severity
from maille.inventory.codes import ASSEMBLY_RULES
from maille.inventory.reading.codes import READING_RULES
from maille.inventory.schema_errors.codes import SCHEMA_RULES
from maille.rule_info import RuleInfo
from maille.rules import (
    capacity,
    centre,
    cover,
    fibre,
    governance,
    law,
    limits,
    network,
    nomads,
    places,
    power,
    practice,
    references,
    retention,
    rollout,
    routes,
    storage,
    watching,
)
from maille.rules.model import BlueprintRule, EstateRule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.rules.model import Kind

IDLE_WAIVER = RuleInfo(
    "W020",
    "waiver that accepts nothing",
    Severity.WARNING,
    "maille",
    "A waiver accepts one rule's finding for one subject, with a reason, until a day. When it has "
    "ended the finding counts again; when nothing is found any more it is taken out. Names that "
    "lead nowhere and a lock behind the inventory (I…, A…) cannot be waived.",
)

_SUBJECTS = (
    references,
    retention,
    law,
    nomads,
    governance,
    watching,
    rollout,
    cover,
    places,
    network,
    routes,
    centre,
    practice,
    limits,
    capacity,
    power,
    fibre,
    storage,
)
_ALL = tuple(rule for subject in _SUBJECTS for rule in subject.RULES)

ESTATE_RULES = tuple(rule for rule in _ALL if isinstance(rule, EstateRule))
BLUEPRINT_RULES = tuple(rule for rule in _ALL if isinstance(rule, BlueprintRule))


def rules_for(kind: Kind) -> tuple[RuleInfo, ...]:
    """Give the rules that judge a kind of thing, in the order in which they run."""
    return tuple(rule.info for rule in _ALL if kind in rule.judges)


ALL_CODES: Mapping[str, RuleInfo] = {
    **READING_RULES,
    **SCHEMA_RULES,
    **ASSEMBLY_RULES,
    **ALLOCATION_RULES,
    **{rule.info.code: rule.info for rule in _ALL},
    IDLE_WAIVER.code: IDLE_WAIVER,
}
