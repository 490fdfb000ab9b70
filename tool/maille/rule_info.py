"""What is known about a code: the text behind `maille check --explain`, and SARIF's rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.errors import Severity


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """One code: its title, its usual severity, where it comes from and what it is for.

    `source` names the article, the recommendation or the standard; `text` explains in a
    few sentences why the rule exists and how to comply.
    """

    code: str
    title: str
    severity: Severity
    source: str
    text: str
