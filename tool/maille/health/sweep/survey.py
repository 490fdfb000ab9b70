"""Asks a switch how it numbers its ports, what each feeds, and who is behind it.

It walks, so it is done seldom: at first, and when the switch has restarted. Whatever it cannot
find stays out, and nothing is said of it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from maille.health.snmp.model import Answer, Silence
from maille.health.sweep.model import Learnt, Seen, Survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maille.health.profiles.library import Profile
    from maille.health.snmp.client import Client
    from maille.health.snmp.model import Agent, Value
    from maille.health.targets.model import ExpectedPort, Target

_IF_NAME = "1.3.6.1.2.1.31.1.1.1.1"
_ENTITY_NAME = "1.3.6.1.2.1.47.1.1.1.1.7"
_LOCAL_PORT_ID, _LOCAL_PORT_DESC = "1.0.8802.1.1.2.1.3.7.1.3", "1.0.8802.1.1.2.1.3.7.1.4"
_REMOTE_PORT_ID, _REMOTE_PORT_DESC = "1.0.8802.1.1.2.1.4.1.1.7", "1.0.8802.1.1.2.1.4.1.1.8"
_REMOTE_NAME = "1.0.8802.1.1.2.1.4.1.1.9"
_BRIDGE_FDB_PORT, _BRIDGE_IF_INDEX = "1.3.6.1.2.1.17.4.3.1.2", "1.3.6.1.2.1.17.1.4.1.2"
_Q_BRIDGE_FDB_PORT = "1.3.6.1.2.1.17.7.1.2.2.1.2"
_MOST_LEARNT = 2000
_FIRST_GROUP = 1
_MESSAGE = 20


class Surveyor:
    """Surveys switches through one client, and VLAN by VLAN through another."""

    def __init__(self, client: Client, by_context: Client) -> None:
        """Take the client of the sweep, and one whose engine has context names."""
        self._client, self._by_context = client, by_context

    async def survey(self, target: Target, profile: Profile, agent: Agent) -> Survey | Silence:
        """Survey a switch; anything else has nothing to be surveyed."""
        if not target.ports:
            return Survey()
        found = await self._client.walk(agent, _IF_NAME)
        if isinstance(found, Silence):
            return found
        names = {_last(oid): text(value) for oid, value in found.rows}
        indexes = _indexes(target.ports, names, profile)
        feeding = await self._feeding(target.ports, profile, agent)
        neighbours = (
            await self._neighbours(indexes, names, agent) if profile.family.neighbours else {}
        )
        learnt = await self._learnt(target.ports, indexes, names, profile, agent)
        return Survey(indexes, feeding, neighbours, learnt)

    async def _walked(self, agent: Agent, root: str) -> dict[str, Value]:
        """Give the rows of a column by their instances; none if it is not there."""
        found = await self._client.walk(agent, root)
        if isinstance(found, Silence):
            return {}
        return {oid[len(root) + 1 :]: value for oid, value in found.rows}

    async def _feeding(
        self, ports: tuple[ExpectedPort, ...], profile: Profile, agent: Agent
    ) -> Mapping[str, str]:
        power, feeding = profile.family.power, [port.name for port in ports if port.feeds]
        if not power or not feeding:
            return {}
        numbered = {name: f"{_FIRST_GROUP}.{_number(name)}" for name in feeding}
        if power.index == "number" or power.entity is None:
            return numbered
        entities = await self._walked(agent, profile.objects[power.entity].oid)
        called = await self._entity_names(agent, entities.values())
        instances = {
            called[entity]: instance for instance, entity in entities.items() if entity in called
        }
        spelt = _spelling(feeding, profile)
        return {spelt[name]: at for name, at in instances.items() if name in spelt} or numbered

    async def _entity_names(self, agent: Agent, entities: Iterable[Value]) -> dict[Value, str]:
        wanted = [entity for entity in entities if isinstance(entity, int)]
        names: dict[Value, str] = {}
        for at in range(0, len(wanted), _MESSAGE):
            some = wanted[at : at + _MESSAGE]
            found = await self._client.get(agent, [f"{_ENTITY_NAME}.{entity}" for entity in some])
            if isinstance(found, Answer):
                told = zip(some, found.values, strict=True)
                names |= {entity: text(value).lower() for entity, value in told if value}
        return names

    async def _neighbours(
        self, indexes: Mapping[str, int], names: Mapping[int, str], agent: Agent
    ) -> Mapping[str, tuple[Seen, ...]]:
        remote = await self._walked(agent, _REMOTE_NAME)
        if not remote:
            return {}
        ids = await self._walked(agent, _REMOTE_PORT_ID)
        descriptions = await self._walked(agent, _REMOTE_PORT_DESC)
        local = await self._local_ports(indexes, names, agent)
        found: dict[str, list[Seen]] = defaultdict(list)
        for instance, name in remote.items():
            port = local.get(instance.split(".")[1]) if instance.count(".") == 2 else None
            if port:
                calls = (text(told[instance]) for told in (ids, descriptions) if instance in told)
                found[port].append(Seen(text(name), tuple(calls)))
        return {port: tuple(seen) for port, seen in found.items()}

    async def _local_ports(
        self, indexes: Mapping[str, int], names: Mapping[int, str], agent: Agent
    ) -> Mapping[str, str]:
        """Give the configured name of each port by its number in LLDP, which may be any."""
        by_name = {names[index].lower(): port for port, index in indexes.items()}
        by_name |= {port.lower(): port for port in indexes}
        found = {str(index): port for port, index in indexes.items()}
        for column in (_LOCAL_PORT_DESC, _LOCAL_PORT_ID):
            for number, value in (await self._walked(agent, column)).items():
                if port := by_name.get(text(value).lower()):
                    found[number] = port
        return found

    async def _learnt(
        self,
        ports: tuple[ExpectedPort, ...],
        indexes: Mapping[str, int],
        names: Mapping[int, str],
        profile: Profile,
        agent: Agent,
    ) -> Mapping[str, Learnt]:
        how = profile.family.addresses
        by_vlan: dict[int, list[ExpectedPort]] = defaultdict(list)
        for port in ports:
            if port.mac and port.vlan and port.name in indexes:
                by_vlan[port.vlan].append(port)
        found: dict[str, Learnt] = {}
        for vlan, some in by_vlan.items() if how else ():
            context = f"vlan-{vlan}" if how == "bridge_by_vlan" else ""
            table = _BRIDGE_FDB_PORT if context else f"{_Q_BRIDGE_FDB_PORT}.{vlan}"
            client = self._by_context if context else self._client
            rows = await client.walk(agent, table, _MOST_LEARNT, context)
            bridge = await client.walk(agent, _BRIDGE_IF_INDEX, _MOST_LEARNT, context)
            if isinstance(rows, Silence) or isinstance(bridge, Silence) or not bridge.rows:
                continue
            interfaces = {_last(oid): value for oid, value in bridge.rows}
            at = {_mac(oid): interfaces.get(_whole(value)) for oid, value in rows.rows}
            found |= {port.name: _placed(port, indexes, names, at) for port in some}
        return found


def text(value: Value) -> str:
    """Give a value as text, whatever the agent wrote."""
    return value.decode("utf-8", errors="replace") if isinstance(value, bytes) else str(value)


def spellings(name: str, profile: Profile) -> Iterator[str]:
    """Give the ways in which a device may write the name of a port, in lower case."""
    yield name.lower()
    for long, short in profile.family.shortened.items():
        if name.startswith(long) and name[len(long) : len(long) + 1].isdigit():
            yield f"{short}{name[len(long) :]}".lower()


def _spelling(names: Iterable[str], profile: Profile) -> dict[str, str]:
    return {spelt: name for name in names for spelt in spellings(name, profile)}


def _indexes(
    ports: tuple[ExpectedPort, ...], names: Mapping[int, str], profile: Profile
) -> dict[str, int]:
    spelt = _spelling((port.name for port in ports), profile)
    found = ((spelt.get(name.lower()), index) for index, name in names.items())
    return {port: index for port, index in found if port}


def _placed(
    port: ExpectedPort,
    indexes: Mapping[str, int],
    names: Mapping[int, str],
    at: Mapping[str, Value],
) -> Learnt:
    own = indexes[port.name]
    where = _whole(at.get(port.mac or ""))
    others = tuple(sorted(mac for mac, index in at.items() if index == own and mac != port.mac))
    return Learnt(names.get(where) if where else None, where == own, others)


def _mac(oid: str) -> str:
    return ":".join(f"{int(arc) & 0xFF:02x}" for arc in oid.split(".")[-6:])


def _last(oid: str) -> int:
    return int(oid.rpartition(".")[2])


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _number(name: str) -> str:
    return name[len(name.rstrip("0123456789")) :]
