"""How long all single failures of an estate take, beside computing each of them anew.

The claims: Chartres (130 switches) in less than 0.25 s, an estate of 5,000 cameras in 600
communes in less than 5 s, on one core. The other way, that which the incremental one saves:
take out of the blueprint what a failure takes, and elect, route and add up the whole estate
again. It is tried on a sample of the failures, and has to come to the same loads.
"""

from __future__ import annotations

import json
import platform
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from inventory.generate.communes import CommuneRow  # noqa: E402  # of the repository's root
from inventory.generate.scale import generate  # noqa: E402

from maille.allocation.lock import Lock  # noqa: E402
from maille.allocation.settle import settle as settle_lock  # noqa: E402
from maille.blueprint.arcs import lost_by  # noqa: E402
from maille.blueprint.build import build  # noqa: E402
from maille.blueprint.capacity import capacity  # noqa: E402
from maille.blueprint.loads import settle, settle_after  # noqa: E402
from maille.blueprint.network import network_of  # noqa: E402
from maille.inventory.load import load  # noqa: E402

if TYPE_CHECKING:
    from maille.blueprint.loads import State
    from maille.blueprint.model import Blueprint, FailureGroup

RESULTS = ROOT / "benchmarks" / "results" / "failures.json"
AS_OF = date(2026, 11, 22)
SAMPLE = 40
LIMITS_S = {"chartres": 0.25, "5000-cameras": 5.0}
RUNS = {"chartres": 15, "5000-cameras": 3}


@dataclass(frozen=True)
class Measured:
    """The raw figures of one estate."""

    cameras: int
    communes: int
    switches: int
    links: int
    failures: int
    all_failures_s: list[float]
    anew_each_s: list[float]
    """Computing a sample of the failures anew, each by itself."""
    limit_s: float

    @property
    def median_s(self) -> float:
        """Give the median of the runs."""
        return statistics.median(self.all_failures_s)

    @property
    def ratio(self) -> float:
        """Give how many times as long all failures would take if each were computed anew."""
        return statistics.mean(self.anew_each_s) * self.failures / self.median_s


def grid() -> list[CommuneRow]:
    """Place 600 communes three to four kilometres apart, somewhere in the Beauce."""
    return [
        CommuneRow(
            f"28{number:03d}", f"Commune {number}", 1000, (47.9 + row * 0.04, 1 + col * 0.04)
        )
        for number, (row, col) in enumerate((row, col) for row in range(25) for col in range(24))
    ]


def blueprint_of(folder: Path) -> Blueprint:
    """Build the estate in a folder, with a fresh lock."""
    estate = load(folder).whole()
    return build(estate, settle_lock(estate, Lock(), as_of=AS_OF).lock, AS_OF)


def five_thousand() -> Blueprint:
    """Draw 600 communes with 5,000 cameras: 8 each, and one more in every third."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "catalogue").symlink_to(ROOT / "inventory" / "catalogue")
        estate = Path(name) / "estate"
        generate(grid(), lambda row: 8 + (int(row.insee) % 3 == 0), estate, seed=1)
        return blueprint_of(estate)


def without(blueprint: Blueprint, failure: FailureGroup) -> Blueprint:
    """Give the blueprint as if what fails had never been there."""
    arcs = network_of(blueprint).arcs
    lost = lost_by(arcs, failure)
    gone = {arcs.links[number].id for number in lost.links}
    links = {key: link for key, link in blueprint.links.items() if key not in gone}
    pairs = {
        key: replace(
            pair,
            switches=tuple(switch for switch in pair.switches if switch not in lost.switches),
            links=tuple(link for link in pair.links if link not in gone),
        )
        for key, pair in blueprint.pairs.items()
    }
    cameras = {
        key: camera
        for key, camera in blueprint.cameras.items()
        if camera.switch not in lost.switches
    }
    return replace(blueprint, links=links, pairs=pairs, cameras=cameras)


def by_link(state: State) -> dict[str, int]:
    """Give the load of every link that carries something, in bit/s."""
    links = state.network.arcs.links
    loads = {link.id: state.link_bps(number) for number, link in enumerate(links)}
    return {link: bps for link, bps in loads.items() if bps}


def loads_anew(blueprint: Blueprint) -> dict[str, int]:
    """Compute the loads of a blueprint from nothing."""
    return by_link(settle(network_of(blueprint)))


def sample(blueprint: Blueprint) -> list[FailureGroup]:
    """Take failures at even distances; the core pair is needed to have something to compute."""
    core = blueprint.pairs[blueprint.estate.centre.pair]
    outside = [
        failure
        for failure in blueprint.failures
        if not {core.primary, core.secondary} & set(failure.switches)
    ]
    return outside[:: max(1, len(outside) // SAMPLE)][:SAMPLE]


def measure(name: str, blueprint: Blueprint) -> Measured:
    """Measure both ways in turn; raises AssertionError where they come to different loads."""
    normal = settle(network_of(blueprint))
    anew_s, all_s = [], []
    for failure in sample(blueprint):
        rest = without(blueprint, failure)
        start = time.perf_counter()
        expected = loads_anew(rest)
        anew_s.append(time.perf_counter() - start)
        found = by_link(settle_after(normal, lost_by(normal.network.arcs, failure)))
        if found != expected:
            raise AssertionError(f"{name}: after {failure.kind} {failure.id} the loads differ")
    for _ in range(RUNS[name]):
        start = time.perf_counter()
        capacity(blueprint)
        all_s.append(time.perf_counter() - start)
    return Measured(
        cameras=len(blueprint.cameras),
        communes=len(blueprint.communes),
        switches=len(blueprint.switches),
        links=len(blueprint.links),
        failures=len(blueprint.failures),
        all_failures_s=[round(run, 4) for run in all_s],
        anew_each_s=[round(run, 5) for run in anew_s],
        limit_s=LIMITS_S[name],
    )


def main() -> int:
    """Measure both estates, write the raw results, and say whether the limits were kept."""
    blueprints = {
        "chartres": blueprint_of(ROOT / "inventory" / "chartres"),
        "5000-cameras": five_thousand(),
    }
    found = {name: measure(name, blueprint) for name, blueprint in blueprints.items()}
    result = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "estates": {
            name: asdict(one) | {"median_s": round(one.median_s, 4), "ratio": round(one.ratio, 1)}
            for name, one in found.items()
        },
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    for name, one in found.items():
        print(
            f"{name}: {one.failures} failures of {one.switches} switches in {one.median_s:.3f} s"
            f" (limit {one.limit_s} s); {one.ratio:.0f} times as long if each is computed anew"
        )
    return 0 if all(one.median_s < one.limit_s for one in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
