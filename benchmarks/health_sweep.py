"""What a sweep of a whole estate costs its poller, beside the bare libraries in the same run.

All of Chartres as real agents, SNMPv3 with the algorithms of each
model, 12 objects each, sessions warm. A sweep of maille's decodes, judges and derives every state.
Then: 100 sweeps without a false time-out, and one with a tenth of the agents dead.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import shutil
import socket
import statistics
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gufo.snmp.aio import SnmpSession
from pysnmp.hlapi.v3arch.asyncio import ContextData, ObjectIdentity, ObjectType, get_cmd

from maille.check.run import check
from maille.health.judging.judge import judge
from maille.health.profiles.library import Library, Profile, shipped
from maille.health.profiles.schema import Check, Family
from maille.health.snmp.client import client
from maille.health.snmp.gufo_wire import gufo_user
from maille.health.snmp.model import Agent, Patience
from maille.health.snmp.prober import Prober
from maille.health.snmp.pysnmp_wire import PysnmpWire
from maille.health.states.of_blueprint import topology_of
from maille.health.states.tracker import Tracker
from maille.health.sweep.agents import agents, read_address_book
from maille.health.sweep.survey import Surveyor
from maille.health.sweep.sweep import Sweep
from maille.health.targets.build import targets
from maille.twin.agents.lifecycle import start, stop
from maille.twin.agents.snmpd import User

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from maille.blueprint.model import Blueprint
    from maille.health.targets.model import Target

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "health_sweep.json"
ALL_IN_SERVICE = date(2027, 12, 31)
PHRASES = ("of-the-authentication", "of-the-privacy")
AGENTS = 630
SCALARS = ("sysUpTime", "sysObjectID", "sysName", "snmpEngineBoots")
COLUMNS = (
    "ifAdminStatus",
    "ifOperStatus",
    "ifHighSpeed",
    "ifHCInOctets",
    "ifHCOutOctets",
    "ifInErrors",
    "ifOutErrors",
    "ifInDiscards",
)
IN_FLIGHT_PYSNMP = 50
LEAST_PER_CPU_S = 5_000
MOST_TIMES_GUFO = 2.0
MOST_BEYOND_S = 0.3


class Estate(NamedTuple):
    """What is swept."""

    blueprint: Blueprint
    targets: tuple[Target, ...]
    agents: dict[str, Agent]
    library: Library
    oids: tuple[str, ...]


class Cost(NamedTuple):
    """Of one sweep, in seconds."""

    processor_s: float
    wall_s: float


def twelve() -> tuple[Library, tuple[str, ...]]:
    """Give a profile that asks any agent for the same 12 objects, and their ids."""
    objects = shipped().profiles["cisco-ios"].objects
    family = Family(
        title="the same of all",
        source="IF-MIB",
        scalars={
            "uptime": SCALARS[0],
            "identity": SCALARS[1],
            "name": SCALARS[2],
            "boots": SCALARS[3],
        },
        checks=tuple(
            Check(object=name, instance="2", code="H005", says="is wrong", at_least=-1.0)
            for name in COLUMNS
        ),
    )
    oids = [f"{objects[name].oid}.0" for name in SCALARS]
    oids += [f"{objects[name].oid}.2" for name in COLUMNS]
    return Library({"twelve": Profile("twelve", family, objects)}), tuple(oids)


@contextmanager
def estate() -> Iterator[Estate]:
    """Run the agents of Chartres, all of them in service."""
    blueprint = check(ROOT / "inventory" / "chartres", ALL_IN_SERVICE).sound()
    folder = Path(tempfile.mkdtemp(prefix="maille-bench-"))
    folder.rmdir()
    snmp = blueprint.estate.settings.management.snmp
    try:
        record = start(folder, blueprint, User(snmp.user, *PHRASES))
        book = read_address_book(record.book, blueprint.estate.settings.estate)
        library, oids = twelve()
        every = targets(blueprint, shipped())[:AGENTS]
        plain = tuple(replace(one, profile="twelve", ports=()) for one in every if one.profile)
        phrases = iter(PHRASES)
        listening = agents(plain, snmp, book, Patience(), lambda _: next(phrases))
        gc.freeze()  # the blueprint stays; maille's commands do so, too
        yield Estate(blueprint, plain, listening, library, oids)
    finally:
        stop(folder, erase=True)
        shutil.rmtree(folder, ignore_errors=True)


async def timed(sweeps: Sequence[Callable[[], Awaitable[object]]], times: int) -> list[Cost]:
    """Give the median of some sweeps that take turns, after one of each that warms."""
    found: list[list[Cost]] = [[] for _ in sweeps]
    for sweep in sweeps:
        await sweep()
    for _ in range(times):
        for costs, sweep in zip(found, sweeps, strict=True):
            wall_s, processor_s = time.perf_counter(), time.process_time()
            await sweep()
            costs.append(Cost(time.process_time() - processor_s, time.perf_counter() - wall_s))
    return [Cost(*map(statistics.median, zip(*costs, strict=True))) for costs in found]


async def gufo_sessions(what: Estate) -> list[SnmpSession]:
    """Open a session of gufo-snmp alone with every agent."""
    prober, sessions = Prober(), []
    for agent in what.agents.values():
        heard = await prober.discover(agent)
        assert heard, agent.id  # noqa: S101 - a benchmark of agents that answer
        user = gufo_user(agent.users[0])
        session = SnmpSession(agent.host, agent.port, engine_id=heard.engine_id, user=user)
        await session.refresh()
        sessions.append(session)
    prober.close()
    return sessions


async def bare_pysnmp(what: Estate, times: int) -> Cost:
    """Ask all agents by pysnmp alone, as many at one time as it takes without losses."""
    wire, prober, sessions = PysnmpWire(), Prober(), []
    for agent in what.agents.values():
        heard = await prober.discover(agent)
        assert heard, agent.id  # noqa: S101
        sessions.append(await wire.open(agent, agent.users[0], heard.engine_id))
    prober.close()
    asked = [ObjectType(ObjectIdentity(oid)) for oid in what.oids]
    free = asyncio.Semaphore(IN_FLIGHT_PYSNMP)

    async def one(session: Any) -> None:  # noqa: ANN401 - pysnmp has no types
        async with free:
            own = (session._engine, session._user, session._target)  # noqa: SLF001
            await get_cmd(*own, ContextData(), *asked, lookupMib=False)

    async def sweep() -> None:
        await asyncio.gather(*map(one, sessions))

    (cost,) = await timed([sweep], times)
    await wire.close()
    return cost


async def beside_gufo(what: Estate, times: int, sweeps: int) -> tuple[Cost, Cost, int]:
    """Sweep, judge and derive, by turns with the bare library.

    Gives what each costs, and how many agents were called silent.
    """
    tracker, silent = Tracker(topology_of(what.blueprint)), 0
    sessions = await gufo_sessions(what)
    async with client("gufo") as asking, client("pysnmp") as by_context:
        own = Sweep(asking, Surveyor(asking, by_context), what.library, lambda: datetime.now(UTC))
        before: dict[str, Any] = {}

        async def bare() -> None:
            await asyncio.gather(*(session.get_many(what.oids) for session in sessions))

        async def sweep() -> None:
            nonlocal before, silent
            seen = await own.round(what.targets, what.agents)
            judged = judge(what.targets, what.library, seen, before, datetime.now(UTC))
            tracker.update(judged.conditions, judged.links)
            silent += sum(one.silence is not None for one in seen.values())
            before = seen

        gufo, cost = await timed([bare, sweep], times)
        for _ in range(sweeps - times):
            await sweep()
    return gufo, cost, silent


async def with_dead(what: Estate) -> tuple[float, int]:
    """Sweep while a tenth is dead: seconds, and how many live ones were lost."""
    with ExitStack() as stack:
        agents_ = dict(what.agents)
        dead = set(list(agents_)[::10])
        async with client("gufo") as asking, client("pysnmp") as by_context:
            own = Sweep(
                asking, Surveyor(asking, by_context), what.library, lambda: datetime.now(UTC)
            )
            await own.round(what.targets, agents_)
            for ident in dead:
                mute = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
                mute.bind(("127.0.0.1", 0))
                agents_[ident] = replace(
                    agents_[ident], id=f"{ident}!", port=mute.getsockname()[1], host="127.0.0.1"
                )
            begun_s = time.perf_counter()
            seen = await own.round(what.targets, agents_)
            took_s = time.perf_counter() - begun_s
    lost = sum(one.silence is not None for key, one in seen.items() if key not in dead)
    return took_s, lost


def per_cpu_s(cost: Cost, count: int) -> int:
    """Give devices a second of the processor."""
    return round(count / cost.processor_s)


def table(found: dict[str, Cost], count: int) -> Sequence[str]:
    """Give a line for each."""
    return [
        f"{name:<12} {cost.processor_s * 1000:8.1f} ms CPU {cost.wall_s * 1000:8.1f} ms"
        f" {per_cpu_s(cost, count):>8} devices a CPU second"
        for name, cost in found.items()
    ]


def main() -> None:
    """Measure, print, keep the results, and fail where a claim does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--sweeps", type=int, default=100)
    options = parser.parse_args()
    with estate() as what:
        count = len(what.agents)
        gufo, cost, silent = asyncio.run(beside_gufo(what, options.times, options.sweeps))
        pysnmp = asyncio.run(bare_pysnmp(what, 3))
        took_s, lost = asyncio.run(with_dead(what))
    found = {"bare gufo": gufo, "maille": cost, "bare pysnmp": pysnmp}
    patience = Patience()
    beyond_s = took_s - patience.timeout_s * patience.tries
    print(f"{count} agents, {len(what.oids)} objects each")
    print("\n".join(table(found, count)))
    print(f"{options.sweeps} sweeps: {silent} false time-outs")
    print(f"a tenth dead: {took_s:.2f} s, {beyond_s:.2f} s beyond the tries; {lost} live ones lost")
    claims = {
        f"at most {MOST_TIMES_GUFO} x bare gufo": cost.processor_s
        <= MOST_TIMES_GUFO * gufo.processor_s,
        f"at least {LEAST_PER_CPU_S} devices a CPU second": per_cpu_s(cost, count)
        >= LEAST_PER_CPU_S,
        "no false time-out": silent == 0,
        f"a tenth dead costs at most {MOST_BEYOND_S} s beyond the tries": beyond_s <= MOST_BEYOND_S
        and lost == 0,
    }
    RESULTS.write_text(
        json.dumps(
            {
                "agents": count,
                "objects": len(what.oids),
                **{
                    name: {**each._asdict(), "per_cpu_s": per_cpu_s(each, count)}
                    for name, each in found.items()
                },
                "sweeps": options.sweeps,
                "false_time_outs": silent,
                "tenth_dead_s": round(took_s, 3),
                "live_lost": lost,
                "load_average": os.getloadavg(),
                "claims": claims,
            },
            indent=2,
        )
        + "\n"
    )
    for claim, holds in claims.items():
        print(f"{'holds' if holds else 'FAILS'}: {claim}")
    raise SystemExit(not all(claims.values()))


if __name__ == "__main__":
    main()
