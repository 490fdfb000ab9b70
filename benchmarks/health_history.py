"""How fast a day of Chartres is recorded in SQLite, and how large a month of it is.

The claim: 10,000 samples a second or more. All that is in service in Chartres is polled each minute
for a simulated day: of each port of a switch its octets, errors and discards in both directions,
and what it feeds in steps of 0.1 W; of every other device its uptime and octets. Rates follow the
day, with noise. A target in twenty goes down once and comes back. Nothing is polled for real: what
is measured is recording (every round of every shard a transaction that has reached the disk) and
making chunks at the end of each hour.

Beside it, in the same run, an hour of the same samples goes by bare `sqlite3` into one plain table
by `executemany`, one row a sample, as many transactions, as durable. A month is 30 times the day:
extrapolated, for chunks of one hour do not shrink by what came the day before.
"""

from __future__ import annotations

import json
import platform
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from maille.check.run import check
from maille.health.history.compacting import compact
from maille.health.history.database import open_database
from maille.health.history.leases import shard_of, tend
from maille.health.history.model import Measure, Round, Samples, StateInterval
from maille.health.history.reading import Reading
from maille.health.history.recording import History
from maille.health.history.schema import migrate
from maille.health.history.tables import SHARDS
from maille.health.model import Evidence
from maille.health.profiles.library import shipped
from maille.health.targets.build import targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.health.model import State
    from maille.health.targets.model import Target

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "health_history.json"
ALL_IN_SERVICE = date(2027, 12, 31)
START = datetime(2026, 3, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY, HOUR = 1440, 60
DAYS_A_MONTH = 30
LEAST_PER_S = 10_000
COUNTED = ("ifHCInOctets", "ifHCOutOctets")
FAULTS = ("ifInErrors", "ifOutErrors", "ifInDiscards", "ifOutDiscards")


@dataclass
class Spent:
    """What recording a day took, in seconds."""

    recording_s: float = 0.0
    chunks_s: float = 0.0
    processor_s: float = 0.0
    samples: int = 0


class Estate:
    """Gives what every target's counters and gauges say, minute after minute."""

    def __init__(self, polled: tuple[Target, ...]) -> None:
        """Begin a day with the same noise every time."""
        self._noise = np.random.default_rng(28085)
        self.measures = {target.id: tuple(_measures(target)) for target in polled}
        every = [measure for own in self.measures.values() for measure in own]
        self._gauge = np.array([measure.kind == "gauge" for measure in every])
        self._octets = np.array([measure.name.startswith(COUNTED) for measure in every])
        self._faults = np.array([measure.name.startswith(FAULTS) for measure in every])
        bitrates = self._noise.uniform(0.4e6, 8e6, len(every))
        self._rate = np.where(self._octets, bitrates / 8 * 60, np.where(self._faults, 0, 6000))
        self._counts = self._noise.integers(0, 2**40, len(every)).astype(np.float64)
        self._draws = self._noise.uniform(4, 12, len(every))

    def minute(self, number: int) -> list[Samples]:
        """Give the samples of one minute of the day, of all targets."""
        light = 0.75 + 0.25 * np.sin(2 * np.pi * number / DAY)
        spread = self._noise.normal(light, 0.03, len(self._rate))
        faults = self._faults & (self._noise.random(len(self._rate)) < 0.001)
        self._counts += np.floor(np.where(self._octets, self._rate * spread, self._rate)) + faults
        draws = np.round(self._draws + self._noise.normal(0, 0.1, len(self._draws)), 1)
        counts = self._counts.astype(np.int64).tolist()
        values = [
            draw if gauge else count
            for count, draw, gauge in zip(counts, draws.tolist(), self._gauge, strict=True)
        ]
        found, at = [], 0
        for target, own in self.measures.items():
            found.append(Samples(target, own, tuple(values[at : at + len(own)])))
            at += len(own)
        return found


def _measures(target: Target) -> Iterator[Measure]:
    yield Measure("sysUpTime.0", "counter", "10 ms")
    if not target.ports:
        yield from (Measure(f"{name}.1", "counter") for name in COUNTED)
    for port in target.ports:
        yield from (Measure(f"{name}.{port.name}", "counter") for name in (*COUNTED, *FAULTS))
        if port.feeds:
            yield Measure(f"draw.{port.name}", "gauge", "W")


def changes(names: list[str], number: int) -> dict[str, StateInterval]:
    """Give the states that are told at one minute."""
    at = START + number * MINUTE
    found = {}
    for place, name in enumerate(names):
        fails = 20 + place * 60 % 1380 if place % 20 == 0 else -1
        if number in (0, fails, fails + 15):
            state: State = "down" if number == fails else "up"
            seen = (Evidence(at, name, "ifOperStatus.GigabitEthernet1/3", "down"),)
            found[name] = StateInterval(name, state, at, None, evidence=seen)
    return found


def record_day(file: Path, estate: Estate) -> Spent:
    """Record a day and make it into chunks."""
    database = open_database(file)
    migrate(database)
    epochs = {lease.shard: lease.epoch for lease in tend(database, "benchmark", DAY * MINUTE)}
    history, spent = History(database), Spent()
    names = list(estate.measures)
    for number in range(DAY):
        at, told = START + number * MINUTE, changes(names, number)
        shards: defaultdict[int, list[Samples]] = defaultdict(list)
        for samples in estate.minute(number):
            shards[shard_of(samples.target)].append(samples)
            spent.samples += len(samples.values)
        begin, processor = time.perf_counter(), time.process_time()
        for shard, own in shards.items():
            polled = tuple(one.target for one in own)
            new = tuple(told[name] for name in polled if name in told)
            round_ = Round(
                shard, epochs[shard], number + 1, at, 2 * MINUTE, polled, new, tuple(own)
            )
            assert history.record(round_) == "recorded"  # noqa: S101
        recorded = time.perf_counter()
        if (number + 1) % HOUR == 0:
            compact(database, range(SHARDS), at + MINUTE)
        spent.recording_s += recorded - begin
        spent.chunks_s += time.perf_counter() - recorded
        spent.processor_s += time.process_time() - processor
    last = estate.measures[names[0]][0]
    window = (START, START + timedelta(days=1))
    whole = {series.measure: series for series in Reading(database).samples(names[0], window)}
    assert len(whole[last].times) == DAY  # noqa: S101
    database.close()
    return spent


def record_bare(file: Path, estate: Estate) -> tuple[float, int]:
    """Record an hour by bare sqlite3; give the seconds that it took, and the samples."""
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE sample (target TEXT, measure TEXT, at INTEGER, value)")
    spent, count = 0.0, 0
    for number in range(HOUR):
        at = int((START + number * MINUTE).timestamp() * 1_000_000)
        shards: defaultdict[int, list[tuple[str, str, int, object]]] = defaultdict(list)
        for one in estate.minute(number):
            rows = zip(one.measures, one.values, strict=True)
            shards[shard_of(one.target)] += [
                (one.target, measure.name, at, value) for measure, value in rows
            ]
        begin = time.perf_counter()
        for own in shards.values():
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO sample VALUES (?, ?, ?, ?)", own)
            connection.execute("COMMIT")
            count += len(own)
        spent += time.perf_counter() - begin
    connection.close()
    return spent, count


def size_bytes(file: Path) -> int:
    """Give what a database holds: its pages without those that are free to be used again."""
    connection = sqlite3.connect(file)
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    connection.close()
    return int((pages - free) * size)


def main() -> int:
    """Measure, write the raw results, and say whether the limit was kept."""
    blueprint = check(ROOT / "inventory" / "chartres", ALL_IN_SERVICE).sound()
    polled = targets(blueprint, shipped())
    with tempfile.TemporaryDirectory(prefix="maille-history-") as name:
        folder = Path(name)
        spent = record_day(folder / "health.db", Estate(polled))
        bare_s, bare_samples = record_bare(folder / "bare.db", Estate(polled))
        day_bytes, bare_bytes = size_bytes(folder / "health.db"), size_bytes(folder / "bare.db")
    per_s = spent.samples / (spent.recording_s + spent.chunks_s)
    bare_per_s = bare_samples / bare_s
    month_mib = day_bytes * DAYS_A_MONTH / 2**20
    result = {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "targets": len(polled),
        "samples_a_minute": spent.samples // DAY,
        "samples": spent.samples,
        "recording_s": round(spent.recording_s, 2),
        "chunks_s": round(spent.chunks_s, 2),
        "processor_s": round(spent.processor_s, 2),
        "samples_per_s": round(per_s),
        "bare_samples_per_s": round(bare_per_s),
        "ratio_to_bare": round(per_s / bare_per_s, 2),
        "day_bytes": day_bytes,
        "bytes_per_sample": round(day_bytes / spent.samples, 3),
        "bare_bytes_per_sample": round(bare_bytes / bare_samples, 1),
        "month_mib_extrapolated": round(month_mib, 1),
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(
        f"{per_s:,.0f} samples a second (limit {LEAST_PER_S:,}), chunks included;"
        f" {per_s / bare_per_s:.2f} times bare sqlite3's {bare_per_s:,.0f}"
    )
    print(
        f"{day_bytes / 2**20:.1f} MiB a day of {len(polled)} targets and"
        f" {spent.samples // DAY:,} samples a minute: some {month_mib:,.0f} MiB a month;"
        f" {day_bytes / spent.samples:.2f} bytes a sample, bare sqlite3"
        f" {bare_bytes / bare_samples:.0f}"
    )
    return 0 if per_s >= LEAST_PER_S else 1


if __name__ == "__main__":
    sys.exit(main())
