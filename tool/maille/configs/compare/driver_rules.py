"""hier_config's rules, written from short tables of lineages.

A platform's driver needs three of its rules, and none that rewrites text while loading: trees
come here in canonical form.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hier_config.models import (
    IdempotentCommandsRule,
    MatchRule,
    NegationDefaultWithRule,
    NegationSubRule,
)
from hier_config.platforms.driver_base import HConfigDriverRules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.configs.compare.dialect import Lineage, VlanList


def rules(
    replaced: Iterable[Lineage],
    cut: Iterable[Lineage],
    instead: Iterable[tuple[Lineage, str]],
    vlan_lists: Iterable[VlanList],
) -> HConfigDriverRules:
    """Give the rules of a driver.

    `replaced`: settings with one value, which a new value replaces without a negation; groups
    in the last pattern say which setting (the direction of an access group).
    `cut`: settings whose negation is `no` and what the last pattern matches, nothing more.
    `instead`: lines whose negation is another command altogether.
    """
    lists = (rule.lineage for rule in vlan_lists)
    return HConfigDriverRules(
        idempotent_commands=[
            IdempotentCommandsRule(match_rules=_match(lineage)) for lineage in (*replaced, *lists)
        ],
        negation_sub=[
            NegationSubRule(
                match_rules=_match((*lineage[:-1], rf"{lineage[-1]}(?:\s|$)")),
                search=rf"(?s)^(no {lineage[-1]}).*$",
                replace=r"\1",
            )
            for lineage in cut
        ],
        negate_with=[
            NegationDefaultWithRule(match_rules=_match(lineage), use=use)
            for lineage, use in instead
        ],
    )


def _match(lineage: Lineage) -> tuple[MatchRule, ...]:
    return tuple(MatchRule(re_search=f"^{_grouped(pattern)}") for pattern in lineage)


def _grouped(pattern: str) -> str:
    """Keep `^` on every alternative, without adding a group that would become part of a key."""
    return f"(?:{pattern})" if re.search(r"(?<!\\)\|", pattern) else pattern
