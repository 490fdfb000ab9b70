"""Who is down, said once more and as plainly as can be: every question is asked by walking.

It follows the rules in docs/decisions/0016-who-is-down.md and shares no code with what it is held
against: no tree, no numbers, nothing kept; only for small networks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.health.model import Graph, Life

Things = frozenset[str]


@dataclass(frozen=True)
class Net:
    """A small estate, and what is said of it in one round."""

    switches: tuple[str, ...]
    links: dict[str, tuple[str, str]]
    leaves: dict[str, tuple[Graph, tuple[str, ...]]]
    """By id: the graph, and the switches it hangs on."""
    first_hops: dict[Graph, tuple[str, ...]]
    lives: dict[str, Life]
    down: frozenset[str]
    """Links that somebody says are down."""


@dataclass
class Said:
    """What one graph says."""

    passing: set[str] = field(default_factory=set)
    forwarding: set[str] = field(default_factory=set)
    down: set[str] = field(default_factory=set)
    lost: dict[str, Things] = field(default_factory=dict)


def walk(net: Net, starts: set[str], through: set[str], cut: frozenset[str]) -> set[str]:
    """Give the switches that can be walked to, on foot through some of them alone."""
    found = starts & through
    while True:
        more = {
            there
            for link, ends in net.links.items()
            if link not in cut
            for here, there in (ends, ends[::-1])
            if here in found and there in through
        }
        if more <= found:
            return found
        found |= more


def entries(net: Net, graph: Graph) -> set[str]:
    """Give the first hops, and the switches that the plan has no way to."""
    hops = set(net.first_hops[graph])
    return hops | (set(net.switches) - walk(net, hops, set(net.switches), frozenset()))


def judge(net: Net, graph: Graph, lives: dict[str, Life], given: set[str], asked: set[str]) -> Said:
    """Judge the switches by one graph; `asked` are the leaves of it."""
    everything, starts = set(net.switches), entries(net, graph)
    silent = {switch for switch in everything if lives[switch] == "silent"}
    cut = real_cuts(net, lives)
    speakers = [{switch} for switch in everything if lives[switch] == "answers"]
    speakers += [set(net.leaves[leaf][1]) for leaf in asked if net.lives.get(leaf) == "answers"]
    said = Said(forwarding=set(given))

    all_ways = walk(net, starts, everything, cut)
    for switch in silent:
        without = walk(net, starts, everything - {switch}, cut)
        if any(homes & all_ways and not homes & without for homes in speakers):
            said.forwarding.add(switch)

    def reached() -> set[str]:
        return walk(net, starts, everything - (silent - said.forwarding), cut)

    def gates(known: set[str]) -> set[str]:
        beyond = everything - known
        return {
            switch
            for switch in next_to(net, known, starts, cut) & beyond
            if any(
                not homes & known and homes & walk(net, {switch}, beyond, cut) for homes in speakers
            )
        }

    while more := gates(reached()):
        said.forwarding |= more
    said.passing = reached()
    stray = {
        switch
        for homes in speakers
        if len(homes) == 1
        for switch in homes
        if switch not in said.passing
    }
    stray |= said.forwarding - said.passing
    said.forwarding |= stray & silent
    said.passing |= walk(net, stray, everything - (silent - said.forwarding), cut)

    said.down = (next_to(net, said.passing, starts, cut) & silent) - said.passing
    while True:
        said.lost = {
            switch: restorers(net, said, switch, starts, cut)
            for switch in everything - said.passing - said.down
        }
        at_fault = {
            switch
            for switch, blockers in said.lost.items()
            if switch in silent
            and blockers
            and (blockers <= links_at(net, switch) or len(cut & links_at(net, switch)) > 1)
        }
        if not at_fault:
            return said
        said.down |= at_fault


def links_at(net: Net, switch: str) -> Things:
    """Give the links of a switch."""
    return frozenset(link for link, ends in net.links.items() if switch in ends)


def restorers(net: Net, said: Said, switch: str, starts: set[str], cut: frozenset[str]) -> Things:
    """Give what, mended alone, would let a switch be reached; the others that are lost are well.

    With a switch its links come back.
    """
    well = set(net.switches) - said.down
    return frozenset(
        each
        for each in said.down | cut
        if switch
        in walk(
            net,
            said.passing | (starts & {each}),
            well | (said.down & {each}),
            frozenset(link for link in cut if each != link and each not in net.links[link]),
        )
    )


def next_to(net: Net, known: set[str], starts: set[str], cut: frozenset[str]) -> set[str]:
    """Give the switches that are one step away."""
    steps = {
        there
        for link, ends in net.links.items()
        if link not in cut
        for here, there in (ends, ends[::-1])
        if here in known
    }
    return steps | starts


def real_cuts(net: Net, lives: dict[str, Life]) -> frozenset[str]:
    """Give the links of which an end that answers says that they are down."""
    return frozenset(
        link for link in net.down if any(lives[end] == "answers" for end in net.links[link])
    )


@dataclass(frozen=True)
class Both:
    """What both graphs say."""

    said: dict[Graph, Said]
    blind: set[Graph]


def judge_both(net: Net) -> Both:
    """Judge the management graph, then the video graph with what the first has proved."""
    lives: dict[str, Life] = {switch: net.lives.get(switch, "unseen") for switch in net.switches}
    its = {graph: leaves_of(net, graph) for graph in net.first_hops}
    asked = {**its, "management": its["management"] | set(net.switches)}
    blind = {graph for graph in asked if without_first_hop(net, graph, lives, asked[graph])}
    if "management" in blind:
        lives = dict.fromkeys(net.switches, "unseen")
    managed = judge(net, "management", lives, set(), its["management"])
    seen = judge(net, "video", lives, managed.forwarding & managed.passing, its["video"])
    said: dict[Graph, Said] = {"management": managed, "video": seen}
    blind |= {graph for graph in asked if all_mute(net, asked[graph], its[graph], said[graph])}
    return Both(said, blind)


def leaves_of(net: Net, graph: Graph) -> set[str]:
    """Give the leaves that are asked in a graph."""
    return {leaf for leaf, (its, _) in net.leaves.items() if its == graph}


def states(net: Net) -> dict[str, tuple[str, Things]]:
    """Give for every device that has a life its state and the parts of its cause."""
    both = judge_both(net)
    return {
        device: ("up", frozenset())
        if net.lives[device] == "answers"
        else switch_state(net, both, device)
        if device in net.switches
        else leaf_state(net, both, device)
        for device in net.lives
    }


def switch_state(net: Net, both: Both, switch: str) -> tuple[str, Things]:
    """Judge a switch that does not answer."""
    managed, seen = both.said["management"], both.said["video"]
    if switch in seen.down:
        return "down", frozenset({switch})
    if switch not in seen.passing:
        return "unreachable", seen.lost[switch]
    if net.lives[switch] == "unseen" or "management" in both.blind:
        return "unknown", frozenset()
    return "degraded", managed.lost.get(switch, frozenset({switch}))


def leaf_state(net: Net, both: Both, leaf: str) -> tuple[str, Things]:
    """Judge a camera or a host that does not answer."""
    graph, homes = net.leaves[leaf]
    said = both.said[graph]
    if not said.passing & set(homes):
        blockers = [said.lost.get(home, frozenset({home})) for home in homes]
        return "unreachable", frozenset().union(*blockers)
    if net.lives[leaf] == "unseen" or graph in both.blind:
        return "unknown", frozenset()
    return "down", frozenset({leaf})


def without_first_hop(net: Net, graph: Graph, lives: dict[str, Life], asked: set[str]) -> bool:
    """Say whether nobody answers in a graph, the first hop included, and that is silent."""
    hops = {lives[hop] for hop in net.first_hops[graph]}
    nobody = all(net.lives.get(each) != "answers" for each in asked)
    return nobody and "silent" in hops and "answers" not in hops


def all_mute(net: Net, asked: set[str], leaves: set[str], said: Said) -> bool:
    """Say whether nobody answers although running switches lead to several that are silent."""
    running = {
        home
        for leaf in leaves
        if net.lives.get(leaf) == "silent"
        for home in net.leaves[leaf][1]
        if home in said.passing
    }
    return all(net.lives.get(each) != "answers" for each in asked) and len(running) > 1
