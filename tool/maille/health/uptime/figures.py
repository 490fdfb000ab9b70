"""The figures of one target over a window: how long it was what, and each of its outages.

Time counts only where the target was in service and was polled; the rest is *unknown*, told apart
and never taken for up. Maintenance counts neither way. What is left is divided:

    availability = (up + degraded) / (up + degraded + away)

with *away* the time down or unreachable, by whose fault it was. An outage is a run of away time;
polling that paused in the middle of it does not make two of it. MTTR is the mean length of the
outages that ended in the window, MTBF the available time for each outage that began in it
(IEC 60050-192-05-11, -05-23, taken for repairable items with the time observed).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from maille.health.uptime.spans import common, joined, length, without

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from maille.health.history.model import Origin, PolledInterval, StateInterval
    from maille.health.model import Cause
    from maille.health.uptime.spans import Span, Spans

AVAILABLE = ("up", "degraded")
AWAY = ("down", "unreachable")


@dataclass(frozen=True, slots=True)
class Outage:
    """One time that a target was away."""

    target: str
    began: datetime
    """Not before the window."""
    ended: datetime | None
    """None where it outlasts the window."""
    seen: timedelta
    """Of it, the time in which somebody looked."""
    origin: Origin
    cause: Cause | None
    earlier: bool
    """Whether it had begun before the window."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How long a target, or several together, was what."""

    wanted: timedelta
    """In service, within the window."""
    up: timedelta
    degraded: timedelta
    maintenance: timedelta
    own: timedelta
    upstream: timedelta
    power: timedelta
    outages: tuple[Outage, ...]

    @property
    def available(self) -> timedelta:
        """Give the time in which it did its work."""
        return self.up + self.degraded

    @property
    def away(self) -> timedelta:
        """Give the time in which it did not."""
        return self.own + self.upstream + self.power

    @property
    def unknown(self) -> timedelta:
        """Give the time in which nobody looked, or nobody could see."""
        return self.wanted - self.available - self.away - self.maintenance

    @property
    def availability(self) -> float | None:
        """Give the share of its judged time in which it did its work; None if none was judged."""
        judged = self.available + self.away
        return self.available / judged if judged else None

    @property
    def mttr(self) -> timedelta | None:
        """Give the mean length of the outages that ended, from their beginning in the window."""
        ended = [outage.ended - outage.began for outage in self.outages if outage.ended]
        return sum(ended, timedelta()) / len(ended) if ended else None

    @property
    def mtbf(self) -> timedelta | None:
        """Give the available time for each outage that began; None if none did."""
        began = sum(not outage.earlier for outage in self.outages)
        return self.available / began if began else None


def figures_of(
    window: Span,
    in_service: Iterable[Span],
    states: Sequence[StateInterval],
    polled: Iterable[PolledInterval],
    maintenance: Iterable[Span] = (),
) -> Figures:
    """Give the figures of one target.

    Args:
        window: what is reported on.
        in_service: when the target was in service.
        states: the target's, in order, none overlapping another.
        polled: the spans in which it was polled.
        maintenance: the windows of maintenance that covered it.
    """
    wanted = common((window,), joined(in_service))
    planned = common(wanted, joined(maintenance))
    seen = without(common(wanted, joined((span.began, span.ended) for span in polled)), planned)
    spent = {kind: timedelta() for kind in ("up", "degraded", "own", "upstream", "power")}
    resting = length(planned)
    for interval in states:
        span = (interval.began, interval.ended or window[1])
        time = length(common(seen, (span,) if span[0] < span[1] else ()))
        if interval.state in AVAILABLE:
            spent[interval.state] += time
        elif interval.state in AWAY:
            spent[interval.origin] += time
        elif interval.state == "maintenance":
            resting += time
    return Figures(
        wanted=length(wanted),
        maintenance=resting,
        outages=tuple(_outages(wanted, seen, states)),
        **spent,
    )


def together(figures: Sequence[Figures]) -> Figures:
    """Give the figures of several targets, their times added up."""
    return Figures(
        **{
            name: sum((getattr(one, name) for one in figures), timedelta())
            for name in ("wanted", "up", "degraded", "maintenance", "own", "upstream", "power")
        },
        outages=tuple(
            sorted(
                (outage for one in figures for outage in one.outages),
                key=lambda outage: (outage.began, outage.target),
            )
        ),
    )


def _outages(wanted: Spans, seen: Spans, states: Sequence[StateInterval]) -> Iterable[Outage]:
    """Give each run of away time, cut to where the target was wanted."""
    for run in _runs(states):
        began, ended = run[0].began, run[-1].ended
        for begin, end in common(wanted, ((began, ended or wanted[-1][1]),) if wanted else ()):
            time = length(common(seen, ((begin, end),)))
            if not time:
                continue
            first = next(one for one in run if one.ended is None or one.ended > begin)
            yield Outage(
                target=first.target,
                began=begin,
                ended=end if end == ended else None,
                seen=time,
                origin=first.origin,
                cause=first.cause,
                earlier=began < begin,
            )


def _runs(states: Sequence[StateInterval]) -> Iterable[list[StateInterval]]:
    run: list[StateInterval] = []
    for interval in states:
        if interval.state in AWAY:
            run.append(interval)
        elif interval.state != "unknown" and run:
            yield run
            run = []
    if run:
        yield run
