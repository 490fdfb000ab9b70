"""Asks agents who they are without any credentials, all of them through one socket."""

from __future__ import annotations

import asyncio
import socket
from itertools import count
from typing import TYPE_CHECKING, cast

from maille.health.snmp import usm

if TYPE_CHECKING:
    from maille.health.snmp.model import Agent, Reason, User

RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024
"""Room for the answers of all agents at one time; the kernel may give less (`rmem_max`)."""
_LARGEST_ID = 2**31 - 1


class Prober(asyncio.DatagramProtocol):
    """Discovery of engine ids, and what a silent agent says to it."""

    def __init__(self) -> None:
        """Wait for nobody yet; the socket opens with the first question."""
        self._transport: asyncio.DatagramTransport | None = None
        self._opening = asyncio.Lock()
        self._waiting: dict[tuple[int, tuple[str, int]], asyncio.Future[usm.Heard]] = {}
        self._ids = count(1)

    async def discover(self, agent: Agent) -> usm.Heard | None:
        """Give what the agent says of its engine; None if it says nothing within its time-out."""
        message_id = next(self._ids) % _LARGEST_ID
        return await self._ask(agent, message_id, usm.discovery(message_id))

    async def reason(self, agent: Agent, user: User, heard: usm.Heard) -> Reason:
        """Tell why an agent that is there does not answer what is encrypted."""
        message_id = next(self._ids) % _LARGEST_ID
        said = await self._ask(agent, message_id, usm.authenticated(message_id, heard, user))
        if said is None or said.report == usm.UNKNOWN_ENGINE:
            return "rejected"
        if said.report == usm.UNKNOWN_USER:
            return "unknown_user"
        return "wrong_auth_key" if said.report == usm.WRONG_DIGEST else "wrong_privacy_key"

    async def close(self) -> None:
        """Close the socket."""
        if self._transport:
            self._transport.abort()
            self._transport = None

    async def _ask(self, agent: Agent, message_id: int, message: bytes) -> usm.Heard | None:
        transport = self._transport or await self._open()
        key = (message_id, (agent.host, agent.port))
        future: asyncio.Future[usm.Heard] = asyncio.get_running_loop().create_future()
        self._waiting[key] = future
        try:
            transport.sendto(message, key[1])
            async with asyncio.timeout(agent.patience.timeout_s):
                return await future
        except (OSError, TimeoutError):
            return None
        finally:
            del self._waiting[key]

    async def _open(self) -> asyncio.DatagramTransport:
        async with self._opening:
            if self._transport is None:
                own = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
                own.setblocking(False)
                loop = asyncio.get_running_loop()
                transport, _ = await loop.create_datagram_endpoint(lambda: self, sock=own)
                self._transport = transport
            return self._transport

    def datagram_received(self, data: bytes, addr: tuple[str | bytes, int]) -> None:
        """Hand a message to whoever waits for it; what nobody waits for is dropped."""
        try:
            heard = usm.read(data)
        except ValueError:
            return
        future = self._waiting.get((heard.message_id, cast("tuple[str, int]", addr[:2])))
        if future and not future.done():
            future.set_result(heard)
