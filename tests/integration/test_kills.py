"""Whoever is killed, and whenever: the next `storage up` converges, and nothing is lost."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from tests.estates import INVENTORY, copy
from tests.examples import LONG
from tests.kills import Rounds, round_of

from maille.twin.cluster.layout import GIB, Layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from maille.twin.cluster.record import Record

ROUNDS = 60 if LONG else 6
SEED = random.randrange(10**6) if LONG else 4  # noqa: S311  # no secret


def test_the_next_run_converges_whoever_was_killed(
    make_cluster: Callable[[Layout], Record], tmp_path: Path
) -> None:
    record = make_cluster(Layout(hosts=7, racks=3, osd_size_bytes=8 * GIB))
    estate = copy(INVENTORY / "malataverne", tmp_path)
    days = re.search(r"days: (\d+),", (estate / "estate.yaml").read_text(encoding="utf-8"))
    assert days
    rounds = Rounds(record, estate, random.Random(SEED), int(days[1]))  # noqa: S311
    rounds.up()
    rounds.plant()
    for number in range(ROUNDS):
        try:
            round_of(rounds, number)
        except BaseException:
            print(f"seed {SEED}", *rounds.log, sep="\n")  # noqa: T201
            raise
    print(*rounds.log, sep="\n")  # noqa: T201  # `pytest -s` shows what was tried
