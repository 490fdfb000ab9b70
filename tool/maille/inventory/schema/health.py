"""`health:` of `estate.yaml`: when a state is believed, when it flaps, and who is called when."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, model_validator

from maille.inventory.schema.base import Count, Model, Positive, Text, Whole, wrong
from maille.inventory.schema.refs import ContactRef

Callee = Literal["commune", "integrator", "owner"]


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise wrong(f"`{name}` is no time zone", "write one like Europe/Paris") from None
    return name


TimeZone = Annotated[Text, AfterValidator(_zone)]
"""A name of the tz database."""


class Flapping(Model):
    """When a device that comes and goes is no longer believed to have come back.

    As RFC 2439 damps routes: each departure counts 1, what was counted decays by half in a
    half-life. The defaults are those of many routers.
    """

    half_life_minutes: Count = 15
    starts_at: Positive = 2.5
    """The third departure in a few minutes."""
    ends_below: Positive = 0.75

    @model_validator(mode="after")
    def _in_order(self) -> Flapping:
        if self.ends_below >= self.starts_at:
            raise wrong(
                "flapping ends before it starts",
                "let `ends_below` be less than `starts_at`",
            )
        return self


class EscalationStep(Model):
    """Who is called when an incident has been open for a time and nobody has acknowledged it."""

    after_minutes: Whole = 0
    who: tuple[Callee, ...] = ()
    """The commune's `call`, the contract's integrator, the owner's contact."""
    contacts: tuple[ContactRef, ...] = ()
    """Others, by name."""
    severities: tuple[Literal["ppms", "sensitive", "normal"], ...] = (
        "ppms",
        "sensitive",
        "normal",
    )
    """For which incidents."""


class Health(Model):
    """How states are watched over time."""

    time_zone: TimeZone = "Europe/Paris"
    """The clock on the wall: days of reports, hours of contacts and contracts are by it."""
    confirm_polls: Count = 2
    """How many polls in a row must see a state before it is told."""
    flapping: Flapping = Flapping()
    escalation: tuple[EscalationStep, ...] = (
        EscalationStep(who=("commune", "integrator")),
        EscalationStep(after_minutes=60, who=("owner",)),
    )
