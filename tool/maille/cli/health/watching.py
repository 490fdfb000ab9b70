"""`maille health watch`: the estate live, in the terminal."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from maille.cli.checking import checked
from maille.cli.health.history import HistoryAddress, recording
from maille.cli.health.options import (
    At,
    Between,
    Engine,
    Rtsp,
    Timeout,
    Tries,
    asked,
    now,
)
from maille.cli.options import AsOf, Estate, Quiet
from maille.cli.shell import Shell

if TYPE_CHECKING:
    from maille.health.watching.model import Watched
    from maille.health.watching.rounds import Opened


def watch(  # noqa: PLR0913 - one argument an option
    estate: Estate,
    *,
    as_of: AsOf,
    interval: Annotated[
        float | None,
        typer.Option(
            "--interval",
            metavar="SECONDS",
            min=1,
            max=3600,
            help="From the beginning of a round to that of the next.",
            show_default="what the profiles ask for",
        ),
    ] = None,
    engine: Engine = "gufo",
    at: At = None,
    between: Between = 5.0,
    timeout: Timeout = 1.0,
    tries: Tries = 2,
    rtsp: Rtsp = False,
    record: Annotated[
        bool,
        typer.Option("--record", help="Keep every round, for `maille health report`."),
    ] = False,
    history: HistoryAddress = None,
    quiet: Quiet = False,
) -> None:
    """Watch an estate: incidents, communes, rings and devices, round after round, until q.

    The keys stand in the last line; NO_COLOR is heeded. States that no longer hold, because a
    round has failed or none has ended for too long, are told as past. Where there is no terminal,
    each change of a state or an incident gives a line, with the time in UTC at which it was first
    seen, until Ctrl-C.

    Example:
        maille health watch inventory/chartres
        maille health watch inventory/chartres --interval 20 --record >> chartres.log
    """
    import asyncio
    import gc

    from maille.health.look import How
    from maille.health.profiles.library import shipped
    from maille.health.snmp.model import Patience
    from maille.health.targets.build import targets
    from maille.health.watching.model import Watched
    from maille.health.watching.rounds import interval_of, keeping, watching

    shell = Shell(quiet=quiet)
    blueprint = checked(shell, estate, as_of).sound()
    watched = Watched(blueprint, targets(blueprint, shipped()), str(at or ""))
    interval_s = interval or interval_of(watched, shipped())
    whom = asked(blueprint, watched.targets, at, Patience(timeout, tries))
    opened = watching(
        watched,
        whom.agents,
        shipped(),
        How(engine, between, rtsp),
        interval_s,
        now,
        whom.known(),
        whom.keep,
    )
    gc.freeze()  # the blueprint stays: no collection needs to walk through it
    with recording(estate, history, interval_s) if record else nullcontext() as keeper:
        kept = keeping(opened, keeper.keep) if keeper else opened
        asyncio.run(_show(watched, kept, interval_s) if _is_terminal() else _log(kept))


def _is_terminal() -> bool:
    """Say whether somebody looks and can press keys; pictures go to standard error."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream.isatty() for stream in streams) and os.environ.get("TERM") != "dumb"


async def _show(watched: Watched, opened: Opened, interval_s: float) -> None:
    import asyncio
    import signal

    from maille.health.terminal.app import Terminal

    terminal = Terminal(watched, opened, interval_s, now)
    for ending in (signal.SIGTERM, signal.SIGHUP):  # the terminal is left as it was found
        asyncio.get_running_loop().add_signal_handler(ending, terminal.exit)
    await terminal.run_async()
    raise typer.Exit(terminal.return_code or 0)


async def _log(opened: Opened) -> None:
    from maille.health.terminal.lines import Teller

    teller = Teller()
    async with opened as rounds:
        async for seen in rounds:
            for line in teller.lines(seen):
                typer.echo(line)
            sys.stdout.flush()
