"""Rounds at an even pace, for as long as somebody wants them."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING

from maille.errors import MailleError
from maille.health.judging.judge import Beside
from maille.health.rtsp import answering
from maille.health.sweep.opening import opened
from maille.health.watching.model import Failed
from maille.health.watching.watch import Watch

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime
    from typing import TypeAlias

    from maille.health.look import How
    from maille.health.profiles.library import Library
    from maille.health.snmp.model import Agent
    from maille.health.watching.model import Scene, Watched

    Rounds: TypeAlias = AsyncIterator[Scene | Failed]
    Opened: TypeAlias = AbstractAsyncContextManager[Rounds]


async def rounds(
    look: Callable[[], Awaitable[Scene]],
    interval_s: float,
    first_s: float,
    now: Callable[[], datetime],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncGenerator[Scene | Failed, None]:
    """Give what each round saw, or why it failed; a round begins an interval after the last began.

    One that lasts longer is followed at once.

    Args:
        look: looks once.
        interval_s: from one beginning to the next.
        first_s: the same, of the first two: rates need two readings, and are not long waited for.
        now: gives the time.
        sleep: waits.
    """
    pause_s = min(first_s, interval_s)
    while True:
        began = now()
        try:
            seen: Scene | Failed = await look()
        except Exception as error:  # noqa: BLE001 - it is told, and the next may go well
            seen = Failed(now(), f"{error}" or type(error).__name__)
        yield seen
        lasted_s = (now() - began).total_seconds()
        await sleep(min(max(pause_s - lasted_s, 0.0), pause_s))  # the clock may be set meanwhile
        pause_s = interval_s


@asynccontextmanager
async def watching(
    watched: Watched,
    agents: Mapping[str, Agent],
    library: Library,
    how: How,
    interval_s: float,
    now: Callable[[], datetime],
    known: Mapping[str, bytes] | None = None,
    keep: Callable[[Mapping[str, bytes]], None] = lambda _: None,
) -> AsyncIterator[Rounds]:
    """Open all sessions and give the rounds; at the end sessions are closed.

    Args:
        watched: the estate, and what is polled of it.
        agents: where they listen, by target.
        library: their profiles.
        how: by which engine; `between_s` lies between the first two rounds.
        interval_s: between all others.
        now: gives the time.
        known: engine ids of an earlier look.
        keep: takes the engine ids at the end, for the next one.
    """

    async def beside() -> Beside:
        return Beside(await answering(watched.targets) if how.rtsp else {})

    async with opened(how.engine, watched.targets, library, now, known) as (sweep, client):
        watch = Watch(watched, agents, sweep, library, now, beside)
        try:
            async with aclosing(rounds(watch.round, interval_s, how.between_s, now)) as found:
                yield found
        finally:
            keep(client.engines)


@asynccontextmanager
async def keeping(opened: Opened, keep: Callable[[Scene], None]) -> AsyncIterator[Rounds]:
    """Give the same rounds, each when it has been kept; one that cannot be has failed."""

    async def kept(found: Rounds) -> AsyncGenerator[Scene | Failed, None]:
        async for seen in found:
            if isinstance(seen, Failed):
                yield seen
                continue
            try:
                await asyncio.to_thread(keep, seen)
            except MailleError as error:
                yield Failed(seen.at, error.what)
            else:
                yield seen

    async with opened as found, aclosing(kept(found)) as rounds_:
        yield rounds_


def interval_of(watched: Watched, library: Library) -> float:
    """Give how often to look, in seconds: as often as the profile asks that asks most often."""
    intervals = (
        library.profiles[target.profile].family.poll_interval_s
        for target in watched.targets
        if target.profile
    )
    return float(min(intervals, default=60))
