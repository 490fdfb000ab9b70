"""How fast numbers are given, beside a plain allocator of `ipaddress` objects.

The claims: Chartres (64 communes, 500 cameras) is settled from nothing in less than 50 ms, a
commune takes as long in a large estate as in a small one, and less than 0.3 ms of it in an
ordinary one (a commune of France has 2.6 cameras in all of France's estates).

The plain allocator gives VLAN ids, prefixes and addresses only (no ports, no sockets, no pins,
no states), as one would write it at first: the lowest one that is not in a list.
"""

from __future__ import annotations

import json
import platform
import sys
import tempfile
import time
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from inventory.generate.communes import read  # noqa: E402  # the repository's own generator
from inventory.generate.scale import generate  # noqa: E402

from maille.allocation.lock import Lock  # noqa: E402
from maille.allocation.settle import settle  # noqa: E402
from maille.allocation.verify import verify  # noqa: E402
from maille.inventory.load import load  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable
    from ipaddress import IPv4Address, IPv4Network

    from inventory.generate.communes import CommuneRow

    from maille.inventory.schema.estate import Estate

RUNS = 15
AS_OF = date(2025, 6, 1)
LIMIT_CHARTRES_MS = 50
LIMIT_COMMUNE_MS = 0.3
SIZES = (16, 64, 256)
RESULTS = HERE / "results" / "allocation.json"
INVENTORY = HERE.parent / "inventory"


def timed_ms(work: Callable[[], object]) -> list[float]:
    """Run some work and give the processor's time of each run in milliseconds."""
    found = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        found.append(round((time.process_time() - start) * 1000, 3))
    return found


def plainly(estate: Estate) -> dict[str, IPv4Address]:
    """Give every camera an address, as a plain allocator does."""
    given: dict[str, IPv4Address] = {}
    prefixes: list[IPv4Network] = []
    vlans: dict[str, list[int]] = {}
    for insee, commune in sorted(estate.communes.items()):
        rings: dict[str, list[str]] = {}
        for cabinet in commune.cabinets.values():
            rings.setdefault(cabinet.ring or "", []).extend(cabinet.cameras)
        for ring, cameras in rings.items():
            taken = vlans.setdefault(ring, [])
            taken.append(next(number for number in range(100, 4095) if number not in taken))
            length = 32 - (2 * len(cameras) + 4).bit_length()
            pool = estate.settings.pools.prefixes.video
            prefix = next(
                candidate
                for prefix in pool
                for candidate in prefix.subnets(new_prefix=max(prefix.prefixlen, min(length, 28)))
                if not any(candidate.overlaps(other) for other in prefixes)
            )
            prefixes.append(prefix)
            used = list(islice(prefix.hosts(), 3))
            for camera in cameras:
                address = next(host for host in prefix.hosts() if host not in used)
                used.append(address)
                given[f"{insee}/{camera}"] = address
    return given


def drawn(communes: int, folder: Path) -> Estate:
    """Draw an estate of some neighbouring communes with France's density of cameras."""
    rows = read(INVENTORY / "generate" / "chartres-communes.csv")
    many: list[CommuneRow] = []
    for index in range(communes):
        row = rows[index % len(rows)]
        many.append(row._replace(insee=f"{10_000 + index}"))
    target = folder / f"of-{communes}"
    generate(many, lambda row: 1 + int(row.insee) % 4, target, seed=1)
    return load(target).whole()


def main() -> int:
    """Measure all of it in one process, so that the ratios are of one machine at one time."""
    chartres = load(INVENTORY / "chartres").whole()
    lock = settle(chartres, Lock(), as_of=AS_OF).lock
    result: dict[str, object] = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "chartres_settle_ms": timed_ms(lambda: settle(chartres, Lock(), as_of=AS_OF)),
        "chartres_settle_again_ms": timed_ms(lambda: settle(chartres, lock, as_of=AS_OF)),
        "chartres_verify_ms": timed_ms(lambda: verify(chartres, lock, AS_OF)),
        "chartres_plain_ms": timed_ms(lambda: plainly(chartres)),
    }
    by_size: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "catalogue").symlink_to(INVENTORY.absolute() / "catalogue")
        for size in SIZES:
            estate = drawn(size, folder)
            found = timed_ms(partial(settle, estate, Lock(), as_of=AS_OF))
            by_size[size] = round(min(found) / size, 4)
            result[f"settle_{size}_communes_ms"] = found
    summary = {name: min(runs) for name, runs in result.items() if isinstance(runs, list)}
    ratio = round(summary["chartres_plain_ms"] / summary["chartres_settle_ms"], 2)
    result |= {
        "best_ms": summary,
        "plain_over_ours": ratio,
        "ms_a_commune_by_size": by_size,
        "limit_chartres_ms": LIMIT_CHARTRES_MS,
        "limit_commune_ms": LIMIT_COMMUNE_MS,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    flat = ", ".join(f"{ms:.2f} ms of {size}" for size, ms in by_size.items())
    print(
        f"Chartres settled in {summary['chartres_settle_ms']:.1f} ms (limit"
        f" {LIMIT_CHARTRES_MS} ms), again in {summary['chartres_settle_again_ms']:.1f} ms, verified"
        f" in {summary['chartres_verify_ms']:.1f} ms; the plain allocator takes {ratio} times as"
        f" long for VLAN ids, prefixes and addresses alone; a commune takes {flat}"
    )
    good = summary["chartres_settle_ms"] < LIMIT_CHARTRES_MS
    return 0 if good and max(by_size.values()) < LIMIT_COMMUNE_MS else 1


if __name__ == "__main__":
    sys.exit(main())
