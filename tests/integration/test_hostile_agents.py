"""The hostile agents are agents: what polls them cannot tell before they go wrong."""

from __future__ import annotations

import asyncio

import pytest
from tests.hostile_agents import USER, WAYS, hostile

_SYS_NAME = "1.3.6.1.2.1.1.5.0"


async def _asked(program: str, way: str, oid: str, *options: str) -> str:
    """Give what net-snmp makes of an agent, on both of its streams."""
    keys = ["-a", "SHA-256", "-A", USER.auth, "-x", "AES", "-X", USER.privacy]
    async with hostile(way) as port:
        process = await asyncio.create_subprocess_exec(
            *(
                program,
                "-v3",
                "-l",
                "authPriv",
                "-u",
                USER.name,
                *keys,
                "-On",
                "-t",
                "1",
                "-r",
                "0",
            ),
            *(*options, f"127.0.0.1:{port}", oid),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await asyncio.wait_for(process.communicate(), 30)
    return said.decode(errors="replace")


@pytest.mark.parametrize("way", ["honest", "late", "twice"])
def test_those_that_are_merely_odd_are_understood(way: str) -> None:
    said = asyncio.run(_asked("snmpget", way, _SYS_NAME))

    assert f'.{_SYS_NAME} = STRING: "hostile"' in said


def test_all_that_the_honest_one_has_is_walked() -> None:
    said = asyncio.run(_asked("snmpbulkwalk", "honest", "1.3.6.1.2.1.1"))

    assert [line.split(" = ")[0] for line in said.splitlines()][:4] == [
        ".1.3.6.1.2.1.1.1.0",
        ".1.3.6.1.2.1.1.2.0",
        ".1.3.6.1.2.1.1.3.0",
        ".1.3.6.1.2.1.1.5.0",
    ]


@pytest.mark.parametrize(
    "way",
    ["garbage", "truncated", "malformed", "wrong_digest", "wrong_request_id", "mute", "trickle"],
)
def test_what_is_no_answer_is_none_to_net_snmp_either(way: str) -> None:
    assert way in WAYS
    assert "Timeout" in asyncio.run(_asked("snmpget", way, _SYS_NAME))


@pytest.mark.parametrize("way", ["stuck_walk", "round_walk"])
def test_a_walk_that_does_not_advance_is_seen_by_net_snmp(way: str) -> None:
    assert "OID not increasing" in asyncio.run(_asked("snmpwalk", way, "1.3.6.1.2.1"))
