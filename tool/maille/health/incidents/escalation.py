"""When somebody is called about an incident, and when nobody is any more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from maille.health.incidents.model import Acknowledgement, Incident, Silence
    from maille.inventory.schema.health import EscalationStep


def silenced(incident: Incident, silences: Iterable[Silence], at: datetime) -> bool:
    """Say whether nobody is to be called: a silence holds for all that the incident is rooted in.

    What hangs behind does not count: who silences a camera has not silenced its switch.
    """
    subjects = {
        subject
        for silence in silences
        if silence.starts <= at < silence.ends
        for subject in silence.subjects
    }
    return incident.roots <= subjects


def acknowledged(
    incident: Incident, acknowledgements: Iterable[Acknowledgement]
) -> Acknowledgement | None:
    """Give the last acknowledgement of an incident."""
    own = (each for each in acknowledgements if each.incident == incident.id)
    return max(own, key=lambda each: each.at, default=None)


def due(
    incident: Incident,
    steps: Sequence[EscalationStep],
    taken: frozenset[int],
    silences: Iterable[Silence],
    acknowledgements: Iterable[Acknowledgement],
    at: datetime,
) -> tuple[int, ...]:
    """Give the steps to take now, by their numbers, without those that were taken already.

    None of a closed or an acknowledged incident. A silence puts steps off: they are due at its
    end, if the incident is still open then.
    """
    over = incident.closed is not None or acknowledged(incident, acknowledgements) is not None
    if over or silenced(incident, silences, at):
        return ()
    return tuple(
        number
        for number, step in enumerate(steps)
        if number not in taken
        and incident.severity in step.severities
        and incident.opened + timedelta(minutes=step.after_minutes) <= at
    )
