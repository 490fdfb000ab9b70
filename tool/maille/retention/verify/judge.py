"""The judge of one camera: its segments, in the order of their start, against the promise.

Pure: what a container or an earlier check says comes in with the segment. Nothing is kept but
counts and examples, so a camera may have any number of segments.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from maille.retention import said
from maille.retention.ends import agree, end_of
from maille.retention.segments.model import Foreign, Segment
from maille.retention.verify.coverage import Coverage
from maille.retention.verify.tally import Tally, finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from maille.errors import Finding
    from maille.retention.promise import Promise, Rule
    from maille.retention.verify.coverage import Missing

SKEW = timedelta(seconds=10)
"""Clocks of one estate follow one source of time: more is wrong."""

_HOW = {
    "R102": "`maille storage expire` erases them; copy first what a requisition asks for",
    "R103": "see the recorder's log of that time, and its link",
    "R104": "compare the recorder's clock with the estate's NTP",
    "R105": "see whether the recorder's clock was set, or the files were copied",
    "R107": "see the camera, its port and its recorder",
    "R110": "see what put it there, and take it away by hand",
    "R111": "see whether the quota was full: `maille storage status`",
    "R113": "find out who put them there; they are no recordings of that time",
    "R114": "run `maille storage expire` once a period",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What an earlier check saw of a camera: until when it reached, and how many there were."""

    at: datetime
    newest: datetime
    segments: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one camera."""

    camera: str
    segments: int
    size_bytes: int
    oldest: datetime | None
    newest: datetime | None
    newest_end: datetime | None
    missing: timedelta
    """Images that are promised and not there, in all."""
    findings: tuple[Finding, ...]

    def seen(self, at: datetime) -> Seen | None:
        """Give what a later check compares with."""
        return Seen(at, self.newest, self.segments) if self.newest else None


@dataclass(slots=True)
class _State:
    tally: Tally = field(default_factory=Tally)
    segments: int = 0
    size_bytes: int = 0
    oldest: datetime | None = None
    newest: datetime | None = None
    newest_end: datetime | None = None
    before: int = 0
    """Segments that were, or claim to have been, there at an earlier check."""
    missing: list[Missing] = field(default_factory=list)
    """At most one of each place among the others, and gaps as far as they are shown."""
    missing_in_all: timedelta = timedelta()


def judge(
    promise: Promise,
    found: Iterable[Segment | Foreign],
    now: datetime,
    *,
    seen: Seen | None = None,
    container: Callable[[Segment], datetime | None] = lambda _: None,
) -> Verdict:
    """Judge one camera.

    Args:
        promise: what holds for it.
        found: what lies in its folder, the segments by their start.
        now: the time to judge by, UTC.
        seen: what an earlier check saw.
        container: gives the time inside a segment's container, where it is looked up.
    """
    state, coverage = _State(), Coverage(promise, now)
    for one in found:
        if isinstance(one, Foreign):
            state.tally.add("R110", f"{said.name(one.path)}: {one.why}", one.path)
            continue
        end = end_of(one, promise.rule)
        _count(state, one, seen)
        _judge_age(state, one, promise.rule, now)
        _judge_times(state, one, promise.rule, now, container(one))
        if one.start > now + SKEW:
            continue  # it proves nothing of any time that was
        state.newest, state.newest_end = one.start, max(state.newest_end or end, end)
        if one.size_bytes:
            _note(state, coverage.add(one.start, end))
        elif one.start + promise.rule.longest_segment < now:
            state.tally.add("R111", said.at(one.start), one.path)
    _note(state, coverage.close())
    _judge_seen(state, seen)
    return Verdict(
        promise.camera,
        state.segments,
        state.size_bytes,
        state.oldest,
        state.newest,
        state.newest_end,
        state.missing_in_all,
        tuple(_findings(state, promise, now)),
    )


def _count(state: _State, one: Segment, seen: Seen | None) -> None:
    state.segments += 1
    state.size_bytes += one.size_bytes
    state.oldest = state.oldest or one.start
    state.before += bool(seen and one.start <= seen.newest)


def _judge_age(state: _State, one: Segment, rule: Rule, now: datetime) -> None:
    age = now - one.start
    if age > rule.maximum:
        state.tally.add("R102", said.at(one.start), one.path)
    elif age > rule.days + rule.longest_segment + rule.period:
        state.tally.add("R114", said.at(one.start), one.path)


def _judge_times(
    state: _State, one: Segment, rule: Rule, now: datetime, inside: datetime | None
) -> None:
    if max(one.start, one.mtime) > now + SKEW:
        state.tally.add("R104", f"{said.at(one.start)}, written {said.at(one.mtime)}", one.path)
    elif not agree(one, rule):
        state.tally.add("R105", f"{said.at(one.start)} was written {said.at(one.mtime)}", one.path)
    elif inside is not None and abs(inside - one.start) > rule.gap:
        state.tally.add("R105", f"{said.at(one.start)} says inside {said.at(inside)}", one.path)


def _judge_seen(state: _State, seen: Seen | None) -> None:
    if seen and state.before > seen.segments:
        state.tally.add(
            "R113",
            f"{said.many(state.before - seen.segments, 'segment')} since {said.at(seen.at)} that"
            f" claim to begin before {said.at(seen.newest)}",
        )


def _note(state: _State, missing: Iterable[Missing]) -> None:
    for one in missing:
        state.missing_in_all += one.length
        if one.where == "middle":
            state.tally.add("R103", f"{said.at(one.begin)} to {said.at(one.end)}")
        else:
            state.missing.append(one)


def _findings(state: _State, promise: Promise, now: datetime) -> Iterable[Finding]:
    ident = promise.camera
    begins = [one for one in state.missing if one.where == "begin"]
    if begins and state.oldest:
        length = sum((one.length for one in begins), timedelta())
        yield finding(
            "R101",
            ident,
            f"camera {ident}: the oldest image is of {said.at(state.oldest)}; {said.span(length)}"
            f" are missing from {said.at(begins[0].begin)} on",
            "see quota and expiry, and who else erases: `maille storage status`",
        )
    ends = [one for one in state.missing if one.where == "end"]
    if ends and state.newest_end:
        yield finding(
            "R107",
            ident,
            f"camera {ident} has not recorded since {said.at(state.newest_end)},"
            f" for {said.span(now - state.newest_end)}",
            _HOW["R107"],
        )
    nothing = [one for one in state.missing if one.where == "all"]
    if nothing:
        yield finding(
            "R108",
            ident,
            f"camera {ident} is in service and has recorded nothing since"
            f" {said.at(nothing[0].begin)}",
            _HOW["R107"],
        )
    for code, several in state.tally:
        told = _SENTENCES[code].format(several.count, "s" * (several.count != 1))
        yield finding(code, ident, f"camera {ident}: {told}: {several}", _HOW[code], several.path)


_SENTENCES = {
    "R102": "{:,} segment{} kept beyond the authorised maximum",
    "R103": "{:,} gap{}",
    "R104": "{:,} segment{} with a time in the future",
    "R105": "{:,} segment{} whose times disagree",
    "R110": "{:,} foreign file{}",
    "R111": "{:,} empty segment{}",
    "R113": "{:,} set{} of segments put in later",
    "R114": "{:,} segment{} past the retention and still there",
}
