"""From one round, and the one before it, to a condition of each device and of each link."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maille.health.judging import device
from maille.health.judging.ports import PortView
from maille.health.judging.ports import troubles_of as port_troubles
from maille.health.model import Condition, Evidence, LinkCondition, Trouble
from maille.health.profiles.schema import Thresholds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from maille.health.model import Life
    from maille.health.profiles.library import Library
    from maille.health.sweep.model import Observation
    from maille.health.targets.model import Target


@dataclass(frozen=True, slots=True)
class Beside:
    """What was seen by other means than SNMP; who is in neither was not looked at."""

    rtsp: Mapping[str, bool] = field(default_factory=dict)
    """By camera, whether its RTSP server answered."""
    newest_s: Mapping[str, float | None] = field(default_factory=dict)
    """By camera, the age of its newest segment; None: it has none."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one round says."""

    conditions: tuple[Condition, ...]
    """One for each target, in their order."""
    links: tuple[LinkCondition, ...]
    """One for each link that a target is at an end of, by id."""


def judge(
    targets: Iterable[Target],
    library: Library,
    now: Mapping[str, Observation],
    before: Mapping[str, Observation],
    at: datetime,
    beside: Beside | None = None,
    limits: Thresholds | None = None,
) -> Judgement:
    """Judge a round.

    Args:
        targets: what was to be polled.
        library: the profiles of the targets.
        now: what the round saw, by target; who is missing was not looked at.
        before: the round before, for rates and restarts; empty at first.
        at: when the round ended.
        beside: what was seen by other means.
        limits: where the lines are.
    """
    every = tuple(targets)
    views = _views(every, now, before)
    judge_ = _Judge(library, now, before, at, beside or Beside(), limits or Thresholds(), views)
    links = defaultdict(list)
    for view in (one for some in views.values() for one in some if one.port.kind == "link"):
        links[view.port.subject].append(view)
    return Judgement(
        tuple(judge_.condition(target) for target in every),
        tuple(_link(link, links[link]) for link in sorted(links)),
    )


def _views(
    targets: Iterable[Target],
    now: Mapping[str, Observation],
    before: Mapping[str, Observation],
) -> Mapping[str, list[PortView]]:
    """Give every port that was read, by what hangs on it."""
    found: dict[str, list[PortView]] = defaultdict(list)
    for target in targets:
        observation = now.get(target.id) if target.ports else None
        if observation is None or observation.silence:
            continue
        earlier = before.get(target.id)
        usable = None if earlier is None or earlier.silence else earlier
        for slot in observation.plan.ports:
            found[slot.port.subject].append(PortView(target.id, slot, observation, usable))
    return found


@dataclass(frozen=True, slots=True)
class _Judge:
    library: Library
    now: Mapping[str, Observation]
    before: Mapping[str, Observation]
    at: datetime
    beside: Beside
    limits: Thresholds
    views: Mapping[str, list[PortView]]

    def condition(self, target: Target) -> Condition:
        """Judge one device by itself."""
        observation = self.now.get(target.id)
        troubles = list(self._troubles(target, observation))
        signs = tuple(self._signs(target, observation))
        life = self._life(target, observation, signs)
        if signs and observation and observation.silence and not observation.silence.alive:
            what = f"lives, and its agent {device.said(observation).value}"
            troubles.append(Trouble("H001", target.id, what, signs))
        told = (device.said(observation),) if observation else ()
        return Condition(target.id, life, tuple(troubles), (*told, *signs))

    def _troubles(self, target: Target, observation: Observation | None) -> Iterator[Trouble]:
        if observation and target.profile:
            profile = self.library.profiles[target.profile]
            yield from device.troubles_of(target, profile, observation, self.before.get(target.id))
        for view in self.views.get(target.id, ()):
            yield from port_troubles(view, self.limits)
        for view in self._own_links(target):
            yield from port_troubles(view, self.limits) if view.up else ()
        if self.beside.rtsp.get(target.id) is False:
            shown = Evidence(self.at, target.id, "rtsp", "no answer to OPTIONS")
            yield Trouble("H021", target.id, "its RTSP server does not answer", (shown,))
        yield from self._recording(target)

    def _own_links(self, target: Target) -> Iterator[PortView]:
        """Give the ports of a switch that lead to other switches."""
        observation = self.now.get(target.id)
        if observation is None or observation.silence:
            return
        before = self.before.get(target.id)
        usable = None if before is None or before.silence else before
        for slot in observation.plan.ports:
            if slot.port.kind == "link":
                yield PortView(target.id, slot, observation, usable)

    def _recording(self, target: Target) -> Iterator[Trouble]:
        if target.id not in self.beside.newest_s:
            return
        age_s = self.beside.newest_s[target.id]
        if age_s is not None and age_s <= self.limits.newest_segment_s:
            return
        told = "there is none" if age_s is None else f"{age_s / 60:.0f} min old"
        shown = Evidence(self.at, target.id, "segment", told)
        yield Trouble("H022", target.id, f"is not recorded: newest segment {told}", (shown,))

    def _life(
        self, target: Target, observation: Observation | None, signs: tuple[Evidence, ...]
    ) -> Life:
        if signs or (observation and (not observation.silence or observation.silence.alive)):
            return "answers"
        if observation:
            return "silent"
        return "silent" if self._looked_at(target) else "unseen"

    def _looked_at(self, target: Target) -> bool:
        """Say whether a device without SNMP would have shown itself by other means."""
        views = self.views.get(target.id, ())
        dark = any(view.up is False or view.incoming_mbps is not None for view in views)
        return dark or self.beside.rtsp.get(target.id) is False

    def _signs(self, target: Target, observation: Observation | None) -> Iterator[Evidence]:
        """Give the signs of life of a camera whose own agent says nothing."""
        if target.kind != "camera" or (observation and not observation.silence):
            return
        for view in self.views.get(target.id, ()):
            coming, planned = view.incoming_mbps, view.port.bitrate_mbps or 0.0
            floor = planned * self.limits.floor_of_bitrate
            if view.up and coming is not None and coming >= floor > 0:
                yield view.evidence("ifHCInOctets", f"{coming:.2f} Mbit/s")
        if self.beside.rtsp.get(target.id):
            yield Evidence(self.at, target.id, "rtsp", "answers OPTIONS")
        age_s = self.beside.newest_s.get(target.id)
        if age_s is not None and age_s <= self.limits.newest_segment_s:
            yield Evidence(self.at, target.id, "segment", f"{age_s:.0f} s old")


def _link(link: str, ends: list[PortView]) -> LinkCondition:
    """Judge a link by its ends: a strand is down if either end says so, a link if all are."""
    strands: dict[frozenset[tuple[str, str]], list[PortView]] = defaultdict(list)
    for view in ends:
        strands[_strand(view)].append(view)
    shown = tuple(view.evidence("ifOperStatus", view.number("status")) for view in ends)
    states = [_strand_up(some) for some in strands.values()]
    if all(state is False for state in states):
        return LinkCondition(link, up=False, evidence=shown)
    return LinkCondition(link, up=True if True in states else None, evidence=shown)


def _strand_up(ends: list[PortView]) -> bool | None:
    states = [view.up for view in ends]
    return False if False in states else True if True in states else None


def _strand(view: PortView) -> frozenset[tuple[str, str]]:
    """Name a strand by its two ports, the same from either end."""
    far = view.port.neighbour
    ends = {(view.switch, view.port.name)}
    return frozenset(ends | ({(far.switch, far.port)} if far else set()))
