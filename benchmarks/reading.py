"""How long it takes to read a commune's file, beside PyYAML's own loader on the same bytes.

The claim: less than 1 ms a file of about 50 lines, with the refusal of all that an inventory
has no use for, and no slower than `yaml.CSafeLoader` alone, which refuses nothing.
"""

from __future__ import annotations

import json
import platform
import statistics
import sys
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from maille.inventory.source import Document, parse_document, read_document

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 30
LINES = 50
LIMIT_US = 1000
HERE = Path(__file__).parent
RESULTS = HERE / "results" / "reading.json"
COMMUNES = HERE.parent / "inventory" / "chartres" / "communes"
MISTAKE = b"ring: &south chartres-sud"


def us_a_file(files: list[Path], work: Callable[[Path], object]) -> float:
    """Do `work` on every file and give the wall time of one in microseconds."""
    start = time.perf_counter()
    for path in files:
        work(path)
    return round((time.perf_counter() - start) / len(files) * 1e6, 1)


def ours(path: Path) -> Document:
    """Read as `maille check` does, from the disk."""
    return read_document(path, shown_as=path.name)


def bare(path: Path) -> object:
    """Read with PyYAML's C parser and its safe constructor, from the disk."""
    return yaml.load(path.read_bytes(), yaml.CSafeLoader)


def with_a_mistake(path: Path) -> None:
    """Read a file with a mistake, and place one more finding in it."""
    data = path.read_bytes() + b"\n" + MISTAKE + b"\n"
    document = parse_document(data, shown_as=path.name)
    document.locate(("cabinets",), key=True)


def bytes_kept(files: list[Path]) -> float:
    """Give the memory that one document takes while it is kept."""
    tracemalloc.start()
    kept = [ours(path) for path in files]
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return round(taken / len(kept))


def main() -> int:
    """Measure all in turn, so that a busy moment of the machine hits all alike."""
    files = sorted(COMMUNES.glob("*.yaml"))
    lines = sum(path.read_bytes().count(b"\n") for path in files) / len(files)
    rounds = [
        [us_a_file(files, work) for work in (ours, bare, with_a_mistake)] for _ in range(RUNS)
    ]
    ours_us, bare_us, mistake_us = ([one[i] for one in rounds] for i in range(3))
    median_us, bare_median_us = statistics.median(ours_us), statistics.median(bare_us)
    per_50_lines_us = median_us / lines * LINES
    result = {
        "python": platform.python_version(),
        "pyyaml": yaml.__version__,
        "machine": platform.machine(),
        "files": len(files),
        "lines_a_file": round(lines, 1),
        "bytes_a_file": round(sum(path.stat().st_size for path in files) / len(files)),
        "ours_us": ours_us,
        "csafeloader_us": bare_us,
        "with_a_mistake_us": mistake_us,
        "ours_median_us": median_us,
        "csafeloader_median_us": bare_median_us,
        "with_a_mistake_median_us": statistics.median(mistake_us),
        "ratio": round(median_us / bare_median_us, 2),
        "ours_us_a_file_of_50_lines": round(per_50_lines_us),
        "limit_us": LIMIT_US,
        "bytes_kept_a_document": bytes_kept(files),
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(
        f"reading a commune: {median_us:.0f} µs a file of {lines:.0f} lines, "
        f"{per_50_lines_us:.0f} µs in 50 lines (limit {LIMIT_US} µs); "
        f"{result['ratio']} times yaml.CSafeLoader ({bare_median_us:.0f} µs), median of {RUNS}"
    )
    return 0 if per_50_lines_us < LIMIT_US and median_us < bare_median_us else 1


if __name__ == "__main__":
    sys.exit(main())
