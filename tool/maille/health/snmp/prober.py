"""Asks agents who they are without any credentials, all of them through one socket."""

from __future__ import annotations

import asyncio
import socket
from itertools import count
from typing import TYPE_CHECKING

from maille.health.snmp import usm

if TYPE_CHECKING:
    from maille.health.snmp.model import Agent, Reason, User

RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024
"""Room for the answers of all agents at one time; the kernel may give less (`rmem_max`)."""
_LARGEST_ID = 2**31 - 1
_LARGEST_DATAGRAM = 65535
_READ_AT_ONCE = 2000


class Prober:
    """Discovery of engine ids, and what a silent agent says to it."""

    def __init__(self) -> None:
        """Wait for nobody yet; the socket opens with the first question."""
        self._socket: socket.socket | None = None
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

    def close(self) -> None:
        """Close the socket."""
        if self._socket:
            asyncio.get_running_loop().remove_reader(self._socket)
            self._socket.close()
            self._socket = None

    async def _ask(self, agent: Agent, message_id: int, message: bytes) -> usm.Heard | None:
        own = self._socket or self._open()
        key = (message_id, (agent.host, agent.port))
        future: asyncio.Future[usm.Heard] = asyncio.get_running_loop().create_future()
        self._waiting[key] = future
        try:
            own.sendto(message, key[1])
            await asyncio.wait((future,), timeout=agent.patience.timeout_s)
            if not future.done():
                self._read()  # a busy moment: what has come meanwhile is not late
            return future.result() if future.done() else None
        except OSError:
            return None
        finally:
            del self._waiting[key]

    def _open(self) -> socket.socket:
        own = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
        own.setblocking(False)
        asyncio.get_running_loop().add_reader(own, self._read)
        self._socket = own
        return own

    def _read(self) -> None:
        """Hand out all that has come; what nobody waits for is dropped."""
        for _ in range(_READ_AT_ONCE):
            if self._socket is None:
                return
            try:
                data, sender = self._socket.recvfrom(_LARGEST_DATAGRAM)
                heard = usm.read(data)
            except ValueError:
                continue
            except OSError:
                return
            future = self._waiting.get((heard.message_id, sender))
            if future and not future.done():
                future.set_result(heard)
