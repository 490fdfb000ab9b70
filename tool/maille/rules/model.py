"""What a rule is: a code that explains itself, and a pure function that finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from maille.blueprint.capacity import CapacityReport
    from maille.blueprint.model import Blueprint
    from maille.blueprint.single_points import SinglePoint
    from maille.errors import Severity
    from maille.inventory.schema.estate import Estate
    from maille.rule_info import RuleInfo

    LogicalPath = tuple[str | int, ...]


Kind: TypeAlias = Literal[
    "camera",
    "nomad",
    "attachment point",
    "commune",
    "wave",
    "convention",
    "switch",
    "link",
    "ring",
    "pair",
    "segment",
    "cable",
    "site",
    "host",
]
"""A kind of thing that has a sheet, on which the rules that judge it are listed."""


class Hit(NamedTuple):
    """What a rule found: where in the estate's tree, what is wrong, and how to mend it.

    `path` is a logical path (`("communes", "28085", "cabinets", "epars", "switch")`); the
    runner places it at file, line and column. `subject` is the id that a waiver names.
    `severity` overrides the rule's own, where one rule warns first and refuses later.
    """

    path: LogicalPath
    what: str
    how: str
    subject: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class EstateContext:
    """What rules on the inventory alone may look at.

    `refused` names branches that could not be read: what refers into them cannot be judged.
    """

    estate: Estate
    as_of: date
    refused: frozenset[LogicalPath] = frozenset()

    def knows(self, *branch: str) -> bool:
        """Say whether all files of a branch were read, so that an unknown id is a mistake."""
        return not any(path[: len(branch)] == branch[: len(path)] for path in self.refused)


@dataclass(frozen=True, slots=True)
class BlueprintContext:
    """What rules on everything that follows may look at."""

    blueprint: Blueprint
    capacity: CapacityReport
    single_points: tuple[SinglePoint, ...]
    """What follows from both, found once: several rules look through it."""

    @property
    def estate(self) -> Estate:
        """The inventory behind the blueprint."""
        return self.blueprint.estate


@dataclass(frozen=True, slots=True)
class EstateRule:
    """A rule on the inventory alone: references, law, dates, geometry.

    A rule that `follows` references looks up what they name: it runs only if all of them
    lead somewhere. It is listed on the sheets of what it `judges`; one on names is on none.
    """

    info: RuleInfo
    find: Callable[[EstateContext], Iterable[Hit]]
    judges: tuple[Kind, ...]
    follows: bool = False


@dataclass(frozen=True, slots=True)
class BlueprintRule:
    """A rule on the blueprint: loads, budgets, redundancy. It runs when nothing else failed."""

    info: RuleInfo
    find: Callable[[BlueprintContext], Iterable[Hit]]
    judges: tuple[Kind, ...]
