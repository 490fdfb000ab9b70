"""That every run of `maille storage` converges, whoever was killed in those before, and whenever.

Cycles of `tests/kills`, each with a seed of its own on a new cluster: kill -9 of the command, of
its engine, of its provider, of a monitor, a manager or an OSD, and Ctrl-C, each in the middle of
`up` from nothing, of a resize with recordings, and of `destroy`. What does not converge, or has
lost a recording, is counted, and its story kept. `--seed` repeats what is struck, though not the
moments of a machine with another load.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import secrets
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.kills.rounds import LABORATORY, Rounds, rounds_on  # noqa: E402  # of the checkout

from maille.twin.cluster.lifecycle import start, stop  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results" / "kills.json"
CYCLES = 12
"""216 kills and 36 times Ctrl-C."""


class Count:
    """What was struck in all cycles, and what came of it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.hits: Counter[tuple[str, str]] = Counter()
        self.missed = self.converged = 0
        self.failures: list[dict[str, object]] = []

    def add(self, rounds: Rounds) -> None:
        """Count a cycle, finished or not."""
        self.hits.update(rounds.hits)
        self.missed += rounds.misses
        self.converged += rounds.converged

    def document(self) -> dict[str, object]:
        """Give all of it as JSON has it."""
        table: dict[str, dict[str, int]] = {}
        for (run, victim), count in sorted(self.hits.items()):
            table.setdefault(run, {})[victim] = count
        interrupted = sum(count for (_, victim), count in self.hits.items() if victim == "Ctrl-C")
        return {
            "kills": self.hits.total() - interrupted,
            "ctrl_c": interrupted,
            "struck": table,
            "ended_before_it_was_struck": self.missed,
            "converged_and_checked": self.converged,
            "failures": self.failures,
        }


def cycle(seed: int, count: Count) -> None:
    """Run one cycle, every second one with a neighbour on the same file system."""
    folder = Path(tempfile.mkdtemp(prefix="maille-kills-"))
    rounds = None
    try:
        record = start(folder / "cluster", LABORATORY)
        chance = random.Random(seed)  # noqa: S311  # no secret
        rounds = rounds_on(record, folder, chance, shared=seed % 2 == 1)
        rounds.tell = lambda line: print(line, file=sys.stderr, flush=True)
        rounds.cycle()
    except Exception as error:  # noqa: BLE001  # whatever it is, it is told, and the next one begins
        story = rounds.log if rounds else []
        count.failures.append({"seed": seed, "error": str(error)[-2000:], "story": story})
    finally:
        if rounds:
            count.add(rounds)
        stop(folder / "cluster", erase=True)
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run all cycles, print what they found, and write it down after each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=CYCLES)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    asked = parser.parse_args()
    began, count = time.monotonic(), Count()
    for number in range(asked.cycles):
        cycle(asked.seed + number, count)
        document = {
            "first_seed": asked.seed,
            "cycles": number + 1,
            **count.document(),
            "seconds": round(time.monotonic() - began),
            "load_average": os.getloadavg(),
        }
        RESULTS.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
        print(
            f"{document['kills']} kills, {document['ctrl_c']} times Ctrl-C,"
            f" {len(count.failures)} failures after {document['seconds']} s",
            flush=True,
        )
    return 1 if count.failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
