"""An estate with a month behind it, of which every figure was computed by hand.

March 2026 in France has 743 hours: the clock is put forward on the 29th. Nobody polled on the
20th from 06:00 to 12:00 UTC. In Ici, with a contract for all hours:

- 28085-0001 is down by itself on the 15th from 08:00 to 09:30 UTC;
- 28085-0005 comes into service on the 11th, and is without power on the 29th from 00:30 to 03:30
  UTC, from half past one to half past five by the clock on the wall.

In Ailleurs, with a contract for working days from 08:00 to 18:00:

- 28110-0006 is down by itself on the 20th from 05:00 to 13:00 UTC, of which 2 hours were seen;
- 28110-0002 is worked at on the 25th from 10:00 to 12:00 UTC, and is down for one of these hours.

The nomad n-03 hangs in Ici until the 19th and in Ailleurs from the 20th; it is unreachable from
three hours before midnight to three hours after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests import estates
from tests.unit.health.reporting.memory import Memory, utc

from maille.health.incidents.model import Window
from maille.health.uptime.attribution import stints
from maille.local_time import end_of, start_of

if TYPE_CHECKING:
    from pathlib import Path

    from maille.blueprint.model import Blueprint
    from maille.health.uptime.spans import Span

PARIS = ZoneInfo("Europe/Paris")
MARCH: Span = (start_of("2026-03-01", PARIS), end_of("2026-03-31", PARIS))
NIGHT: Span = (start_of("2026-03-19 22:00", PARIS), end_of("2026-03-20 13:30", PARIS))
"""In which the nomad moves, and nobody looks for six hours."""
PARTIES = """
owners:
  ville: {title: Ville d'Ici}
contacts:
  hotline: {title: Hotline, phone: "+33 1 99 00 28 40"}
contracts:
  jour-et-nuit: {title: Round the clock, integrator: hotline, repair_hours: 8, uptime_target: 0.995}
  ouvrable:
    title: Working days
    integrator: hotline
    repair_hours: 4
    uptime_target: 0.9993
    hours: {days: [mon, tue, wed, thu, fri], opens: "08:00", closes: "18:00"}
"""
MOVES = """    assignments:
      - {at: 28110/halle/estrade, first: 2026-03-20, last: 2026-03-31, reason: Spring}
      - {at: 28085/epars/mat, first: 2026-03-01, last: 2026-03-19, reason: Winter}
      - {at: 28085/epars/mat, first: 2026-10-01, reason: Market}
"""


def eventful(folder: Path) -> Path:
    """Make the estate in a folder: the sample that has everything, with contracts and moves."""
    estate = estates.copy(estates.COMPLETE, folder)
    parties = estate / "parties.yaml"
    parties.write_text(parties.read_text() + PARTIES, encoding="utf-8")
    estates.replace(
        estate / "nomads.yaml",
        "    assignments:\n      - {at: 28085/epars/mat, first: 2026-10-01, reason: Market}\n",
        MOVES,
    )
    ici, ailleurs = (
        estate / "communes" / name for name in ("28085-ici.yaml", "28110-ailleurs.yaml")
    )
    estates.replace(ici, "in_service: 2025-09-10", "in_service: 2026-03-11")
    estates.replace(ici, "commune: Ici\n", "commune: Ici\nowner: ville\ncontract: jour-et-nuit\n")
    estates.replace(ailleurs, "commune: Ailleurs\n", "commune: Ailleurs\ncontract: ouvrable\n")
    return estate


def remembered(blueprint: Blueprint) -> Memory:
    """Give the history of February to the 2nd of April."""
    memory = Memory()
    before = utc(2026, 2, 1)
    targets = {one.target for one in stints(blueprint, PARIS)}
    memory.poll(
        targets,
        (before, utc(2026, 3, 20, 6)),
        (utc(2026, 3, 20, 12), utc(2026, 4, 2)),
    )
    memory.tell(
        "28085-0001",
        (before, "up"),
        (utc(2026, 3, 15, 8), "down"),
        (utc(2026, 3, 15, 9, 30), "up"),
    )
    memory.tell(
        "28085-0005",
        (utc(2026, 3, 10, 15), "up"),
        (utc(2026, 3, 29, 0, 30), "unreachable", ("power", ("28085-jardin",))),
        (utc(2026, 3, 29, 3, 30), "up"),
    )
    memory.tell(
        "28110-0006",
        (before, "up"),
        (utc(2026, 3, 20, 5), "down"),
        (utc(2026, 3, 20, 13), "degraded"),
        (utc(2026, 3, 20, 14), "up"),
    )
    memory.tell(
        "28110-0002",
        (before, "up"),
        (utc(2026, 3, 25, 10), "down"),
        (utc(2026, 3, 25, 11), "up"),
    )
    memory.tell(
        "n-03",
        (before, "up"),
        (utc(2026, 3, 19, 20), "unreachable", ("upstream", ("agg-2",))),
        (utc(2026, 3, 20, 2), "up"),
    )
    for target in sorted(targets - memory.every_state.keys()):
        memory.tell(target, (before, "up"))
    memory.windows.append(
        Window(
            frozenset({"28110-0002"}),
            utc(2026, 3, 25, 10),
            utc(2026, 3, 25, 12),
            "m. martin",
            "new lens",
        )
    )
    return memory
