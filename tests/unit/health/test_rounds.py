"""Rounds at an even pace, and for how long one of them holds."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.unit.health.seen import AT

from maille.health.incidents.watch import Known
from maille.health.model import Picture
from maille.health.watching.model import Failed, Scene, stale_since
from maille.health.watching.rounds import rounds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    Step = float | Exception


def scene(at: datetime, lasted_s: float = 1.0) -> Scene:
    return Scene(1, at, lasted_s, {}, {}, {}, Picture({}), Known())


@dataclass
class Clock:
    """Time that passes only when something takes it."""

    at: datetime = AT
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)


def looked(steps: Sequence[Step], clock: Clock) -> list[Scene | Failed]:
    """Give what rounds gave that lasted as long, or failed like that."""
    left = iter(steps)

    async def look() -> Scene:
        step = next(left)
        if isinstance(step, Exception):
            raise step
        clock.at += timedelta(seconds=step)
        return scene(clock.at, abs(step))

    async def all_of_them() -> list[Scene | Failed]:
        found: list[Scene | Failed] = []
        async for seen in rounds(look, 60, 5, clock, clock.sleep):
            found.append(seen)
            if len(found) == len(steps):
                break
        return found

    return asyncio.run(all_of_them())


def test_the_second_round_comes_soon_and_all_others_at_an_even_pace() -> None:
    clock = Clock()
    looked([2, 3, 61, 1, 1], clock)
    assert clock.slept == [3, 57, 0, 59]


def test_a_clock_that_is_set_back_keeps_nobody_waiting_for_longer() -> None:
    clock = Clock()
    looked([1, -3600, 1], clock)
    assert clock.slept == [4, 60]


@pytest.mark.parametrize("error", [OSError(24, "Too many open files"), ValueError(), KeyError("x")])
def test_a_round_that_fails_is_told_and_the_next_one_comes(error: Exception) -> None:
    clock = Clock()
    first, failed, third = looked([1, error, 1], clock)
    assert isinstance(failed, Failed)
    assert failed.why
    assert isinstance(first, Scene)
    assert isinstance(third, Scene)
    assert third.at > failed.at > first.at


@pytest.mark.parametrize(
    ("age_s", "lasted_s", "failed_s", "stale"),
    [
        (119, 1, None, False),
        (121, 1, None, True),
        (121, 90, None, False),
        (181, 90, None, True),
        (10, 1, 5, True),
        (10, 1, -5, False),
    ],
)
def test_a_round_holds_until_two_should_have_come_or_one_has_failed(
    age_s: float, lasted_s: float, failed_s: float | None, *, stale: bool
) -> None:
    failed = None if failed_s is None else Failed(AT + timedelta(seconds=failed_s), "no socket")
    found = stale_since(scene(AT, lasted_s), failed, AT + timedelta(seconds=age_s), 60)
    assert found == (AT if stale else None)
