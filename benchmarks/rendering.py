"""How fast configurations are rendered, beside Jinja2 alone on as much text.

The claims: 300 devices/s or more on one core, and Chartres (130 switches) checked and rendered
in less than 0.6 s from a cold process to its end. The machine may be busy with other things,
so the least disturbed run of each kind is what counts; all of them stand in the results.
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
from typing import TYPE_CHECKING

from jinja2 import Environment

from maille.check.run import check
from maille.configs.render import Renderer

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 15
COLD_RUNS = 12
LEAST_DEVICES_PER_S = 300
LIMIT_COLD_S = 0.6
ROOT = Path(__file__).parent.parent
ESTATE = ROOT / "inventory" / "chartres"
DAY = date(2026, 11, 22)
RESULTS = Path(__file__).parent / "results" / "rendering.json"
COLD = """
from datetime import date
from pathlib import Path
from maille.check.run import check
from maille.configs.render import Renderer
blueprint = check(Path({folder!r}), date({day})).sound()
assert sum(1 for _ in Renderer(blueprint).all()) == len(blueprint.switches)
"""


def seconds(work: Callable[[], object]) -> float:
    """Give the wall time of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare(texts: list[str]) -> Callable[[], object]:
    """Give a function that lets Jinja2 write the same texts, a value a line, with no logic."""
    template = Environment(autoescape=False).from_string(  # noqa: S701  # no HTML
        "{% for line in lines %}{{ line }}\n{% endfor %}"
    )
    lines = [text.splitlines() for text in texts]
    return lambda: [template.render(lines=each) for each in lines]


def cold_s() -> tuple[float, float]:
    """Give wall time and processor time of a process that checks and renders the estate."""
    code = COLD.format(folder=str(ESTATE), day=f"{DAY.year}, {DAY.month}, {DAY.day}")
    before = os.times()
    wall = seconds(lambda: subprocess.run([sys.executable, "-c", code], check=True))
    after = os.times()
    used = after.children_user + after.children_system
    return wall, used - before.children_user - before.children_system


def main() -> int:
    """Measure both in turn, so that a busy moment of the machine hits both alike."""
    blueprint = check(ESTATE, DAY).sound()
    texts = [each.text for each in Renderer(blueprint).all()]  # compiles the templates
    alone = bare(texts)
    pairs = [
        (seconds(lambda: list(Renderer(blueprint).all())), seconds(alone)) for _ in range(RUNS)
    ]
    cold = [cold_s() for _ in range(COLD_RUNS)]
    ours_s, bare_s = (min(pair[i] for pair in pairs) for i in (0, 1))
    wall_s, cpu_s = min(cold)
    per_s = len(texts) / ours_s
    result = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "devices": len(texts),
        "text_bytes": sum(len(text) for text in texts),
        "rendering_s": [round(pair[0], 5) for pair in pairs],
        "bare_jinja2_s": [round(pair[1], 5) for pair in pairs],
        "cold_check_and_render_s": [round(each[0], 4) for each in cold],
        "cold_check_and_render_cpu_s": [round(each[1], 4) for each in cold],
        "devices_per_s": round(per_s),
        "ratio_to_bare_jinja2": round(ours_s / bare_s, 2),
        "least_devices_per_s": LEAST_DEVICES_PER_S,
        "limit_cold_s": LIMIT_COLD_S,
    }
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(
        f"rendering: {per_s:.0f} devices/s (at least {LEAST_DEVICES_PER_S}),"
        f" {ours_s / bare_s:.1f} times bare Jinja2 on as much text; Chartres cold, checked and"
        f" rendered: {wall_s:.2f} s, {cpu_s:.2f} s of processor (limit {LIMIT_COLD_S} s)"
    )
    return 0 if per_s >= LEAST_DEVICES_PER_S and wall_s < LIMIT_COLD_S else 1


if __name__ == "__main__":
    sys.exit(main())
