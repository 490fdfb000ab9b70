"""States from round to round: what a change cannot alter is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.health.model import Blind, Cut, Picture
from maille.health.states.dominators import dominators
from maille.health.states.signs import LeafLives, SwitchLives
from maille.health.states.skeleton import skeleton
from maille.health.states.topology import GRAPHS
from maille.health.states.verdicts import of_leaf, of_stranger, of_switch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maille.health.model import Cause, Condition, DeviceState, Graph, LinkCondition
    from maille.health.states.dominators import Tree
    from maille.health.states.skeleton import Skeleton
    from maille.health.states.topology import Topology


def derive(
    topology: Topology, conditions: Iterable[Condition], links: Iterable[LinkCondition] = ()
) -> Picture:
    """Say of every device that has a condition in which state it is, and why."""
    tracker = Tracker(topology)
    tracker.update(conditions, links)
    return tracker.picture()


class Tracker:
    """The states of an estate, each round from the one before.

    What it answers is what `derive` would, for all conditions that it was ever given.
    """

    def __init__(self, topology: Topology) -> None:
        """Begin without any condition."""
        self._topology = topology
        self._conditions: dict[str, Condition] = {}
        self._links: dict[str, LinkCondition] = {}
        self._said_down: set[int] = set()
        self._switches = SwitchLives(topology)
        self._leaves: dict[Graph, LeafLives] = {g: LeafLives(topology, g) for g in GRAPHS}
        self._skeleton = self._judge(frozenset(), self._trees(frozenset()))
        self._states: dict[str, DeviceState] = {}

    def update(
        self, conditions: Iterable[Condition], links: Iterable[LinkCondition] = ()
    ) -> tuple[DeviceState, ...]:
        """Take what a round, or a part of one, says; give the states that it gave or changed.

        A state of which only the evidence is newer counts as the same, and is not given.
        """
        touched, stale = dict[str, None](), self._note_links(links)
        for condition in conditions:
            touched[condition.target] = None
            stale = self._note(condition, None if stale else self._skeleton) or stale
        if stale:
            touched.update(dict.fromkeys(self._judge_again()))
        return tuple(self._settle(touched))

    def picture(self) -> Picture:
        """Give all states, the links whose loss harmed nobody, and the legs that know nothing."""
        return Picture(dict(self._states), tuple(self._cuts()), tuple(self._blind()))

    def _note_links(self, links: Iterable[LinkCondition]) -> bool:
        """Note what is said of links; say whether the set of those said to be down is another."""
        changed = False
        for link in links:
            self._links[link.link] = link
            number = self._topology.span_number.get(link.link)
            if number is not None and (link.up is False) != (number in self._said_down):
                self._said_down ^= {number}
                changed = True
        return changed

    def _note(self, condition: Condition, judged: Skeleton | None) -> bool:
        """Note a condition; say whether what is judged of the switches has to be so again."""
        target, after = condition.target, condition.life
        known = self._conditions.get(target)
        before = known.life if known else "unseen"
        self._conditions[target] = condition
        if before == after:
            return False
        if (switch := self._topology.number.get(target)) is not None:
            self._switches.change(switch, after)
            return True
        leaf = self._topology.leaves.get(target)
        return leaf is not None and self._leaves[leaf.graph].change(
            target, before, after, self._switches, judged
        )

    def _judge_again(self) -> Iterator[str]:
        """Judge the switches; give the devices to which that may make a difference."""
        answers, spans = self._switches.answers, self._topology.spans
        cut = frozenset(
            link for link in self._said_down if answers[spans[link].a] or answers[spans[link].b]
        )
        before = self._skeleton
        same = cut == before.cut
        trees = {g: before.reach[g].tree for g in GRAPHS} if same else self._trees(cut)
        after = self._skeleton = self._judge(cut, trees)
        if before.blind != after.blind:
            yield from self._conditions
            return
        for graph in GRAPHS:
            yield from self._devices_at(graph, _differing(before.ways[graph], after.ways[graph]))

    def _trees(self, cut: frozenset[int]) -> dict[Graph, Tree]:
        """Find the dominators; both legs mostly hang on the same switches, and share them."""
        entries = self._topology.entries
        tree = dominators(self._topology, entries["management"], cut)
        if entries["video"] == entries["management"]:
            return {"management": tree, "video": tree}
        return {
            "management": tree,
            "video": dominators(self._topology, entries["video"], cut),
        }

    def _judge(self, cut: frozenset[int], trees: dict[Graph, Tree]) -> Skeleton:
        asked = {graph: lives.asked(self._switches) for graph, lives in self._leaves.items()}
        return skeleton(self._topology, asked, cut, trees)

    def _devices_at(self, graph: Graph, switches: Iterable[int]) -> Iterator[str]:
        """Give the switches themselves, and the leaves on them that are asked in a graph."""
        leaves, known = self._topology.leaves, self._conditions
        for switch in switches:
            if (ident := self._topology.switches[switch]) in known:
                yield ident
            for leaf in self._topology.on[switch]:
                if leaves[leaf].graph == graph and leaf in known:
                    yield leaf

    def _settle(self, targets: Iterable[str]) -> Iterator[DeviceState]:
        for target in targets:
            before, after = self._states.get(target), self._state_of(target)
            self._states[target] = after
            if before is None or not _same(before, after):
                yield after

    def _state_of(self, target: str) -> DeviceState:
        condition = self._conditions[target]
        if leaf := self._topology.leaves.get(target):
            return of_leaf(self._skeleton, leaf, condition)
        if (switch := self._topology.number.get(target)) is not None:
            return of_switch(self._skeleton, switch, condition, self._links)
        return of_stranger(condition)

    def _cuts(self) -> Iterator[Cut]:
        found, spans = self._skeleton, self._topology.spans
        for link in found.harmless():
            span = spans[link]
            suspected = found.naming.suspected.of_link.get(link)
            yield Cut(span.id, span.ring, suspected, self._links[span.id].evidence)

    def _blind(self) -> Iterator[Blind]:
        topology = self._topology
        for graph in GRAPHS:
            if graph in self._skeleton.blind:
                hops = tuple(topology.switches[hop] for hop in topology.first_hops[graph])
                yield Blind(graph, hops, tuple(self._unknown_in(graph)))

    def _unknown_in(self, graph: Graph) -> Iterator[str]:
        leaves, switches = self._topology.leaves, self._topology.number
        for target, condition in self._conditions.items():
            leaf = leaves.get(target)
            asked = leaf.graph if leaf else "management" if target in switches else None
            silent = asked == graph and condition.life == "silent"
            if silent and self._states[target].state == "unknown":
                yield target


def _differing(before: Mapping[int, Cause], after: Mapping[int, Cause]) -> Iterator[int]:
    """Give the switches whose way is another one than before."""
    for switch in before.keys() | after.keys():
        one, other = before.get(switch), after.get(switch)
        if one is not other and one != other:
            yield switch


def _same(one: DeviceState, other: DeviceState) -> bool:
    """Say whether two states say the same, by whatever evidence."""
    if one.state != other.state or one.cause != other.cause:
        return False
    return one.troubles == other.troubles or [
        (trouble.code, trouble.subject, trouble.what) for trouble in one.troubles
    ] == [(trouble.code, trouble.subject, trouble.what) for trouble in other.troubles]
