"""States and causes are exactly those of the plain model, on random networks and failures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.unit.health.states.plain_model import Net, entries, states, walk

from maille.health.model import Condition, LinkCondition
from maille.health.states.topology import topology
from maille.health.states.tracker import Tracker, derive

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from maille.health.model import Graph, Life, Picture
    from maille.health.states.topology import Topology

LIVES: tuple[Life, ...] = ("answers", "silent", "unseen")


@st.composite
def shapes(draw: DrawFn) -> tuple[tuple[str, ...], dict[str, tuple[str, str]]]:
    """Draw rings with spurs, trees and what lies between: a way to all, and some links more."""
    switches = tuple(f"s{number}" for number in range(draw(st.integers(1, 8))))
    links = {}
    ring = draw(st.integers(0, len(switches)))
    for number in range(1, len(switches)):
        upper = number - 1 if number < ring else draw(st.integers(0, number - 1))
        if draw(st.integers(0, 19)):
            links[f"l{number}"] = (switches[upper], switches[number])
    if ring > 2:
        links["closing"] = (switches[ring - 1], switches[0])
    for number in range(draw(st.integers(0, 2)) if len(switches) > 1 else 0):
        pair = st.lists(st.sampled_from(switches), min_size=2, max_size=2, unique=True)
        a, b = draw(pair)
        links[f"x{number}"] = (a, b)
    return switches, links


@st.composite
def leaves_on(draw: DrawFn, switches: tuple[str, ...]) -> dict[str, tuple[Graph, tuple[str, ...]]]:
    """Draw cameras on one switch, and hosts on several."""
    found = {}
    graphs: tuple[Graph, ...] = ("video", "video", "management")
    for number in range(draw(st.integers(0, 7))):
        graph = draw(st.sampled_from(graphs))
        homes = st.lists(st.sampled_from(switches), min_size=1, max_size=2, unique=True)
        found[f"c{number}"] = (graph, tuple(draw(homes)))
    return found


@st.composite
def empty_nets(draw: DrawFn) -> Net:
    """Draw an estate of which nothing is said."""
    switches, links = draw(shapes())
    hops = st.lists(st.sampled_from(switches), min_size=1, max_size=2, unique=True).map(tuple)
    management = draw(hops)
    video = management if draw(st.booleans()) else draw(hops)
    leaves = draw(leaves_on(switches))
    return Net(switches, links, leaves, {"management": management, "video": video}, {}, frozenset())


@st.composite
def said_at_random(draw: DrawFn, net: Net) -> Net:
    """Let everybody say anything, even what cannot be."""
    devices = (*net.switches, *net.leaves)
    mostly = st.sampled_from(draw(st.permutations(LIVES))[:2] * 3 + list(LIVES))
    lives = {device: draw(mostly) for device in devices if draw(st.integers(0, 9))}
    down = draw(st.sets(st.sampled_from(sorted(net.links)))) if net.links else set()
    return Net(net.switches, net.links, net.leaves, net.first_hops, lives, frozenset(down))


@st.composite
def said_after_failures(draw: DrawFn, net: Net) -> Net:
    """Let things fail, and everybody say what would then be seen.

    Switches and links fail, agents and cameras by themselves, and either VRF on single switches.
    """

    def some(things: tuple[str, ...]) -> set[str]:
        few = st.sets(st.sampled_from(sorted(things)), max_size=draw(st.integers(0, 3)))
        return draw(few) if things else set()

    dead, cut = some(net.switches), some(tuple(net.links))
    agents, mute, unseen = some(net.switches), some(tuple(net.leaves)), some(tuple(net.leaves))
    carries = {graph: set(net.switches) - dead - some(net.switches) for graph in net.first_hops}
    reached = {
        graph: walk(net, entries(net, graph), carries[graph], frozenset(cut)) for graph in carries
    }
    lives: dict[str, Life] = {}
    for switch in net.switches:
        answers = switch in reached["management"] - agents
        lives[switch] = "answers" if answers else "silent"
    for leaf, (graph, homes) in net.leaves.items():
        answers = leaf not in mute and not reached[graph].isdisjoint(homes)
        lives[leaf] = "unseen" if leaf in unseen else "answers" if answers else "silent"
    gone = {link for link, ends in net.links.items() if dead & set(ends)}
    return Net(net.switches, net.links, net.leaves, net.first_hops, lives, frozenset(cut | gone))


nets = empty_nets().flatmap(lambda net: said_at_random(net) | said_after_failures(net))
rounds = empty_nets().flatmap(
    lambda net: st.lists(said_at_random(net) | said_after_failures(net), min_size=2, max_size=4)
)


def topology_of(net: Net) -> Topology:
    """Number a small estate."""
    links = [(ident, a, b, None) for ident, (a, b) in net.links.items()]
    return topology(net.switches, links, net.leaves, net.first_hops)


def conditions_of(net: Net) -> list[Condition]:
    """Give what is said of the devices."""
    return [Condition(device, life) for device, life in net.lives.items()]


def links_of(net: Net) -> list[LinkCondition]:
    """Give what is said of the links."""
    return [LinkCondition(link, link not in net.down) for link in net.links]


def told(picture: Picture) -> dict[str, tuple[str, frozenset[str]]]:
    """Give states and causes as the plain model does."""
    return {
        device: (
            state.state,
            frozenset(state.cause.devices + state.cause.links if state.cause else ()),
        )
        for device, state in picture.states.items()
    }


@settings(max_examples=examples(600))
@given(nets)
def test_states_and_causes_are_those_of_the_plain_model(net: Net) -> None:
    assert told(derive(topology_of(net), conditions_of(net), links_of(net))) == states(net)


@settings(max_examples=examples(120))
@given(rounds, st.data())
def test_a_tracker_says_after_every_part_of_a_round_what_a_new_one_would(
    several: list[Net], data: st.DataObject
) -> None:
    net = several[0]
    tracker = Tracker(topology_of(net))
    shown: dict[str, tuple[str, frozenset[str]]] = {}
    conditions: dict[str, Condition] = {}
    links: dict[str, LinkCondition] = {}
    for later in several:
        news: list[Condition | LinkCondition] = [*conditions_of(later), *links_of(later)]
        for part in _parts(data.draw(st.permutations(news), label="order")):
            some = [each for each in part if isinstance(each, Condition)]
            others = [each for each in part if isinstance(each, LinkCondition)]
            conditions |= {each.target: each for each in some}
            links |= {each.link: each for each in others}
            changed = tracker.update(some, others)
            anew = derive(topology_of(net), conditions.values(), links.values())
            now = told(tracker.picture())
            assert now == told(anew)
            assert tracker.picture().cuts == anew.cuts
            assert {blind.graph for blind in tracker.picture().blind} == {
                blind.graph for blind in anew.blind
            }
            assert {each.target for each in changed} == {
                device for device in now if now[device] != shown.get(device)
            }
            shown = now


def _parts(news: list[Condition | LinkCondition]) -> list[list[Condition | LinkCondition]]:
    """Take news apart: the first ones each by itself, the others in lots of four."""
    return [[each] for each in news[:4]] + [
        news[start : start + 4] for start in range(4, len(news), 4)
    ]
