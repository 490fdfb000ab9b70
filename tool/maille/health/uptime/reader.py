"""What reports ask of the history: a store answers it, or a test from memory.

Whatever touches the window is given, and whole: nothing is cut at its edges. Windows are half open
and in UTC. A target of which nothing is known is not in the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from maille.health.history.model import PolledInterval, StateInterval
    from maille.health.incidents.model import Acknowledgement, Called, Incident, Silence, Window
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
    """Gives what happened besides, too: what a shift hands over to the next."""

    def incidents(self, window: Span) -> Sequence[Incident]:
        """Give the incidents that were open at some time of the window, by their opening."""
        ...

    def acknowledgements(self, window: Span) -> Sequence[Acknowledgement]:
        """Give the acknowledgements of the incidents that were open in the window, by time.

        One of an incident still open may have been made before the window.
        """
        ...

    def silences(self, window: Span) -> Sequence[Silence]:
        """Give the silences, by their start."""
        ...

    def calls(self, window: Span) -> Sequence[Called]:
        """Give who was called within the window, by time."""
        ...
