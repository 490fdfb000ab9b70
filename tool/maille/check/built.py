"""An estate that could be built, with its capacity, its sources and all findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.blueprint.capacity import CapacityReport
    from maille.blueprint.model import Blueprint
    from maille.errors import Finding
    from maille.inventory.source import Sources


@dataclass(frozen=True, slots=True)
class Built:
    """What sheets, documents and plans are written from."""

    blueprint: Blueprint
    capacity: CapacityReport
    sources: Sources
    findings: tuple[Finding, ...]

    def place(self, *path: str | int) -> str:
        """Give file and line of what stands at a logical path of the inventory."""
        place = self.sources.locate(path)
        return f"{place.file}:{place.line}" if place.line else place.file

    def about(self, *subjects: str) -> tuple[Finding, ...]:
        """Give the findings about any of these ids."""
        return tuple(finding for finding in self.findings if finding.subject in subjects)
