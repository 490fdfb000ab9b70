"""The state of one device, from its own condition and from what is true of the switches."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from maille.health.model import Cause, DeviceState
from maille.health.states.reach import Blockers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.health.model import Condition, Evidence, LinkCondition, State
    from maille.health.states.skeleton import Skeleton
    from maille.health.states.topology import Leaf


def of_stranger(condition: Condition) -> DeviceState:
    """Judge a device that hangs on nothing we know: its own silence is all there is."""
    if condition.life == "answers":
        return _answering(condition)
    if condition.life == "unseen":
        return _state(condition, "unknown")
    return _state(condition, "down", Cause((condition.target,)))


def of_leaf(skeleton: Skeleton, leaf: Leaf, condition: Condition) -> DeviceState:
    """Judge a camera or a host by the ways to it."""
    if condition.life == "answers":
        return _answering(condition)
    if cause := skeleton.way(leaf.graph, leaf.homes):
        return _state(condition, "unreachable", cause)
    if condition.life == "unseen" or leaf.graph in skeleton.blind:
        return _state(condition, "unknown")
    return _state(condition, "down", Cause((condition.target,)))


def of_switch(
    skeleton: Skeleton, switch: int, condition: Condition, links: Mapping[str, LinkCondition]
) -> DeviceState:
    """Judge a switch: silent, it may still forward, and then only its management is lost."""
    if condition.life == "answers":
        return _answering(condition)
    seen = skeleton.reach["video"]
    unseen = condition.life == "unseen" or "management" in skeleton.blind
    if seen.passes[switch]:
        if unseen:
            return _state(condition, "unknown")
        managed = skeleton.ways["management"].get(switch)
        return _state(condition, "degraded", managed or _own(skeleton, switch))
    if switch not in seen.down:
        return _state(condition, "unreachable", skeleton.ways["video"][switch])
    spans = skeleton.topology.spans
    proof = chain.from_iterable(
        links[spans[link].id].evidence for link in sorted(seen.down[switch])
    )
    return _state(condition, "down", skeleton.ways["video"][switch], (*condition.evidence, *proof))


def _own(skeleton: Skeleton, switch: int) -> Cause:
    return skeleton.naming.cause(Blockers(frozenset((switch,))))


def _answering(condition: Condition) -> DeviceState:
    return _state(condition, "degraded" if condition.troubles else "up")


def _state(
    condition: Condition,
    state: State,
    cause: Cause | None = None,
    evidence: tuple[Evidence, ...] | None = None,
) -> DeviceState:
    return DeviceState(
        condition.target,
        state,
        cause,
        condition.troubles,
        condition.evidence if evidence is None else evidence,
    )
