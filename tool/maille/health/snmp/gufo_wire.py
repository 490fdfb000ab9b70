"""gufo-snmp, the engine of sweeps: decodes in compiled code, one connected socket an agent.

It has no context name and no tries of its own. A host without an agent (ICMP port unreachable)
shows as a time-out that comes at once. Version 0.13 does not look at the digest of an answer: what
it decrypts it takes, so whoever stands between poller and device may alter bits of it unseen.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from gufo.snmp import (
    Aes128Key,
    Aes256Key,
    DesKey,
    Md5Key,
    Sha1Key,
    Sha256Key,
    Sha512Key,
    SnmpAuthError,
    SnmpError,
)
from gufo.snmp import User as GufoUser
from gufo.snmp.aio import SnmpSession
from gufo.snmp.user import KeyType

from maille.health.snmp.keys import master_key
from maille.health.snmp.model import Agent, Endless, Malformed, Refused, Rejected, User

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence
    from typing import TypeVar

    from maille.health.snmp.model import Row, Value

    T = TypeVar("T")

_AUTH = {"md5": Md5Key, "sha1": Sha1Key, "sha256": Sha256Key, "sha512": Sha512Key}
_PRIVACY = {"des": DesKey, "aes128": Aes128Key, "aes256": Aes256Key}
_RECEIVE_BUFFER_BYTES = 262_144
_ROWS_A_MESSAGE = 25
_MOST_TIMEOUTS = 3
"""As many a try may last, however many stray datagrams come."""
_PANIC = "PanicException"
"""What the library's compiled part raises on some garbage; no Exception, and of no module."""
_AT_ONCE = 0.5
"""Share of a time-out below which it was none: the kernel reported the host's refusal."""


class GufoSession:
    """One agent, through a socket of its own."""

    def __init__(self, session: SnmpSession, timeout_s: float) -> None:
        """Take the library's session, and the time-out that it has."""
        self._session = session
        self._timeout_s = timeout_s

    async def get(self, oids: Sequence[str], context: str = "") -> tuple[Value, ...]:
        """Ask for objects by one message."""
        _without(context)
        found = await self._try(self._session.get_many(oids))
        return tuple(map(found.get, oids))

    async def walk(self, root: str, limit: int, context: str = "") -> tuple[Row, ...]:
        """Give everything below an object."""
        _without(context)
        rows: list[Row] = []
        last: tuple[int, ...] = ()
        following = aiter(self._session.getbulk(root, _ROWS_A_MESSAGE))
        while True:
            try:
                name, value = await self._try(anext(following))
            except StopAsyncIteration:
                return tuple(rows)
            arcs = tuple(map(int, name.split(".")))
            if arcs <= last or len(rows) >= limit:
                raise Endless
            rows.append((name, value))
            last = arcs

    async def refresh(self) -> None:
        """Learn the agent's clock anew."""
        await self._try(self._session.refresh())

    def close(self) -> None:
        """Nothing to do: the socket goes with the session."""

    async def _try(self, asked: Awaitable[T]) -> T:
        """Await one exchange, in the words that both engines share."""
        loop = asyncio.get_running_loop()
        begun_s = loop.time()
        try:
            # the library's own time-out begins anew with every stray datagram, this one does not
            async with asyncio.timeout(self._timeout_s * _MOST_TIMEOUTS):
                return await asked
        except TimeoutError:
            if loop.time() - begun_s < self._timeout_s * _AT_ONCE:
                raise Refused from None
            raise
        except SnmpAuthError:
            raise Rejected from None
        except (SnmpError, RuntimeError, ValueError):
            raise Malformed from None
        except OSError:
            raise Refused from None
        except BaseException as error:
            if type(error).__name__ != _PANIC:
                raise
            raise Malformed from None


class GufoWire:
    """gufo-snmp as an engine."""

    name = "gufo"
    in_flight = 512

    async def open(self, agent: Agent, user: User, engine_id: bytes) -> GufoSession:
        """Open a session and learn the agent's clock."""
        patience = agent.patience
        session = SnmpSession(
            agent.host,
            agent.port,
            engine_id=engine_id,
            user=gufo_user(user),
            timeout=patience.timeout_s,
            recv_buffer=_RECEIVE_BUFFER_BYTES,
        )
        opened = GufoSession(session, patience.timeout_s)
        await opened.refresh()
        return opened

    def prepare(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do: each session has its own socket."""


def gufo_user(user: User) -> GufoUser:
    """Give a user as the library has it, with keys that are localised for each agent."""
    auth, privacy = (
        master_key(user.auth, phrase) for phrase in (user.auth_phrase, user.privacy_phrase)
    )
    return GufoUser(
        user.name,
        auth_key=_AUTH[user.auth](auth, KeyType.Master),
        priv_key=_PRIVACY[user.privacy](privacy, KeyType.Master),
    )


def _without(context: str) -> None:
    if context:
        raise NotImplementedError("gufo-snmp has no context name; ask through pysnmp")
