"""Agents that misbehave: none ends a round, lasts longer than it may, or delays another."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, cast

import pytest
from tests import hostile_agents, snmp_daemon, snmp_messages
from tests.examples import examples
from tests.hostile_agents import USER, WAYS, hostile
from tests.snmp_daemon import free_port, snmpd

from maille.health.snmp import usm
from maille.health.snmp.client import client
from maille.health.snmp.model import Agent, Answer, Patience, Silence, Table, User

if TYPE_CHECKING:
    from collections.abc import Callable

ENGINES = ("gufo", "pysnmp")
POLLER = User(USER.name, "sha256", USER.auth, "aes128", USER.privacy)
PATIENCE = Patience(timeout_s=0.5, tries=2)
SYSTEM = tuple(f"1.3.6.1.2.1.1.{number}.0" for number in (1, 2, 3, 5))
LONGEST_S = 60.0


def agent(port: int, name: str = "device", patience: Patience = PATIENCE) -> Agent:
    return Agent(name, "127.0.0.1", port, (POLLER,), patience)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("way", WAYS)
def test_whatever_an_agent_does_is_an_outcome(engine: str, way: str) -> None:
    async def asked() -> list[Answer | Table | Silence]:
        async with hostile(way, PATIENCE.timeout_s) as port, client(engine) as asking:
            return [
                await asking.get(agent(port), SYSTEM),
                await asking.get(agent(port), SYSTEM),
                await asking.walk(agent(port), "1.3.6.1.2.1.1", limit=100),
            ]

    begun_s = time.monotonic()
    found = asyncio.run(asked())
    assert time.monotonic() - begun_s < LONGEST_S
    answers = [one for one in found[:2] if isinstance(one, Answer)]
    assert all(len(one.values) == len(SYSTEM) for one in answers)
    if way == "honest":
        assert len(answers) == 2
        assert isinstance(found[2], Table)


@pytest.mark.parametrize("way", ["stuck_walk", "round_walk", "endless_walk"])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_walk_ends(engine: str, way: str) -> None:
    async def walked() -> Table | Silence:
        async with hostile(way, 1.0) as port, client(engine) as asking:
            patient = agent(port, patience=Patience(timeout_s=2.0, tries=1))
            return await asking.walk(patient, "1.3.6.1.2.1.1", limit=300)

    found = asyncio.run(walked())
    assert isinstance(found, Table) or found.reason == "endless"
    assert not isinstance(found, Table) or len(found.rows) <= 300


def test_an_engine_that_verifies_refuses_an_altered_answer() -> None:
    async def asked() -> Answer | Silence:
        async with hostile("wrong_digest") as port, client("pysnmp") as asking:
            return await asking.get(agent(port), SYSTEM)

    assert isinstance(asyncio.run(asked()), Silence)


def test_hostile_agents_do_not_delay_the_others() -> None:
    patience = Patience(timeout_s=1.0, tries=2)

    async def asked(port: int, user: User) -> tuple[list[float], list[Answer | Silence]]:
        async with AsyncExitStack() as stack, client("gufo") as asking:
            ways = [await stack.enter_async_context(hostile(way, 1.0)) for way in WAYS]
            bad = [agent(each, f"bad-{each}", patience) for each in ways]
            good = [Agent(f"good-{n}", "127.0.0.1", port, (user,), patience) for n in range(20)]
            await asyncio.gather(*(asking.get(each, SYSTEM) for each in good))
            begun_s = time.monotonic()
            took_s: list[float] = []

            async def timed(each: Agent) -> Answer | Silence:
                found = await asking.get(each, SYSTEM)
                if each.id.startswith("good"):
                    took_s.append(time.monotonic() - begun_s)
                return found

            found = await asyncio.gather(*map(timed, [*bad, *good]))
            return took_s, found[len(bad) :]

    with snmpd() as daemon:
        took_s, found = asyncio.run(asked(daemon.port, snmp_daemon.POLLER))
    assert all(isinstance(one, Answer) for one in found)
    # the slowest of the hostile takes two time-outs and more; generous, for a busy machine
    assert max(took_s) < 2 * patience.timeout_s


class _Answering(asyncio.DatagramProtocol):
    """Answers each datagram by whatever a function makes of it."""

    def __init__(self, made: Callable[[bytes], bytes]) -> None:
        self._made = made

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._transport.sendto(self._made(data), addr)


@pytest.mark.parametrize("engine", ENGINES)
def test_noise_in_place_of_an_answer_never_ends_a_question_by_an_exception(engine: str) -> None:
    chance = random.Random(20261122)  # noqa: S311 - noise, and the same at each run

    def noisy(request: bytes) -> bytes:
        try:
            heard = usm.read(request)
        except ValueError:
            return b""
        reply = bytearray(usm.discovery(heard.message_id).replace(b"\xa0", b"\xa8", 1))
        for _ in range(chance.randrange(8)):
            reply[chance.randrange(len(reply))] = chance.randrange(256)
        return bytes(reply[: chance.randrange(1, len(reply) + 1)])

    async def asked() -> list[Answer | Silence]:
        loop, port = asyncio.get_running_loop(), free_port()
        transport, _ = await loop.create_datagram_endpoint(
            lambda: _Answering(noisy), local_addr=("127.0.0.1", port)
        )
        quick = Patience(timeout_s=0.05, tries=1)
        async with client(engine) as asking:
            found = await asyncio.gather(
                *(asking.get(agent(port, str(n), quick), SYSTEM) for n in range(examples(150)))
            )
        transport.close()
        return found

    assert all(isinstance(one, Silence) for one in asyncio.run(asked()))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_genuine_message_with_any_contents_never_ends_a_question_by_an_exception(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is fuzzed is the decoding behind authentication and privacy."""
    chance = random.Random(20261122)  # noqa: S311

    def mutated(request_id: int, bindings: tuple[snmp_messages.Binding, ...]) -> bytes:
        pdu = bytearray(snmp_messages.response(request_id, bindings))
        if not bindings:  # a clock is learned by asking for nothing: let the session open
            return bytes(pdu)
        for _ in range(chance.randrange(1, 6)):
            pdu[chance.randrange(len(pdu))] = chance.randrange(256)
        return bytes(pdu[: chance.choice((len(pdu), chance.randrange(1, len(pdu))))])

    monkeypatch.setattr(hostile_agents, "response", mutated)

    async def asked() -> list[Answer | Table | Silence]:
        quick = Patience(timeout_s=0.1, tries=1)
        async with hostile("honest") as port, client(engine) as asking:
            found: list[Answer | Table | Silence] = []
            for number in range(examples(40)):
                found.append(await asking.get(agent(port, str(number % 5), quick), SYSTEM))
                found.append(await asking.walk(agent(port, str(number % 5), quick), "1.3.6.1.2.1"))
            return found

    assert len(asyncio.run(asked())) == 2 * examples(40)
