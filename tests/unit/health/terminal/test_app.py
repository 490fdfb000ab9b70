"""The application with rounds by hand: what it shows when they fail, and how it ends."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.unit.health.states.chartres import Day
from tests.unit.health.terminal.scenes import Centre, chartres
from textual.widgets import Static

from maille.health.states.of_blueprint import topology_of
from maille.health.terminal.app import Terminal
from maille.health.terminal.pane import Pane
from maille.health.watching.model import Failed

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from datetime import datetime

    from textual.pilot import Pilot

    from maille.health.watching.model import Scene, Watched

DEAD = "28085-stade"


@pytest.fixture(scope="module")
def watched() -> Watched:
    return chartres()


class Hand:
    """Gives rounds when it is told to, and the time of the last one."""

    def __init__(self, watched: Watched) -> None:
        self.watched = watched
        self.centre = Centre(watched)
        self.queue: asyncio.Queue[Scene | Failed] = asyncio.Queue()
        self.late = timedelta(seconds=1)
        self.ended = False

    def now(self) -> datetime:
        return self.centre.at + self.late

    def sees(self, *dead: str) -> None:
        day = Day(topology_of(self.watched.blueprint), dead=set(dead))
        links = {link.link: link for link in day.links()}
        self.queue.put_nowait(self.centre.looks(day.picture(), links))

    def fails(self) -> None:
        self.queue.put_nowait(Failed(self.now(), "no socket"))

    async def rounds(self) -> AsyncGenerator[Scene | Failed, None]:
        try:
            while True:
                yield await self.queue.get()
        finally:
            self.ended = True


def played(
    watched: Watched,
    story: Callable[[Pilot[None], Hand], Awaitable[None]],
    size: tuple[int, int] = (80, 24),
) -> Hand:
    async def play() -> Hand:
        hand = Hand(watched)
        app = Terminal(watched, aclosing(hand.rounds()), 60, hand.now)
        async with app.run_test(size=size) as pilot:
            await story(pilot, hand)
        assert app.return_code in {None, 0}
        return hand

    return asyncio.run(play())


def said(pilot: Pilot[None], ident: str) -> str:
    return str(pilot.app.screen.query_one(ident, Static).content)


def listed(pilot: Pilot[None], ident: str) -> list[str]:
    pane = pilot.app.screen.query_one(ident, Pane)
    return [pane.get_row_at(at)[0].plain for at in range(pane.row_count)]


def test_what_failed_is_stale_until_a_round_goes_well(watched: Watched) -> None:
    async def story(pilot: Pilot[None], hand: Hand) -> None:
        assert said(pilot, "#counts") == "the first round is under way"
        hand.sees()
        await pilot.press("4")
        assert set(listed(pilot, "#devices")) == {"up"}
        hand.fails()
        await pilot.pause()
        assert said(pilot, "#when").startswith("STALE SINCE 09:01:00 (1 s): the last round failed")
        assert set(listed(pilot, "#devices")) == {"was up"}
        hand.sees()
        await pilot.pause()
        assert "STALE" not in said(pilot, "#when")
        assert set(listed(pilot, "#devices")) == {"up"}
        hand.late = timedelta(minutes=3)
        pilot.app.refresh_views()  # type: ignore[attr-defined]
        assert said(pilot, "#when").startswith("STALE SINCE 09:02:00 (3 min): no round has ended")
        assert set(listed(pilot, "#devices")) == {"was up"}

    played(watched, story)


def test_the_cursor_stays_with_its_line_as_others_come_and_go(watched: Watched) -> None:
    async def story(pilot: Pilot[None], hand: Hand) -> None:
        hand.sees()
        await pilot.press("4", *["down"] * 30)
        pane = pilot.app.screen.query_one("#devices", Pane)
        chosen, row = pane.chosen, pane.cursor_row
        hand.sees(DEAD)
        hand.sees(DEAD)
        await pilot.pause()
        assert pane.chosen == chosen
        assert pane.cursor_row > row
        await pilot.press("1", "4")
        assert pane.chosen == chosen

    played(watched, story)


@pytest.mark.parametrize("key", ["q", "ctrl+c", "ctrl+q"])
@pytest.mark.parametrize("deep", [False, True])
def test_it_ends_by_a_key_on_every_screen_and_ends_the_rounds(
    watched: Watched, key: str, *, deep: bool
) -> None:
    async def story(pilot: Pilot[None], hand: Hand) -> None:
        hand.sees()
        await pilot.press("4", *(["enter"] if deep else []))
        await pilot.press(key)

    assert played(watched, story).ended


def test_without_colour_no_cell_has_one(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(pilot: Pilot[None], hand: Hand) -> None:
        hand.sees(DEAD)
        await pilot.press("4")
        pane = pilot.app.screen.query_one("#devices", Pane)
        assert {str(pane.get_row_at(at)[0].style) for at in range(pane.row_count)} == {""}

    monkeypatch.setenv("NO_COLOR", "1")
    played(watched, story)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_every_key_that_does_something_stands_in_the_last_line(
    watched: Watched, size: tuple[int, int]
) -> None:
    async def story(pilot: Pilot[None], hand: Hand) -> None:
        hand.sees()
        await pilot.press("4", "s")
        footer = [
            (shown.binding.key_display or shown.binding.key, shown.binding.description)
            for shown in pilot.app.screen.active_bindings.values()
            if shown.binding.show and shown.enabled
        ]
        assert {"Open", "Estate", "Communes", "Rings", "State", "Kind", "Find", "All", "Quit"} == {
            description for _, description in footer
        }
        assert sum(len(key) + len(text) + 2 for key, text in footer) <= size[0]

    played(watched, story, size)
