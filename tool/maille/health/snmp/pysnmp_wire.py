"""pysnmp, the reference engine: complete, context names among it, and slow (1 ms an answer).

One engine of its own serves all agents, for loading what it knows of MIBs takes long. It keeps
what it knows of a peer by address, for ever; so an agent that is opened again, with another
engine id for instance, gets an engine to itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING, Any

from pyasn1.error import PyAsn1Error
from pyasn1.type import univ
from pysnmp.carrier.asyncio.dgram import udp
from pysnmp.entity import config
from pysnmp.error import PySnmpError
from pysnmp.hlapi.v3arch.asyncio import (
    ContextData,
    ObjectIdentity,
    ObjectType,
    SnmpEngine,
    UdpTransportTarget,
    UsmUserData,
    bulk_cmd,
    get_cmd,
)
from pysnmp.proto import errind
from pysnmp.proto.rfc1902 import IpAddress, OctetString
from pysnmp.proto.rfc1905 import EndOfMibView, NoSuchInstance, NoSuchObject

from maille.health.snmp.keys import master_key
from maille.health.snmp.model import Agent, Endless, Malformed, Rejected, User
from maille.health.snmp.prober import RECEIVE_BUFFER_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from maille.health.snmp.model import Row, Value

_AUTH = {
    "md5": config.USM_AUTH_HMAC96_MD5,
    "sha1": config.USM_AUTH_HMAC96_SHA,
    "sha256": config.USM_AUTH_HMAC192_SHA256,
    "sha512": config.USM_AUTH_HMAC384_SHA512,
}
_PRIVACY = {
    "des": config.USM_PRIV_CBC56_DES,
    "aes128": config.USM_PRIV_CFB128_AES,
    "aes256": config.USM_PRIV_CFB256_AES_BLUMENTHAL,
}
_UNANSWERED = (errind.RequestTimedOut, errind.EmptyResponse)
_UNREADABLE = (errind.SerializationError, errind.DeserializationError, errind.DataMismatch)
_ROWS_A_MESSAGE = 25
_EXCHANGES_AT_FIRST = 3
"""Engine id, clock, and what was asked: the library does all of it within the first request."""
_DATAGRAMS_WAITING = 100
_NEVER_S = 60.0
"""The library's own time-out, which ends nothing before ours does."""
_NO_SUCH_NAME = 2


class PysnmpSession:
    """One agent, as one user."""

    def __init__(
        self, engine: SnmpEngine, user: UsmUserData, target: UdpTransportTarget, timeout_s: float
    ) -> None:
        """Take what the library wants with every request."""
        self._engine, self._user, self._target = engine, user, target
        self._timeout_s = timeout_s
        self._exchanges = _EXCHANGES_AT_FIRST

    async def get(self, oids: Sequence[str], context: str = "") -> tuple[Value, ...]:
        """Ask for objects by one message."""
        asked = [ObjectType(ObjectIdentity(oid)) for oid in oids]
        found = dict(await self._try(get_cmd, context, *asked))
        return tuple(map(found.get, oids))

    async def walk(self, root: str, limit: int, context: str = "") -> tuple[Row, ...]:
        """Give everything below an object."""
        rows: list[Row] = []
        below, last = f"{root}.", tuple(map(int, root.split(".")))
        while True:
            following = ObjectType(ObjectIdentity(".".join(map(str, last))))
            found = await self._try(bulk_cmd, context, 0, _ROWS_A_MESSAGE, following)
            for name, value in found:
                if not name.startswith(below) or value is _END:
                    return tuple(rows)
                arcs = tuple(map(int, name.split(".")))
                if arcs <= last or len(rows) >= limit:
                    raise Endless
                rows.append((name, value))
                last = arcs
            if not found:
                return tuple(rows)

    async def refresh(self) -> None:
        """Nothing to do: pysnmp follows the agent's clock by itself."""

    def close(self) -> None:
        """Nothing to do: the engine's socket serves all."""

    async def _try(self, command: Any, context: str, *asked: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - pysnmp has no types
        where = ContextData(contextName=OctetString(context))
        try:
            trouble, status, _, found = await self._in_time(
                command(self._engine, self._user, self._target, where, *asked, lookupMib=False)
            )
            self._exchanges = 1
        except (PySnmpError, PyAsn1Error, ValueError):
            raise Malformed from None
        if isinstance(trouble, _UNANSWERED):
            raise TimeoutError
        if isinstance(trouble, _UNREADABLE):
            raise Malformed
        if trouble:
            raise Rejected
        if int(status) not in {0, _NO_SUCH_NAME}:
            raise Malformed
        return [(str(name), _plain(value)) for name, value in found]

    async def _in_time(self, asked: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401
        """Await an exchange for its time-out, and what has come while the loop was busy."""
        task = asyncio.ensure_future(asked)
        await asyncio.wait((task,), timeout=self._timeout_s * self._exchanges)
        for _ in range(_DATAGRAMS_WAITING):
            if task.done():
                return task.result()
            await asyncio.sleep(0)  # the loop reads one datagram a turn
        task.cancel()
        raise TimeoutError


class PysnmpWire:
    """pysnmp as an engine."""

    name = "pysnmp"
    in_flight = 32

    def __init__(self) -> None:
        """Load nothing yet."""
        self._shared: SnmpEngine | None = None
        self._own: dict[str, SnmpEngine] = {}
        self._opened: set[str] = set()

    def prepare(self) -> None:
        """Load the MIBs of the shared engine, which takes a third of a second."""
        self._shared = self._shared or _engine()

    async def open(self, agent: Agent, user: User, engine_id: bytes) -> PysnmpSession:
        """Open a session; the library finds the agent's engine out once more by itself."""
        engine = await self._engine_for(agent)
        auth, privacy = (
            master_key(user.auth, phrase) for phrase in (user.auth_phrase, user.privacy_phrase)
        )
        who = UsmUserData(
            user.name,
            authKey=OctetString(auth),
            privKey=OctetString(privacy),
            authProtocol=_AUTH[user.auth],
            privProtocol=_PRIVACY[user.privacy],
            # users of one name and different algorithms are told apart by this alone
            securityEngineId=OctetString(engine_id),
            authKeyType=config.USM_KEY_TYPE_MASTER,
            privKeyType=config.USM_KEY_TYPE_MASTER,
        )
        timeout_s = agent.patience.timeout_s
        target = await UdpTransportTarget.create(
            (agent.host, agent.port), timeout=_NEVER_S, retries=0
        )
        return PysnmpSession(engine, who, target, timeout_s)

    async def close(self) -> None:
        """Close the sockets."""
        for engine in (self._shared, *self._own.values()):
            if engine:
                engine.close_dispatcher()
        self._shared, self._own = None, {}

    async def _engine_for(self, agent: Agent) -> SnmpEngine:
        if agent.id not in self._opened:
            self._opened.add(agent.id)
            self.prepare()
            return self._shared
        if former := self._own.pop(agent.id, None):
            former.close_dispatcher()
        self._own[agent.id] = _engine()
        return self._own[agent.id]


class _Transport(udp.UdpTransport):  # type: ignore[misc]  # pysnmp has no types
    """pysnmp's UDP, which would let what a stray datagram raises end in the event loop."""

    def datagram_received(self, datagram: bytes, address: Any) -> None:  # noqa: ANN401
        with contextlib.suppress(Exception):  # TypeError, RecursionError: whatever decoding raises
            self._callback_function(self, address, datagram)


def _engine() -> SnmpEngine:
    """Make an engine with a socket that holds the answers of many agents."""
    engine = SnmpEngine()
    own = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
    own.bind(("", 0))
    own.setblocking(False)
    transport = _Transport().open_server_mode(sock=own)
    config.add_transport(engine, udp.DOMAIN_NAME, transport)
    return engine


_END = object()


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Give a value as gufo-snmp would."""
    for kind, plain in _PLAIN:
        if isinstance(value, kind):
            return plain(value)
    return None


_PLAIN: tuple[tuple[type, Callable[[Any], object]], ...] = (
    (EndOfMibView, lambda _: _END),
    (NoSuchInstance, lambda _: None),
    (NoSuchObject, lambda _: None),
    (IpAddress, lambda value: value.prettyPrint()),
    (univ.ObjectIdentifier, str),
    (univ.Null, lambda _: None),
    (univ.OctetString, bytes),
    (univ.Integer, int),
)
"""By the library's classes, of which the first that fits counts: they inherit each other."""
