"""How fast configurations are rendered, beside bare Jinja2 on the same text and beside pyavd.

The claim: 300 devices/s or more on one core, from a blueprint that is there to texts. Bare
Jinja2 writes the same texts a value a line, with no logic: the floor. pyavd, the renderer of
Arista's own tool, goes from finished structured configurations to the texts of a fabric of as
many switches in the same run; where it is not installed that is said, and nothing compared:

    python3 -m venv /tmp/peer && /tmp/peer/bin/pip install pyavd
    PEER_PYTHON=/tmp/peer/bin/python .venv/bin/python benchmarks/rendering.py

The machine may be busy with other things: what counts is processor time, of ours and of Jinja2
the least disturbed run; all of them stand in the results. What a whole cold process takes by the
clock, cold.py says.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from maille.check.run import check
from maille.configs.render import Renderer

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 15
LEAST_DEVICES_PER_S = 300
ROOT = Path(__file__).parent.parent
ESTATE = ROOT / "inventory" / "chartres"
PEER = ROOT / "benchmarks" / "peers" / "pyavd_fabric.py"
PEER_NOT_INSTALLED = 3
DAY = date(2026, 11, 22)
RESULTS = Path(__file__).parent / "results" / "rendering.json"


def seconds(work: Callable[[], object]) -> float:
    """Give the processor time of one run."""
    start = time.process_time()
    work()
    return time.process_time() - start


def bare(texts: list[str]) -> Callable[[], object]:
    """Give a function that lets Jinja2 write the same texts, a value a line, with no logic."""
    template = Environment(autoescape=False).from_string(  # noqa: S701  # no HTML
        "{% for line in lines %}{{ line }}\n{% endfor %}"
    )
    lines = [text.splitlines() for text in texts]
    return lambda: [template.render(lines=each) for each in lines]


def peer(devices: int) -> dict[str, Any] | None:
    """Let pyavd render as many devices; None where it is not installed."""
    python = os.environ.get("PEER_PYTHON", sys.executable)
    command = [python, str(PEER), str(devices)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == PEER_NOT_INSTALLED:
        return None
    done.check_returncode()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> int:
    """Measure ours and bare Jinja2 in turn, half of the runs before the peer and half behind."""
    blueprint = check(ESTATE, DAY).sound()
    texts = [each.text for each in Renderer(blueprint).all()]  # compiles the templates
    alone = bare(texts)

    def both() -> tuple[float, float]:
        return seconds(lambda: list(Renderer(blueprint).all())), seconds(alone)

    pairs = [both() for _ in range(RUNS // 2)]
    other = peer(len(texts))
    pairs += [both() for _ in range(RUNS - len(pairs))]
    ours_s, bare_s = (min(pair[i] for pair in pairs) for i in (0, 1))
    per_s = len(texts) / ours_s
    result = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "load_average": round(os.getloadavg()[0], 2),
        "devices": len(texts),
        "text_bytes": sum(len(text) for text in texts),
        "rendering_cpu_s": [round(pair[0], 5) for pair in pairs],
        "bare_jinja2_cpu_s": [round(pair[1], 5) for pair in pairs],
        "pyavd": other,
        "devices_per_s": round(per_s),
        "ratio_to_bare_jinja2": round(ours_s / bare_s, 2),
        "times_as_fast_as_pyavd": round(other["rendering_cpu_s"] / ours_s) if other else None,
        "least_devices_per_s": LEAST_DEVICES_PER_S,
    }
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(
        f"rendering: {per_s:.0f} devices/s (at least {LEAST_DEVICES_PER_S}),"
        f" {ours_s / bare_s:.1f} times bare Jinja2 on as much text; {_told(other, ours_s)}"
    )
    return 0 if per_s >= LEAST_DEVICES_PER_S else 1


def _told(other: dict[str, Any] | None, ours_s: float) -> str:
    if other is None:
        return "pyavd is not installed: not compared with it"
    return (
        f"pyavd {other['version']}: {other['devices'] / other['rendering_cpu_s']:.1f} devices/s"
        f" in the same run, {other['rendering_cpu_s'] / ours_s:.0f} times as long"
    )


if __name__ == "__main__":
    sys.exit(main())
