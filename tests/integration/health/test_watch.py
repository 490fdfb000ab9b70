"""The live terminal over real agents: what is broken shows up, to the port, and it ends cleanly."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import termios
from datetime import timedelta
from typing import IO, TYPE_CHECKING

import pytest
from tests.agents import SECRETS
from tests.estates import AS_OF, INVENTORY, MAILLE, built
from textual.widgets import Static

from maille.cli.health.options import asked, now
from maille.health.look import How
from maille.health.profiles.library import shipped
from maille.health.snmp.model import Patience
from maille.health.targets.build import targets
from maille.health.terminal.app import Terminal
from maille.health.terminal.pane import Pane
from maille.health.watching.model import Watched
from maille.health.watching.rounds import watching
from maille.twin.agents import breaking
from maille.twin.agents.faults import Fault, FaultKind

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from maille.twin.agents.record import Record

NORTH, CAMERA = "26169-entree-nord", "26169-0010"
BEHIND_NORTH = ["26169-0005", "26169-0006", "26169-0007", "26169-0008"]
ESTATE = INVENTORY / "malataverne"
_PATIENCE_S = 120
"""A loaded machine is slow; nothing is judged by it."""


@pytest.fixture
def estate(breakable_agents: Record, monkeypatch: pytest.MonkeyPatch) -> Iterator[Record]:
    state = breakable_agents.folder / "state"
    for name, secret in {**SECRETS, "XDG_STATE_HOME": str(state)}.items():
        monkeypatch.setenv(name, secret)
    yield breakable_agents
    breaking.clear(breakable_agents)
    shutil.rmtree(state, ignore_errors=True)


def watched(record: Record, story: Callable[[Pilot[None]], Awaitable[None]]) -> None:
    """Watch the agents of an estate once a second while something happens to them."""
    blueprint = built(ESTATE).blueprint
    estate = Watched(blueprint, targets(blueprint, shipped()))
    whom = asked(blueprint, estate.targets, record.book, Patience(2.0, 2))
    how = How(between_s=1.0)

    async def play() -> None:
        opened = watching(estate, whom.agents, shipped(), how, 1.0, now, whom.known(), whom.keep)
        async with Terminal(estate, opened, 1.0, now).run_test(size=(120, 40)) as pilot:
            await story(pilot)
            await pilot.press("q")

    asyncio.run(play())


async def until(pilot: Pilot[None], seen: Callable[[], bool]) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while not seen():
            await pilot.pause(0.2)


def rows(pilot: Pilot[None], ident: str) -> list[list[str]]:
    pane = pilot.app.screen.query_one(ident, Pane)
    return [[cell.plain for cell in pane.get_row_at(at)] for at in range(pane.row_count)]


def text(pilot: Pilot[None], ident: str) -> str:
    return str(pilot.app.screen.query_one(ident, Static).content)


def test_a_dead_switch_shows_up_as_the_cause_and_goes_again(estate: Record) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: text(pilot, "#counts").endswith("33 up"))
        await asyncio.to_thread(breaking.add, estate, Fault("switch-dead", NORTH))
        await until(pilot, lambda: bool(rows(pilot, "#overview")))
        await until(pilot, lambda: "4 unreachable" in text(pilot, "#counts"))
        (incident,) = rows(pilot, "#overview")
        assert (incident[1], *incident[3:5]) == ("outage", "4", NORTH)
        assert "+33" in incident[-1]
        await pilot.press("enter")
        told = text(pilot, "#told")
        assert all(camera in told for camera in BEHIND_NORTH)
        assert re.search(r"ifOperStatus\.\S+ of 26169-\S+ = 2 at \d\d:\d\d:\d\d", told)
        await pilot.press("d")
        assert [row[1] for row in rows(pilot, "#devices")] == [NORTH, *BEHIND_NORTH]
        await pilot.press("escape", "3")
        (ring,) = rows(pilot, "#rings")
        assert (ring[1], ring[4]) == ("broken", NORTH)
        await pilot.press("2")
        assert rows(pilot, "#communes")[0][:5] == ["down", "26169", "Malataverne", "15", "1"]
        await asyncio.to_thread(breaking.clear, estate)
        await pilot.press("1")
        await until(pilot, lambda: rows(pilot, "#overview") == [])
        await until(pilot, lambda: text(pilot, "#counts").endswith("33 up"))

    watched(estate, story)


def test_a_filter_and_two_keys_lead_to_the_port_of_one_camera(estate: Record) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: text(pilot, "#counts").endswith("33 up"))
        await pilot.press("slash", *CAMERA)
        assert [row[1] for row in rows(pilot, "#devices")] == [CAMERA]
        await pilot.press("enter", "enter")
        await until(pilot, lambda: "of 2.00 planned" in text(pilot, "#told"))
        await until(pilot, lambda: "Mbit/s in of" in text(pilot, "#told"))
        told = text(pilot, "#told")
        for line in (
            r"port GigabitEthernet0/2 of 26169-ecole, camera 26169-0010, read at \d\d:\d\d:\d\d",
            r"state    up \(ifOperStatus 1\)",
            r"speed    1000 Mbit/s, at least 100 expected",
            r"PoE      delivering, [1-9][\d.]* W",
            r"MAC      ac:cc:8e:26:00:0a, as recorded",
        ):
            assert re.search(line, told), told
        await asyncio.to_thread(
            breaking.add, estate, Fault("port-down", "26169-ecole", "GigabitEthernet0/2")
        )
        await until(pilot, lambda: "state    down (ifOperStatus 2)" in text(pilot, "#told"))
        await until(pilot, lambda: "down since" in text(pilot, "#told"))

    watched(estate, story)


@pytest.mark.parametrize(("kind", "code"), [("wrong-mac", "H015"), ("device-replaced", "H003")])
def test_a_camera_that_is_exchanged_while_one_watches_is_found(
    estate: Record, kind: FaultKind, code: str
) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: text(pilot, "#counts").endswith("33 up"))
        await asyncio.to_thread(breaking.add, estate, Fault(kind, CAMERA))
        await until(pilot, lambda: "1 degraded, 32 up" in text(pilot, "#counts"))
        await until(pilot, lambda: bool(rows(pilot, "#overview")))
        (incident,) = rows(pilot, "#overview")
        assert incident[4] == CAMERA
        assert code in incident[5]

    watched(estate, story)


def command(record: Record) -> list[str]:
    where = ["--at", str(record.book), "--as-of", str(AS_OF), "--timeout", "2"]
    return [MAILLE, "health", "watch", str(ESTATE), *where, "--interval", "1", "--between", "1"]


def test_without_a_terminal_each_change_is_a_line_until_interrupted(estate: Record) -> None:
    with subprocess.Popen(
        command(estate), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert re.fullmatch(r"\S+Z first round: 33 up\n", process.stdout.readline())
        breaking.add(estate, Fault("no-video", CAMERA))
        changed = process.stdout.readline()
        assert re.match(r"\S+Z 26169-0010 degraded \(was up\): H013 sends no video: ", changed)
        assert " opened: degraded, severity ppms: 26169-0010" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == ""
    assert process.returncode == 130


def test_what_was_watched_is_reported(estate: Record, tmp_path: Path) -> None:
    history = ("--history", str(tmp_path / "health.db"))
    with subprocess.Popen(
        [*command(estate), "--record", *history],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        process.stdout.readline()
        breaking.add(estate, Fault("switch-dead", NORTH))
        _await_line(process.stdout, f"{NORTH} down")
        breaking.clear(estate)
        _await_line(process.stdout, " closed")
        process.send_signal(signal.SIGINT)
        process.stdout.read()
    today = now().date()
    words = ("--from", str(today - timedelta(days=1)), "--to", str(today + timedelta(days=2)))
    report = subprocess.run(
        [MAILLE, "health", "report", ESTATE, *words, *history, "--by", "camera", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    outages = {row["key"]: row["outages"] for row in json.loads(report.stdout)["rows"]}
    assert {camera: outages[camera] for camera in BEHIND_NORTH} == dict.fromkeys(BEHIND_NORTH, 1)
    assert sum(outages.values()) == len(BEHIND_NORTH)


def _await_line(lines: IO[str], part: str) -> None:
    while part not in (line := lines.readline()):
        assert line, f"no line with {part!r}"


@pytest.mark.parametrize("ending", [b"q", b"\x03", signal.SIGTERM, signal.SIGHUP])
def test_the_terminal_is_left_as_it_was_found(
    estate: Record, ending: bytes | signal.Signals
) -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    # Textual asks for the size of the terminal, which a new one does not have
    termios.tcsetwinsize(theirs, (24, 80))
    with subprocess.Popen(
        command(estate),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color"},
        start_new_session=True,
    ) as process:
        shown = b""
        while b"33 up" not in shown:
            shown += os.read(ours, 65536)
        if isinstance(ending, bytes):
            os.write(ours, ending)
        else:
            process.send_signal(ending)
        while b"\x1b[?1049l" not in shown:
            shown += os.read(ours, 65536)
        os.set_blocking(ours, False)
        code = process.wait(_PATIENCE_S)
    assert b"\x1b[?1049h" in shown
    assert b"Traceback" not in shown
    assert code == 0
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)
