"""A history that is kept in memory, and short ways to write one down."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from maille.health.history.model import PolledInterval, StateInterval
from maille.health.model import Cause

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from maille.health.history.model import Escalation, Origin
    from maille.health.incidents.model import Acknowledgement, Silence, Window
    from maille.health.model import State
    from maille.health.uptime.spans import Span

Fault: TypeAlias = "tuple[Origin, tuple[str, ...]]"
"""Whose fault it is that a target is away, and the causes."""
Told: TypeAlias = "tuple[datetime, State] | tuple[datetime, State, Fault]"
"""From when on a target was what; of what was away by another's fault, by whose."""
OWN: Fault = ("own", ())


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@dataclass
class Memory:
    """Answers what reports ask, from what a test has told it."""

    every_state: dict[str, list[StateInterval]] = field(default_factory=lambda: defaultdict(list))
    every_poll: dict[str, list[PolledInterval]] = field(default_factory=lambda: defaultdict(list))
    windows: list[Window] = field(default_factory=list)
    acknowledged: list[Acknowledgement] = field(default_factory=list)
    silenced: list[Silence] = field(default_factory=list)
    escalated: list[Escalation] = field(default_factory=list)

    def tell(self, target: str, *changes: Told) -> None:
        """Note what a target was from when on."""
        for change, after in pairwise((*changes, None)):
            assert change is not None
            ended = after[0] if after else None
            began, state, *why = change
            origin, causes = why[0] if why else OWN
            cause = Cause(devices=causes) if causes else None
            self.every_state[target].append(
                StateInterval(target, state, began, ended, origin, cause)
            )

    def poll(self, targets: Iterable[str], *spans: Span) -> None:
        """Note when targets were polled."""
        for target in targets:
            self.every_poll[target] += [PolledInterval(target, *span) for span in spans]

    def states(
        self, targets: Collection[str], window: Span
    ) -> Mapping[str, Sequence[StateInterval]]:
        return {
            target: [
                one
                for one in self.every_state[target]
                if one.began < window[1] and (one.ended is None or one.ended > window[0])
            ]
            for target in targets
            if target in self.every_state
        }

    def polled(
        self, targets: Collection[str], window: Span
    ) -> Mapping[str, Sequence[PolledInterval]]:
        return {
            target: [
                one
                for one in self.every_poll[target]
                if one.began < window[1] and one.ended > window[0]
            ]
            for target in targets
            if target in self.every_poll
        }

    def maintenance(self, window: Span) -> Sequence[Window]:
        return [one for one in self.windows if one.starts < window[1] and one.ends > window[0]]

    def acknowledgements(self, window: Span) -> Sequence[Acknowledgement]:
        return [one for one in self.acknowledged if one.at < window[1]]

    def silences(self, window: Span) -> Sequence[Silence]:
        return [one for one in self.silenced if one.starts < window[1] and one.ends > window[0]]

    def escalations(self, window: Span) -> Sequence[Escalation]:
        return [one for one in self.escalated if window[0] <= one.at < window[1]]
