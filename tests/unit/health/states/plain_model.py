"""Who is down, said once more and as plainly as can be: every question is asked by walking.

Written from the rules in docs/decisions/0015-who-is-down.md, without a look at the code that it
is held against: no tree, no numbers, nothing kept; only for small networks.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Things = frozenset[str]


@dataclass(frozen=True)
class Net:
    """A small estate, and what is said of it in one round."""

    switches: tuple[str, ...]
    links: dict[str, tuple[str, str]]
    leaves: dict[str, tuple[str, tuple[str, ...]]]
    """By id: the graph, and the switches it hangs on."""
    first_hops: dict[str, tuple[str, ...]]
    lives: dict[str, str]
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


def entries(net: Net, graph: str) -> set[str]:
    """Give the first hops, and the switches that the plan has no way to."""
    hops = set(net.first_hops[graph])
    return hops | (set(net.switches) - walk(net, hops, set(net.switches), frozenset()))


def judge(net: Net, graph: str, lives: dict[str, str], given: set[str], asked: set[str]) -> Said:
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
            and all(each in net.links and switch in net.links[each] for each in blockers)
        }
        if not at_fault:
            return said
        said.down |= at_fault


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


def real_cuts(net: Net, lives: dict[str, str]) -> frozenset[str]:
    """Give the links of which an end that answers says that they are down."""
    return frozenset(
        link for link in net.down if any(lives[end] == "answers" for end in net.links[link])
    )


def states(net: Net) -> dict[str, tuple[str, Things]]:
    """Give for every device that has a life its state and the parts of its cause."""
    of_graph = {
        graph: {leaf for leaf, (its, _) in net.leaves.items() if its == graph}
        for graph in ("management", "video")
    }
    lives = {switch: net.lives.get(switch, "unseen") for switch in net.switches}
    asked_by_management = set(net.switches) | of_graph["management"]
    blind = set()
    if without_first_hop(net, "management", lives, asked_by_management):
        blind.add("management")
        before, lives = lives, dict.fromkeys(net.switches, "unseen")
    else:
        before = lives
    managed = judge(net, "management", lives, set(), of_graph["management"])
    seen = judge(net, "video", lives, managed.forwarding & managed.passing, of_graph["video"])
    if all_mute(net, asked_by_management, of_graph["management"], managed):
        blind.add("management")
    if without_first_hop(net, "video", before, of_graph["video"]) or all_mute(
        net, of_graph["video"], of_graph["video"], seen
    ):
        blind.add("video")
    said = {"management": managed, "video": seen}

    def switch_state(switch: str) -> tuple[str, Things]:
        if net.lives[switch] == "answers":
            return "up", frozenset()
        unseen = net.lives[switch] == "unseen" or "management" in blind
        if switch in seen.passing:
            if unseen:
                return "unknown", frozenset()
            return "degraded", managed.lost.get(switch, frozenset({switch}))
        if switch in seen.down:
            return "down", frozenset({switch})
        return "unreachable", seen.lost[switch]

    def leaf_state(leaf: str) -> tuple[str, Things]:
        graph, homes = net.leaves[leaf]
        if net.lives[leaf] == "answers":
            return "up", frozenset()
        if not said[graph].passing & set(homes):
            blockers = [said[graph].lost.get(home, frozenset({home})) for home in homes]
            return "unreachable", frozenset().union(*blockers)
        if net.lives[leaf] == "unseen" or graph in blind:
            return "unknown", frozenset()
        return "down", frozenset({leaf})

    return {
        device: switch_state(device) if device in net.switches else leaf_state(device)
        for device in net.lives
    }


def without_first_hop(net: Net, graph: str, lives: dict[str, str], asked: set[str]) -> bool:
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
