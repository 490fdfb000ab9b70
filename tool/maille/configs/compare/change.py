"""A change: from which canonical tree to which, on which platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.configs.compare.dialect import Dialect
    from maille.configs.compare.tree import Tree


@dataclass(frozen=True, slots=True)
class Change:
    """What every part of a plan needs to know."""

    start: Tree
    target: Tree
    dialect: Dialect
    routed: bool = False
    """Whether ports are routed until they say `switchport`."""
