"""Findings of one camera: one of each code, however many segments have it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maille.errors import Finding, Place
from maille.retention import said
from maille.retention.codes import RETENTION_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN = 3


def finding(code: str, subject: str, what: str, how: str, path: str = "") -> Finding:
    """Give a finding of a code's usual severity; `path` is that on the file system."""
    severity = RETENTION_RULES[code].severity
    return Finding(code, severity, what, how, Place(said.name(path)), subject)


@dataclass(slots=True)
class Several:
    """As many of one kind as there are, and the first ones in words."""

    count: int = 0
    examples: list[str] = field(default_factory=list)
    path: str = ""

    def add(self, example: str, path: str = "") -> None:
        """Count one."""
        self.count += 1
        self.path = self.path or path
        if len(self.examples) < _SHOWN:
            self.examples.append(example)

    def __str__(self) -> str:
        """Give the examples, and how many more there are."""
        more = [f"and {self.count - _SHOWN:,} more"] if self.count > _SHOWN else []
        return ", ".join(self.examples + more)


@dataclass(slots=True)
class Tally:
    """What was found of one camera so far, by code."""

    found: dict[str, Several] = field(default_factory=dict)

    def add(self, code: str, example: str, path: str = "") -> None:
        """Count one for a code."""
        self.found.setdefault(code, Several()).add(example, path)

    def __iter__(self) -> Iterator[tuple[str, Several]]:
        """Give codes and what was found for them, by code."""
        return iter(sorted(self.found.items()))
