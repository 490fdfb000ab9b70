"""Asks agents, each in its own time: tries, rediscovery, credentials, and a reason for silence.

It keeps a session with every agent that has answered. With the second try it also asks for the
agent's engine id, which needs no credentials: so a dead agent costs its tries and no more, and
one that is only silent to us is told from it (domain practice: a replaced device and a wrong
privacy key look like silence to both engines).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeVar

from maille.health.snmp.model import (
    Agent,
    Answer,
    Endless,
    Malformed,
    Refused,
    Rejected,
    Silence,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from types import TracebackType
    from typing import TypeAlias

    from maille.health.snmp.model import Reason, Row, Session, User, Wire
    from maille.health.snmp.prober import Prober
    from maille.health.snmp.usm import Heard

    Question: TypeAlias = Callable[[Session], Awaitable["T"]]

T = TypeVar("T")
_REASONS: dict[type[Exception], Reason] = {
    TimeoutError: "silent",
    Refused: "refused",
    Malformed: "malformed",
    Endless: "endless",
    Rejected: "rejected",
}
_FAILURES = tuple(_REASONS)
_WALK_TIMEOUTS = 10
"""How many time-outs a walk may last in all, answering all the while."""
_ANSWERED: frozenset[Reason] = frozenset({"malformed", "endless"})
"""Reasons that another user, or another discovery, would not change."""


@dataclass(slots=True)
class _Peer:
    """An agent that has answered: the session with it, as which of its users."""

    session: Session
    user: int


class Client:
    """All agents that are asked by one engine; open until `close`."""

    def __init__(
        self, wire: Wire, prober: Prober, known: Mapping[str, bytes] | None = None
    ) -> None:
        """Know no agent yet, or the engine ids of an earlier look by agent."""
        self._wire, self._prober = wire, prober
        self._peers: dict[str, _Peer] = {}
        self._engines = dict(known or {})
        self._renewed: set[str] = set()

    async def __aenter__(self) -> Self:
        """Open with the first question."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all sockets."""
        for peer in self._peers.values():
            peer.session.close()
        self._peers.clear()
        await self._wire.close()
        self._prober.close()

    def prepare(self) -> None:
        """Load the engine now, and not while the first agents are waited for."""
        self._wire.prepare()

    @property
    def in_flight(self) -> int:
        """How many agents may be asked at one time."""
        return self._wire.in_flight

    @property
    def engines(self) -> Mapping[str, bytes]:
        """The engine ids of all agents that ever answered."""
        return self._engines

    async def get(self, agent: Agent, oids: Sequence[str], context: str = "") -> Answer | Silence:
        """Ask for objects by one message; what does not exist is None."""
        peer = self._peers.get(agent.id)
        if peer and agent.id not in self._renewed:
            try:
                return Answer(await peer.session.get(oids, context), user=peer.user)
            except _FAILURES as failure:
                first: Exception | None = failure
        else:
            first = None
        found = await self._again(agent, lambda session: session.get(oids, context), first)
        if isinstance(found, Silence):
            return found
        renewed = agent.id in self._renewed
        self._renewed.discard(agent.id)
        return Answer(found, renewed, self._peers[agent.id].user)

    async def walk(
        self, agent: Agent, root: str, limit: int = 5000, context: str = ""
    ) -> Table | Silence:
        """Give everything below an object, at most `limit` rows."""

        async def walked(session: Session) -> tuple[Row, ...]:
            whole = asyncio.timeout(agent.patience.timeout_s * _WALK_TIMEOUTS)
            try:
                async with whole:
                    return await session.walk(root, limit, context)
            except TimeoutError:
                if whole.expired():
                    raise Endless from None
                raise

        found = await self._again(agent, walked, None)
        return found if isinstance(found, Silence) else Table(found)

    async def _again(
        self, agent: Agent, question: Question[T], failed: Exception | None
    ) -> T | Silence:
        """Ask until the tries are used up.

        Args:
            agent: whom to ask.
            question: what to ask of a session.
            failed: how the first try ended, if there was one.
        """
        peer = self._peers.get(agent.id)
        if peer is None:
            return await self._open(agent, question, await self._discover(agent))
        if failed is None:
            try:
                return await question(peer.session)
            except _FAILURES as failure:
                failed = failure
        if isinstance(failed, Rejected):
            try:  # a device that restarted has another clock, which is refused as a key is
                await peer.session.refresh()
                return await question(peer.session)
            except _FAILURES as failure:
                failed = failure
        return await self._persist(agent, question, peer, failed)

    async def _persist(
        self, agent: Agent, question: Question[T], peer: _Peer, failed: Exception
    ) -> T | Silence:
        """Try again for as often as is left, and ask who is there meanwhile."""
        heard = None
        for _ in range(agent.patience.tries - 1):
            probing = asyncio.ensure_future(self._prober.discover(agent))
            try:
                found = await question(peer.session)
            except _FAILURES as failure:
                failed = failure
                heard = await probing or heard
            else:
                probing.cancel()
                return found
        del self._peers[agent.id]
        peer.session.close()
        reason = _REASONS[type(failed)]
        if heard is None or reason in _ANSWERED:
            return Silence(reason)
        return await self._open(agent, question, heard)

    async def _discover(self, agent: Agent) -> Heard | None:
        for _ in range(agent.patience.tries):
            if heard := await self._prober.discover(agent):
                return heard
        return None

    async def _open(self, agent: Agent, question: Question[T], heard: Heard | None) -> T | Silence:
        """Make an agent's acquaintance, as the first of its users that it takes."""
        if heard is None or not heard.engine_id:
            return Silence("silent")
        former = self._engines.get(agent.id)
        renewed = former is not None and former != heard.engine_id
        reason: Reason = "rejected"
        for number, user in enumerate(agent.users):
            try:
                session, found = await self._acquainted(agent, user, heard.engine_id, question)
            except _FAILURES as failure:
                reason = _REASONS[type(failure)]
                if reason in _ANSWERED:
                    return Silence(reason)
                reason = await self._prober.reason(agent, user, heard)
                continue
            self._peers[agent.id] = _Peer(session, number)
            self._engines[agent.id] = heard.engine_id
            if renewed:
                self._renewed.add(agent.id)  # until an answer carries it
            return found
        return Silence("replaced" if renewed else reason)

    async def _acquainted(
        self, agent: Agent, user: User, engine_id: bytes, question: Question[T]
    ) -> tuple[Session, T]:
        """Open a session as one user and ask; a lost datagram costs a try here, too."""
        for left in reversed(range(agent.patience.tries)):
            try:
                session = await self._wire.open(agent, user, engine_id)
                return session, await question(session)
            except TimeoutError:
                if not left:
                    raise
        raise TimeoutError


def client(engine: str, known: Mapping[str, bytes] | None = None) -> Client:
    """Give a client with an engine by its name, `gufo` or `pysnmp`.

    Args:
        engine: the name.
        known: engine ids of an earlier look, by agent.
    """
    from maille.health.snmp.prober import Prober

    return Client(_wire(engine), Prober(), known)


def _wire(engine: str) -> Wire:
    if engine == "pysnmp":
        from maille.health.snmp.pysnmp_wire import PysnmpWire

        return PysnmpWire()
    from maille.health.snmp.gufo_wire import GufoWire

    return GufoWire()
