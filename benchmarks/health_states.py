"""How long states of 100,000 devices take to follow a change, beside deriving all of them anew.

The claims: one camera changes in less than 1 ms, a core switch in less than 200 ms. The estate
has the shape of Chartres, 160 times: rings of ten switches over pairs of gateways, two links
from each gateway to the two cores, a camera or a host to each of the other devices.

Three changes are tried, each there and back. A camera falls silent. One of two cores dies: its
neighbours say that their links are down, and nobody else falls silent. Both cores die at once,
and all that is behind them falls silent in the same round: 100,000 conditions are then taken in
and 100,000 states given, so there is no limit to keep but the figure to know. Each has to come to
the same states as deriving anew. Times are processor times.
"""

from __future__ import annotations

import gc
import json
import platform
import statistics
import sys
import time
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from maille.health.model import Condition, LinkCondition
from maille.health.states.topology import topology
from maille.health.states.tracker import Tracker, derive

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.health.model import Graph, Life
    from maille.health.states.topology import Topology

RESULTS = Path(__file__).parent / "results" / "health_states.json"
DEVICES = 100_000
RINGS, MEMBERS = 1_600, 10
RUNS = {"one camera": 200, "one core of two": 10, "both cores, all silent": 3}
LIMITS_MS = {"one camera": 1.0, "one core of two": 200.0}
CORES = ("core-1", "core-2")
HOPS = ("access-1", "access-2")


@dataclass(frozen=True)
class Change:
    """What is said after something happened, and what was said before."""

    after: tuple[list[Condition], list[LinkCondition]]
    before: tuple[list[Condition], list[LinkCondition]]


@dataclass(frozen=True)
class Measured:
    """The raw figures of one change, in milliseconds."""

    changed_states: int
    limit_ms: float | None
    runs_ms: list[float] = field(default_factory=list)
    anew_ms: list[float] = field(default_factory=list)

    @property
    def median_ms(self) -> float:
        """Give the median of the runs."""
        return statistics.median(self.runs_ms)

    @property
    def ratio(self) -> float:
        """Give how many times as long it takes to derive all states anew."""
        return statistics.median(self.anew_ms) / self.median_ms


def estate() -> Topology:
    """Draw the estate: two cores, rings over pairs, and leaves to make the number full."""
    switches = [*CORES, *HOPS]
    links: list[tuple[str, str, str, str | None]] = []
    links += [(f"{a}--{b}", a, b, None) for a in HOPS for b in CORES]
    links.append(("cores", *CORES, None))
    for ring in range(RINGS):
        pair = (f"agg-{ring // 2}-a", f"agg-{ring // 2}-b")
        if ring % 2 == 0:
            switches += pair
            links += [(f"{a}--{b}", a, b, None) for a in pair for b in CORES]
            links.append((f"peer-{ring // 2}", *pair, None))
        members = [f"s-{ring}-{place}" for place in range(MEMBERS)]
        switches += members
        way = [pair[0], *members, pair[1]]
        links += [
            (f"r-{ring}/{place}", a, b, f"r-{ring}") for place, (a, b) in enumerate(pairwise(way))
        ]
    homes = [switch for switch in switches if switch.startswith("s-")]
    leaves: dict[str, tuple[Graph, tuple[str, ...]]] = {
        f"c-{number}": ("video", (homes[number % len(homes)],))
        for number in range(DEVICES - len(switches) - 8)
    } | {f"h-{number}": ("video", CORES) for number in range(8)}
    return topology(switches, links, leaves, {"management": HOPS, "video": HOPS})


def conditions(devices: Iterable[str], life: Life) -> list[Condition]:
    """Say the same of several devices."""
    return [Condition(device, life) for device in devices]


def changes(whole: Topology) -> dict[str, Change]:
    """Give the three changes."""

    def links_of(*switches: str) -> list[str]:
        numbers = {whole.number[switch] for switch in switches}
        return [span.id for span in whole.spans if {span.a, span.b} & numbers]

    def change(silent: list[str], down: list[str]) -> Change:
        return Change(
            (conditions(silent, "silent"), [LinkCondition(link, False) for link in down]),
            (conditions(silent, "answers"), [LinkCondition(link, True) for link in down]),
        )

    behind = [each for each in (*whole.switches, *whole.leaves) if each not in HOPS]
    return {
        "one camera": change(["c-4711"], []),
        "one core of two": change(["core-1"], links_of("core-1")),
        "both cores, all silent": change(behind, links_of(*CORES)),
    }


def measure(name: str, whole: Topology, change: Change) -> Measured:
    """Time a change there and back; raises AssertionError where the states are others than anew."""
    links = [LinkCondition(span.id, True) for span in whole.spans]
    all_up = conditions((*whole.switches, *whole.leaves), "answers")
    tracker = Tracker(whole)
    tracker.update(all_up, links)
    gc.collect()
    found = Measured(len(tracker.update(*change.after)), LIMITS_MS.get(name))
    for _ in range(RUNS[name]):
        tracker.update(*change.before)
        start = time.process_time()
        tracker.update(*change.after)
        found.runs_ms.append(round((time.process_time() - start) * 1000, 4))
    now = {each.target: each for each in all_up} | {each.target: each for each in change.after[0]}
    said = {each.link: each for each in links} | {each.link: each for each in change.after[1]}
    for _ in range(3):
        start = time.process_time()
        anew = derive(whole, now.values(), said.values())
        found.anew_ms.append(round((time.process_time() - start) * 1000, 2))
    if anew != tracker.picture():
        raise AssertionError(f"{name}: the states are not those that are derived anew")
    return found


def main() -> int:
    """Measure the three changes, write the raw results, and say whether the limits were kept."""
    whole = estate()
    found = {name: measure(name, whole, change) for name, change in changes(whole).items()}
    result = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "devices": len(whole.switches) + len(whole.leaves),
        "switches": len(whole.switches),
        "links": len(whole.spans),
        "changes": {
            name: asdict(one) | {"median_ms": round(one.median_ms, 4), "ratio": round(one.ratio, 1)}
            for name, one in found.items()
        },
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    for name, one in found.items():
        limit = f" (limit {one.limit_ms:g} ms)" if one.limit_ms else ""
        print(
            f"{name}: {one.changed_states} states in {one.median_ms:.3f} ms{limit};"
            f" {one.ratio:.1f} times as long if all are derived anew"
        )
    kept = [one.median_ms < one.limit_ms for one in found.values() if one.limit_ms]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
