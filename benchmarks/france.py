"""How long it takes to check and number every commune of France.

The claims: 34,871 communes in 1,255 estates with about 80,000 cameras are read, numbered
and checked by every rule (all single failures among them) in less than 60 s by two processes,
which take less than 2 GiB together; a commune takes as long among all of them as among 64; one
core renders at least 300 switches a second.

Each commune has one camera, and one more per 1,200 inhabitants. The estates are drawn before
the clock starts.
"""

from __future__ import annotations

import csv
import gzip
import json
import multiprocessing
import platform
import random
import resource
import statistics
import sys
import tempfile
import time
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import matplotlib as mpl

mpl.use("svg")

from matplotlib import pyplot as plt  # after the choice of the backend

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from inventory.generate.communes import CommuneRow  # noqa: E402  # of the repository's root
from inventory.generate.scale import generate  # noqa: E402

from maille.allocation.lock import Lock  # noqa: E402
from maille.allocation.settle import settle  # noqa: E402
from maille.check.run import check_loaded  # noqa: E402
from maille.configs.render import Renderer  # noqa: E402
from maille.inventory.load import load  # noqa: E402

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint

TABLE = ROOT / "benchmarks" / "data" / "france-communes.csv.gz"
RESULTS = ROOT / "benchmarks" / "results" / "france.json"
PLOT = RESULTS.with_suffix(".svg")
AS_OF = date(2026, 11, 22)
PROCESSES = 2
PEOPLE_PER_CAMERA = 1200
RENDERED_OF = 10
"""One estate in so many is rendered."""
STEPS = (64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 34871)
SIZES = (1, 5, 10, 20, 40, 80, 160)
LIMIT_S, LIMIT_MIB, LIMIT_DEVICES, LIMIT_RATIO = 60, 2048, 300, 1.25


class Body(NamedTuple):
    """An intercommunal body, and the folder of its estate."""

    communes: tuple[CommuneRow, ...]
    folder: Path


class Measured(NamedTuple):
    """What one estate took, in processor time of its process."""

    communes: int
    cameras: int
    switches: int
    failures: int
    cpu_s: float
    peak_mib: float
    """Of the process up to then."""
    process: str


class Drawn(NamedTuple):
    """What the configurations of one estate took."""

    switches: int
    cpu_s: float


def bodies(folder: Path) -> list[Body]:
    """Read the table; a commune without coordinates stands in the middle of its body."""
    rows: dict[str, list[dict[str, str]]] = {}
    with gzip.open(TABLE, "rt", encoding="utf-8") as table:
        for fields in csv.DictReader(table):
            rows.setdefault(fields["epci"], []).append(fields)
    return [Body(_communes(found), folder / f"epci-{epci}") for epci, found in rows.items()]


def _communes(rows: list[dict[str, str]]) -> tuple[CommuneRow, ...]:
    places = [(float(row["latitude"]), float(row["longitude"])) for row in rows if row["latitude"]]
    middle = (
        round(statistics.mean(north for north, _ in places), 4),
        round(statistics.mean(east for _, east in places), 4),
    )
    return tuple(
        CommuneRow(
            row["insee"],
            row["name"],
            int(row["population"] or 0),
            (float(row["latitude"]), float(row["longitude"])) if row["latitude"] else middle,
        )
        for row in rows
    )


def cameras(row: CommuneRow) -> int:
    """Invent how many cameras a commune has."""
    return 1 + row.population // PEOPLE_PER_CAMERA


def draw(body: Body) -> None:
    """Write the files of an estate."""
    generate(body.communes, cameras, body.folder, seed=1)


def check_whole(folder: Path) -> Blueprint:
    """Read an estate, number all of it and check it by every rule; it has to pass."""
    loaded = load(folder)
    if loaded.estate is not None and not loaded.refused:
        lock = settle(loaded.estate, Lock(), as_of=AS_OF).lock
        checked = check_loaded(loaded, lock, AS_OF, folder)
        if checked.blueprint is not None and checked.passes:
            return checked.blueprint
    raise RuntimeError(f"{folder.name} does not pass: look at it with `maille check`")


def measure(folder: Path) -> Measured:
    """Take the time of one estate; nothing of it is kept."""
    start = time.process_time()
    blueprint = check_whole(folder)
    cpu_s = time.process_time() - start
    return Measured(
        communes=len(blueprint.communes),
        cameras=len(blueprint.cameras),
        switches=len(blueprint.switches),
        failures=len(blueprint.failures),
        cpu_s=cpu_s,
        peak_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        process=multiprocessing.current_process().name,
    )


def render(folder: Path) -> Drawn:
    """Take the time of all configurations of an estate."""
    blueprint = check_whole(folder)
    start = time.process_time()
    switches = sum(1 for _ in Renderer(blueprint).all())
    return Drawn(switches, time.process_time() - start)


def per_commune_ms(found: list[Measured]) -> dict[int, float]:
    """Give the time of a commune among the first 64, 128, … in the order in which they came."""
    communes = list(accumulate(one.communes for one in found))
    spent_s = list(accumulate(one.cpu_s for one in found))
    steps = {}
    for step in STEPS:
        at = next((n for n, count in enumerate(communes) if count >= step), len(found) - 1)
        steps[step] = round(spent_s[at] / communes[at] * 1000, 3)
    return steps


def by_size(found: list[Measured]) -> dict[int, list[float]]:
    """Give the quartiles of a commune's time in ms, by the size of its estate."""
    quartiles = {}
    for low, high in zip(SIZES, (*SIZES[1:], 10**6), strict=True):
        times = [one.cpu_s / one.communes * 1000 for one in found if low <= one.communes < high]
        if len(times) > 1:
            quartiles[low] = [round(quarter, 3) for quarter in statistics.quantiles(times, n=4)]
    return quartiles


def plot(steps: dict[int, float], sizes: dict[int, list[float]]) -> None:
    """Draw the time of a commune against how many there are."""
    mpl.rcParams |= {"svg.hashsalt": "maille", "svg.fonttype": "none", "font.size": 9}
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4), sharey=True)
    left.plot(list(steps), list(steps.values()), "o-", color="#1b5e7d")
    left.set_xlabel("communes checked, estate after estate")
    left.set_ylabel("processor time per commune, ms")
    middle = [quarters[1] for quarters in sizes.values()]
    spread = [[q[1] - q[0] for q in sizes.values()], [q[2] - q[1] for q in sizes.values()]]
    right.errorbar(list(sizes), middle, yerr=spread, fmt="o-", color="#1b5e7d", capsize=3)
    right.set_xlabel("communes of one estate, at least (median and quartiles)")
    for axes, marks in ((left, STEPS[::3]), (right, SIZES)):
        axes.set_xscale("log")
        axes.set_xticks(marks, [f"{mark:,}" for mark in marks])
        axes.minorticks_off()
        axes.grid(alpha=0.3)
    left.set_ylim(bottom=0)
    figure.tight_layout()
    figure.savefig(PLOT, metadata={"Date": None})


def run(folder: Path) -> tuple[list[Measured], float, list[Drawn]]:
    """Draw France into a folder, check it with the clock running, render a part of it."""
    (folder / "catalogue").symlink_to(ROOT / "inventory" / "catalogue")
    drawn = bodies(folder)
    folders = [body.folder for body in drawn]
    random.Random(1).shuffle(folders)  # noqa: S311  # an order, no secret
    with multiprocessing.Pool(PROCESSES) as pool:
        pool.map(draw, drawn)
    with multiprocessing.Pool(PROCESSES) as pool:
        start = time.perf_counter()
        found = list(pool.imap(measure, folders))
        wall_s = time.perf_counter() - start
        return found, wall_s, pool.map(render, folders[::RENDERED_OF])


def peak_mib(found: list[Measured]) -> float:
    """Give the largest memory of all processes together, this one among them."""
    own_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return own_mib + sum({one.process: one.peak_mib for one in found}.values())


def main() -> int:
    """Check and render France, write the raw results, say whether the limits were kept."""
    with tempfile.TemporaryDirectory() as name:
        found, wall_s, rendered = run(Path(name))
    switches = sum(one.switches for one in rendered)
    a_second = switches / sum(one.cpu_s for one in rendered)
    steps, sizes, peak = per_commune_ms(found), by_size(found), peak_mib(found)
    flatness = steps[STEPS[-1]] / steps[STEPS[0]]
    result = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processes": PROCESSES,
        "estates": len(found),
        "communes": sum(one.communes for one in found),
        "cameras": sum(one.cameras for one in found),
        "switches": sum(one.switches for one in found),
        "single_failures": sum(one.failures for one in found),
        "check_and_allocate_wall_s": round(wall_s, 1),
        "check_and_allocate_cpu_s": round(sum(one.cpu_s for one in found), 1),
        "limit_s": LIMIT_S,
        "peak_mib": round(peak),
        "peak_mib_after_64_estates": round(peak_mib(found[:64])),
        "limit_mib": LIMIT_MIB,
        "ms_a_commune_by_count": steps,
        "flatness": round(flatness, 2),
        "limit_flatness": LIMIT_RATIO,
        "quartiles_ms_a_commune_by_size_of_estate": sizes,
        "rendered_switches": switches,
        "rendered_a_second_and_core": round(a_second),
        "limit_rendered": LIMIT_DEVICES,
        "communes_of_estates": [one.communes for one in found],
        "cameras_of_estates": [one.cameras for one in found],
        "cpu_ms_of_estates": [round(one.cpu_s * 1000, 1) for one in found],
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result) + "\n", encoding="utf-8")
    plot(steps, sizes)
    print(
        f"France: {result['communes']:,} communes and {result['cameras']:,} cameras in"
        f" {len(found):,} estates in {wall_s:.1f} s (limit {LIMIT_S} s), {peak:.0f} MiB (limit"
        f" {LIMIT_MIB} MiB); among all a commune takes {flatness:.2f} times as long as among"
        f" {STEPS[0]} (limit {LIMIT_RATIO}); {a_second:.0f} switches rendered a second and core"
        f" (limit {LIMIT_DEVICES})"
    )
    kept = wall_s < LIMIT_S and peak < LIMIT_MIB and flatness < LIMIT_RATIO
    return 0 if kept and a_second > LIMIT_DEVICES else 1


if __name__ == "__main__":
    sys.exit(main())
