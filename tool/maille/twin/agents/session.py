"""One agent's session with its `snmpd`: the branches of its device, and the answers to them."""

from __future__ import annotations

import asyncio
import sys
import time
from bisect import bisect_left, bisect_right
from contextlib import suppress
from typing import TYPE_CHECKING

from maille.twin.agents import agentx
from maille.twin.agents.agentx import HEADER_BYTES, Kind
from maille.twin.agents.counters import PortCounters
from maille.twin.agents.objects import ROOTS, interfaces, objects, system

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from maille.twin.agents.agentx import Header, Range, Reply, Request
    from maille.twin.agents.objects.values import Contexts, Objects, Oid, Value
    from maille.twin.agents.shown import PortShown, Shown
    from maille.twin.agents.traffic import Rates

_PRIORITY, _OVERRIDING_PRIORITY = 100, 10
"""The agent's own objects are registered with 127: a lower number goes first."""
_RETRY_S = 0.05
_TICKS_A_SECOND = 100
_Binding = tuple["Oid", "Value | None", bool]


class _Sorted:
    """The objects of one context, in their order."""

    def __init__(self, objects: Objects) -> None:
        self.objects = objects
        self.order = sorted(objects)

    def after(self, start: Oid, end: Oid, *, included: bool) -> Oid | None:
        """Give the first object from a start on, before an end."""
        at = (bisect_left if included else bisect_right)(self.order, start)
        if at == len(self.order) or (end and self.order[at] >= end):
            return None
        return self.order[at]


class Session:
    """The device behind one `snmpd`, connected as often as that starts."""

    def __init__(self, socket: Path, seen: Shown) -> None:
        """Keep where the agent is; it has nothing to tell before `show`."""
        self.device = seen.device
        self.ready = asyncio.Event()
        """Set while it is connected, with all branches registered."""
        self._socket = socket
        self._seen = seen
        self._rates: Rates = {}
        self._erring: frozenset[tuple[str, str]] = frozenset()
        self._slow_s = 0.0
        self._began_s = time.monotonic()
        self._counters: dict[str, PortCounters] = {}
        self._contexts: dict[str, _Sorted] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._packets = 0
        self._number = 0
        self._unconfirmed = 0
        self._overriding = False
        self._tasks: set[asyncio.Task[None]] = set()

    def show(
        self,
        seen: Shown,
        rates: Rates,
        erring: frozenset[tuple[str, str]],
        slow_s: float,
    ) -> None:
        """Go on as the plant is now: what was counted stays, what went up or down says when."""
        before = {port.port.name: port.up for port in self._seen.ports}
        changed = seen != self._seen or not self._counters
        self._seen, self._rates, self._erring = seen, rates, erring
        now_s = time.monotonic()
        if not self._counters:
            self._reset(now_s)
        self._turn(now_s)
        for port in seen.ports:
            if port.up != before[port.port.name]:
                self._counters[port.port.name].changed_ticks = self._uptime_ticks()
                self._notify(port)
        if changed:
            self._build()
        if slow_s != self._slow_s:
            self._slow_s = slow_s
            self._override()

    async def run(self) -> None:
        """Serve the agent, and again whenever it was started anew; ends when cancelled."""
        while True:
            with suppress(OSError, asyncio.IncompleteReadError):
                self._number = 0
                reader, self._writer = await asyncio.open_unix_connection(self._socket)
                try:
                    await self._open(reader, self._writer)
                    await self._serve(reader, self._writer)
                finally:
                    self.ready.clear()
                    self._writer.close()
                    self._writer = None
            await asyncio.sleep(_RETRY_S)

    async def _open(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(agentx.open_session(self.device.id))
        header, body = await _next(reader)
        reply = agentx.read_reply(header, body)
        self._number = header.session
        self._began_s = time.monotonic() - reply.uptime_ticks / _TICKS_A_SECOND
        self._reset(self._began_s)
        self._turn(self._began_s)
        self._build()
        self._unconfirmed, self._overriding = 0, False
        for context, branch in self._branches():
            self._ask(writer, agentx.register, branch, context, _PRIORITY)
        self._override()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            header, body = await _next(reader)
            if header.kind in {Kind.GET, Kind.GET_NEXT, Kind.GET_BULK}:
                answer = agentx.response(header, self._answers(agentx.read_request(header, body)))
                if self._slow_s:
                    self._later(writer, answer)
                else:
                    writer.write(answer)
            elif header.kind == Kind.RESPONSE:
                self._confirm(agentx.read_reply(header, body))
            elif header.kind != Kind.CLEANUP_SET:
                writer.write(agentx.response(header, ()))

    def _confirm(self, reply: Reply) -> None:
        """Take note of a branch taken over: questions may come before all of them are."""
        self._unconfirmed -= 1
        if reply.error:
            sys.stderr.write(f"{self.device.id}: a branch was refused, error {reply.error}\n")
        if not self._unconfirmed:
            self.ready.set()

    def _later(self, writer: asyncio.StreamWriter, answer: bytes) -> None:
        async def send() -> None:
            await asyncio.sleep(self._slow_s)
            if not writer.is_closing():
                writer.write(answer)

        task = asyncio.create_task(send())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _reset(self, now_s: float) -> None:
        """Begin to count, as a device does that starts at a moment."""
        self._counters = {port.port.name: PortCounters() for port in self._seen.ports}
        for counters in self._counters.values():
            counters.turn((0.0, 0.0), errs=False, now_s=now_s)

    def _turn(self, now_s: float) -> None:
        for name, counters in self._counters.items():
            at = (self.device.id, name)
            counters.turn(self._rates.get(at, (0.0, 0.0)), errs=at in self._erring, now_s=now_s)

    def _build(self) -> None:
        contexts: Contexts = objects(self._seen, self._counters)
        contexts[""] |= system.objects(self.device, self._uptime_ticks)
        contexts[""] |= system.uptime(self.device, self._uptime_ticks)
        self._contexts = {name: _Sorted(found) for name, found in contexts.items()}

    def _branches(self) -> Iterator[tuple[str, Oid]]:
        """Give the contexts and branches in which this device has objects."""
        for context, found in self._contexts.items():
            for root in ROOTS:
                first = found.after(root, (*root[:-1], root[-1] + 1), included=True)
                if first:
                    yield context, root

    def _override(self) -> None:
        """Take the system group over from a slow agent, so that it is slow in that too."""
        if not self._writer or not self._number:
            return
        word = agentx.register if self._slow_s else agentx.unregister
        for scalar in system.scalars() if self._overriding != bool(self._slow_s) else ():
            self._ask(self._writer, word, scalar, "", _OVERRIDING_PRIORITY)
        self._overriding = bool(self._slow_s)

    def _notify(self, port: PortShown) -> None:
        """Let the agent tell of a port that went down or up."""
        if self._writer and self._number:
            self._packets += 1
            self._unconfirmed += 1
            self._writer.write(agentx.notify(self._number, self._packets, interfaces.change(port)))

    def _ask(
        self,
        writer: asyncio.StreamWriter,
        word: Callable[[int, int, Oid, str, int], bytes],
        branch: Oid,
        context: str,
        priority: int,
    ) -> None:
        self._packets += 1
        self._unconfirmed += 1
        writer.write(word(self._number, self._packets, branch, context, priority))

    def _uptime_ticks(self) -> int:
        return int((time.monotonic() - self._began_s) * _TICKS_A_SECOND)

    def _answers(self, request: Request) -> Iterator[_Binding]:
        now_s = time.monotonic()
        for counters in self._counters.values():
            counters.now_s = now_s
        found = self._contexts.get(request.context)
        if request.header.kind == Kind.GET:
            for asked in request.ranges:
                yield _got(found, asked)
            return
        single = request.ranges[: request.non_repeaters]
        repeated = request.ranges[request.non_repeaters :]
        ranges = [(asked.start, asked.included, asked.end) for asked in repeated]
        for asked in single:
            yield _following(found, asked.start, asked.end, included=asked.included)
        for _ in range(request.repetitions):
            for at, (start, included, end) in enumerate(ranges):
                binding = _following(found, start, end, included=included)
                ranges[at] = (binding[0], False, end)
                yield binding


def _got(found: _Sorted | None, asked: Range) -> _Binding:
    value = found.objects.get(asked.start) if found else None
    return asked.start, value() if callable(value) else value, False


def _following(found: _Sorted | None, start: Oid, end: Oid, *, included: bool) -> _Binding:
    name = found.after(start, end, included=included) if found else None
    if not found or not name:
        return start, None, True
    value = found.objects[name]
    return name, value() if callable(value) else value, False


async def _next(reader: asyncio.StreamReader) -> tuple[Header, bytes]:
    header = agentx.read_header(await reader.readexactly(HEADER_BYTES))
    return header, await reader.readexactly(header.length)
