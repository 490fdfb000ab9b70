"""Both engines on the same real agents, and what they say of an agent's silence."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.snmp_daemon import POLLER, snmpd

from maille.health.snmp.client import client
from maille.health.snmp.model import Answer, Patience, Silence, Table, User

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.snmp_daemon import Daemon

    from maille.health.snmp.model import Agent, Reason
    from maille.inventory.schema.catalogue import SnmpAuth, SnmpPrivacy

ENGINES = ("gufo", "pysnmp")
UPTIME = "1.3.6.1.2.1.1.3.0"
TYPES = (
    UPTIME,  # TimeTicks
    "1.3.6.1.2.1.1.2.0",  # OBJECT IDENTIFIER
    "1.3.6.1.2.1.1.5.0",  # OCTET STRING
    "1.3.6.1.2.1.2.2.1.3.1",  # INTEGER
    "1.3.6.1.2.1.2.2.1.5.1",  # Gauge32
    "1.3.6.1.2.1.2.2.1.14.1",  # Counter32
    "1.3.6.1.2.1.31.1.1.1.6.1",  # Counter64
    "1.3.6.1.2.1.4.20.1.1.127.0.0.1",  # IpAddress
    "1.3.6.1.2.1.2.2.1.6.1",  # an empty text
    "1.3.6.1.2.1.1.99.0",  # noSuchObject
    "1.3.6.1.2.1.2.2.1.5.999",  # noSuchInstance
)
COUNTING = {0, 6}
"""Places in `TYPES` of what goes on between two questions."""
OTHER = User("follower", "sha512", "another-for-authentication", "aes128", "another-for-privacy")
PATIENT = Patience(timeout_s=5.0, tries=2)
"""For answers that must come, on a machine that is busy."""


@pytest.fixture(scope="module")
def daemon() -> Iterator[Daemon]:
    with snmpd() as running:
        yield running


async def _got(engine: str, agent: Agent, oids: Sequence[str]) -> Answer | Silence:
    async with client(engine) as asking:
        return await asking.get(agent, oids)


def got(engine: str, agent: Agent, oids: Sequence[str] = (UPTIME,)) -> Answer | Silence:
    return asyncio.run(_got(engine, agent, oids))


def test_both_engines_give_equal_values_of_every_type(daemon: Daemon) -> None:
    agent = daemon.agent(patience=PATIENT)
    answers = [got(engine, agent, TYPES) for engine in ENGINES]
    kinds = [[type(value) for value in one.values] for one in answers if isinstance(one, Answer)]
    assert kinds == [[int, str, bytes, int, int, int, int, str, bytes, type(None), type(None)]] * 2
    steady = [
        [value for at, value in enumerate(one.values) if at not in COUNTING]
        for one in answers
        if isinstance(one, Answer)
    ]
    assert steady[0] == steady[1]


@pytest.mark.parametrize("root", ["1.3.6.1.2.1.31.1.1.1.1", "1.3.6.1.2.1.1.9", "1.3.6.1.2.1.99"])
def test_both_engines_walk_the_same_rows(daemon: Daemon, root: str) -> None:
    async def walked(engine: str) -> Table | Silence:
        async with client(engine) as asking:
            return await asking.walk(daemon.agent(patience=PATIENT), root)

    one, other = (asyncio.run(walked(engine)) for engine in ENGINES)
    assert isinstance(one, Table)
    assert one == other
    assert bool(one.rows) is not root.endswith(".99")


@pytest.mark.parametrize("privacy", ["des", "aes128", "aes256"])
@pytest.mark.parametrize("auth", ["md5", "sha1", "sha256", "sha512"])
def test_both_engines_speak_every_algorithm(auth: SnmpAuth, privacy: SnmpPrivacy) -> None:
    user = User("maille", auth, "of-the-authentication", privacy, "of-the-privacy")
    with snmpd((user,)) as daemon:
        agent = daemon.agent(user, patience=PATIENT)
        found = [got(engine, agent, TYPES[1:3]) for engine in ENGINES]
    assert isinstance(found[0], Answer)
    assert found[0] == found[1]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("user", "reason"),
    [
        (replace(POLLER, auth_phrase="not-this-one"), "wrong_auth_key"),
        (replace(POLLER, privacy_phrase="not-this-one"), "wrong_privacy_key"),
        (replace(POLLER, name="nobody"), "unknown_user"),
    ],
)
def test_wrong_credentials_are_told_apart(
    daemon: Daemon, engine: str, user: User, reason: Reason
) -> None:
    assert got(engine, daemon.agent(user)) == Silence(reason)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_agent_that_hangs_is_silent_and_answers_when_it_goes_on(engine: str) -> None:
    async def followed(daemon: Daemon) -> list[Answer | Silence]:
        async with client(engine) as asking:
            found = [await asking.get(daemon.agent(patience=PATIENT), (UPTIME,))]
            daemon.pause()
            found.append(await asking.get(daemon.agent(), (UPTIME,)))
            daemon.go_on()
            return [*found, await asking.get(daemon.agent(patience=PATIENT), TYPES[1:3])]

    with snmpd() as daemon:
        first, hung, last = asyncio.run(followed(daemon))
    assert isinstance(first, Answer)
    assert hung == Silence("silent")
    # what it was asked meanwhile it answers now, and that is no answer to the last question
    assert isinstance(last, Answer)
    assert last.values[0] == "1.3.6.1.4.1.8072.3.2.10"


def test_a_host_without_an_agent_is_told_from_silence() -> None:
    async def stopped(daemon: Daemon) -> Answer | Silence:
        async with client("gufo") as asking:
            await asking.get(daemon.agent(patience=PATIENT), (UPTIME,))
            daemon.stop()
            return await asking.get(daemon.agent(), (UPTIME,))

    with snmpd() as daemon:
        assert asyncio.run(stopped(daemon)) == Silence("refused")


@pytest.mark.parametrize("engine", ENGINES)
def test_an_agent_that_restarts_goes_on_being_answered(engine: str) -> None:
    async def restarted(daemon: Daemon) -> Answer | Silence:
        async with client(engine) as asking:
            agent = daemon.agent(patience=PATIENT)
            await asking.get(agent, (UPTIME,))
            daemon.stop()
            daemon.start()
            return await asking.get(agent, (UPTIME,))

    with snmpd() as daemon:
        found = asyncio.run(restarted(daemon))
    assert isinstance(found, Answer)
    assert not found.renewed


@pytest.mark.parametrize("engine", ENGINES)
def test_a_replaced_device_is_told_with_its_answer_or_with_its_refusal(engine: str) -> None:
    async def replaced(daemon: Daemon) -> list[Answer | Silence]:
        async with client(engine) as asking:
            patient = daemon.agent(patience=Patience(timeout_s=2.0, tries=2))
            found = [await asking.get(patient, (UPTIME,))]
            daemon.replace(engine="0x80001f8804c0ffee02")
            found += [await asking.get(patient, (UPTIME,)) for _ in range(2)]
            other = replace(POLLER, auth_phrase="of-the-factory")
            daemon.replace(engine="0x80001f8804c0ffee03", users=(other,))
            return [*found, await asking.get(daemon.agent(), (UPTIME,))]

    with snmpd() as daemon:
        first, second, third, last = asyncio.run(replaced(daemon))
    assert [one.renewed for one in (first, second, third) if isinstance(one, Answer)] == [
        False,
        True,
        False,
    ]
    assert last == Silence("replaced")


@pytest.mark.parametrize("engine", ENGINES)
def test_credentials_change_and_no_question_is_lost(engine: str) -> None:
    async def rotated(daemon: Daemon) -> list[Answer | Silence]:
        async with client(engine) as asking:
            agent = daemon.agent(POLLER, OTHER, patience=Patience(timeout_s=2.0, tries=2))
            found = [await asking.get(agent, TYPES[1:2])]
            daemon.replace(users=(OTHER,))
            return [*found, *[await asking.get(agent, TYPES[1:2]) for _ in range(2)]]

    with snmpd() as daemon:
        found = asyncio.run(rotated(daemon))
    assert [one.user for one in found if isinstance(one, Answer)] == [0, 1, 1]
