"""What a report of uptime says, before anybody writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    from maille.health.history.model import Origin
    from maille.health.model import Kind
    from maille.health.uptime.figures import Figures
    from maille.health.uptime.spans import Span, Spans
    from maille.inventory.schema.governance import Contract

By = Literal["camera", "commune", "wave", "owner"]
"""What the rows are; `camera` is a row a device, whatever its kind."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is to be about."""

    window: Span
    zone: ZoneInfo
    by: By
    kinds: frozenset[Kind]


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a contract owes for some targets, and what was kept, in the contract's hours."""

    contract: str
    terms: Contract
    targets: int
    figures: Figures
    late: int
    """Outages that lasted longer than the contract's time to repair, in its hours."""

    @property
    def met(self) -> bool | None:
        """Say whether the availability owed was reached; None if nothing could be judged."""
        kept = self.figures.availability
        return None if kept is None else kept >= self.terms.uptime_target


@dataclass(frozen=True, slots=True)
class Row:
    """A device, a commune, a wave or an owner: its figures, and what contracts owe it."""

    key: str | None
    """Its id; None of those that have none: in no wave, of no owner, of the common part."""
    title: str
    targets: int
    figures: Figures
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class Blame:
    """A cause, and all the time that it took from devices."""

    causes: tuple[str, ...]
    """Devices and links; what is down by itself is its own cause."""
    suspected: str | None
    origin: Origin
    outages: int
    targets: int
    lost: timedelta
    """Of all devices together, as far as somebody looked."""


@dataclass(frozen=True, slots=True)
class Period:
    """A part of the window, with the figures of all devices together."""

    span: Span
    figures: Figures


@dataclass(frozen=True, slots=True)
class Place:
    """Where a device stands, for people."""

    commune: str
    """Its name; empty for what stands in none."""
    place: str


@dataclass(frozen=True, slots=True)
class Report:
    """Uptime of an estate over a window."""

    title: str
    asked: Asked
    rows: tuple[Row, ...]
    """By their availability, the worst first; those of which nothing is known at the end."""
    communes: tuple[Row, ...]
    """The same by commune, for the plot; where nothing else was asked, the rows themselves."""
    whole: Row
    blames: tuple[Blame, ...]
    """The worst first."""
    periods: tuple[Period, ...]
    unseen: Spans
    """When nobody looked at any of the devices, for more than a few minutes."""
    places: Mapping[str, Place]
