"""What reports ask of the history: a store answers it, or a test from memory.

Whatever touches the window is given, and whole: nothing is cut at its edges. Windows are half open
and in UTC. A target of which nothing is known is not in the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from maille.health.history.model import Escalation, PolledInterval, StateInterval
    from maille.health.incidents.model import Acknowledgement, Silence, Window
    from maille.health.uptime.spans import Span


class Reader(Protocol):
    """Gives what uptime is computed from."""

    def states(
        self, targets: Collection[str], window: Span
    ) -> Mapping[str, Sequence[StateInterval]]:
        """Give the states of some targets, in order, none overlapping another."""
        ...

    def polled(
        self, targets: Collection[str], window: Span
    ) -> Mapping[str, Sequence[PolledInterval]]:
        """Give the spans in which some targets were polled, in order."""
        ...

    def maintenance(self, window: Span) -> Sequence[Window]:
        """Give the windows of maintenance, by their start."""
        ...


class Journal(Reader, Protocol):
    """Gives what people did besides: what a shift hands over to the next."""

    def acknowledgements(self, window: Span) -> Sequence[Acknowledgement]:
        """Give those of incidents that were open in the window, by time.

        One of an incident that is still open may have been made before it.
        """
        ...

    def silences(self, window: Span) -> Sequence[Silence]:
        """Give the silences, by their start."""
        ...

    def escalations(self, window: Span) -> Sequence[Escalation]:
        """Give the steps of the escalation that were taken within the window, by time."""
        ...
