"""Whoever is killed, and whenever: the next run converges, and no recording is lost."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from tests.kills.rounds import (
    CONVERGENCES_A_CYCLE,
    KILLS_A_CYCLE,
    LABORATORY,
    RUNS,
    VICTIMS,
    rounds_on,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from maille.twin.cluster.layout import Layout
    from maille.twin.cluster.record import Record

SEEDS = (1, 2, 3)
KILLS = 50
"""At the least, in the ordinary run of the tests; `benchmarks/kills.py` does more."""


def test_there_are_as_many_kills_as_are_wanted() -> None:
    assert len(SEEDS) * KILLS_A_CYCLE >= KILLS


@pytest.mark.parametrize("seed", SEEDS)
def test_the_next_run_converges_whoever_was_killed(
    make_cluster: Callable[[Layout], Record], tmp_path: Path, seed: int
) -> None:
    rounds = rounds_on(
        make_cluster(LABORATORY),
        tmp_path,
        random.Random(seed),  # noqa: S311  # no secret
        shared=seed % 2 == 1,
    )
    try:
        rounds.cycle()
    finally:
        print(f"seed {seed}, {rounds.misses} missed", *rounds.log, sep="\n")  # noqa: T201  # `pytest -s`, or after a failure
    assert rounds.hits == {(run, victim): 1 for run in RUNS for victim in VICTIMS}
    assert rounds.converged == CONVERGENCES_A_CYCLE
