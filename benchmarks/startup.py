"""How fast `maille --help` starts, beside a Python that does nothing.

The claim: less than 150 ms from a cold process to the last line of help.
"""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 30
LIMIT_MS = 150
RESULTS = Path(__file__).parent / "results" / "startup.json"


def run_ms(command: list[str]) -> float:
    """Run a command to its end and give the wall time in milliseconds."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return round((time.perf_counter() - start) * 1000, 2)


def main() -> int:
    """Measure both in turn, so that a busy moment of the machine hits both alike."""
    python = sys.executable
    ours = [str(Path(python).with_name("maille")), "--help"]
    bare = [python, "-c", "pass"]
    run_ms(ours)  # writes the byte code
    pairs = [(run_ms(ours), run_ms(bare)) for _ in range(RUNS)]
    ours_ms, bare_ms = ([pair[i] for pair in pairs] for i in (0, 1))
    median_ms, floor_ms = statistics.median(ours_ms), statistics.median(bare_ms)
    result = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "maille_help_ms": ours_ms,
        "python_pass_ms": bare_ms,
        "maille_help_median_ms": round(median_ms, 1),
        "python_pass_median_ms": round(floor_ms, 1),
        "ratio": round(median_ms / floor_ms, 1),
        "limit_ms": LIMIT_MS,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(
        f"maille --help: {median_ms:.0f} ms (limit {LIMIT_MS} ms), "
        f"{result['ratio']} times `python -c pass` ({floor_ms:.0f} ms), median of {RUNS}"
    )
    return 0 if median_ms < LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
