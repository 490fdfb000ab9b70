"""The process that speaks for all devices: one AgentX session with every `snmpd`.

    python -m maille.twin.agents.subagent FOLDER/plant.json

It is told of changes through a socket in the folder, one line a question, one line an answer:
`reload` reads faults.json again, `expect ID...` takes the agents for about to start anew, and
`ready` waits until every agent that is to answer is served.
"""

from __future__ import annotations

import asyncio
import resource
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from maille.twin.agents.breaking import state_of
from maille.twin.agents.record import load
from maille.twin.agents.session import Session
from maille.twin.agents.shown import shown
from maille.twin.agents.traffic import rates

if TYPE_CHECKING:
    from maille.twin.agents.faults import Effects
    from maille.twin.agents.record import Record


class Subagent:
    """All sessions, and the state of the plant that they show."""

    def __init__(self, record: Record) -> None:
        """Read the plant and its faults."""
        self._record = record
        self._plant = record.plant
        self._state = self._read_state()
        self._sessions = {
            name: Session(record.agentx(name), shown(self._plant, self._state, device))
            for name, device in self._plant.agents.items()
        }
        self._show()

    async def run(self) -> None:
        """Serve until cancelled."""
        self._record.control.unlink(missing_ok=True)
        server = await asyncio.start_unix_server(self._told, self._record.control)
        async with server, asyncio.TaskGroup() as group:
            for session in self._sessions.values():
                group.create_task(session.run())

    async def _told(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        word, *names = (await reader.readline()).decode().split() or [""]
        if word == "reload":
            self._state = self._read_state()
            self._show()
        elif word == "expect":
            for name in names:
                self._sessions[name].ready.clear()
        elif word == "ready":
            for name, session in self._sessions.items():
                if name not in self._state.silent:
                    await session.ready.wait()
        writer.write(b"done\n")
        writer.close()

    def _read_state(self) -> Effects:
        return state_of(self._record)

    def _show(self) -> None:
        flows = rates(self._plant, self._state)
        for session in self._sessions.values():
            session.show(
                shown(self._plant, self._state, session.device),
                flows,
                self._state.erring,
                self._state.slow_s.get(session.device.id, 0.0),
            )


def main(path: Path) -> None:
    """Run in the foreground until a signal comes."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    asyncio.run(Subagent(load(path.parent)).run())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
