"""Who is connected with which key, and shutting out whom that no longer befits.

Removing or replacing a key ends nothing: whoever is connected goes on reading and writing. What
ends a session is its address on the cluster's blocklist, once every OSD and metadata server
knows of it. An entry that lapses lets a connection go on that was kept open, and metadata
servers set theirs for an hour: so one for a year is set before.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from maille.ceph import tell
from maille.ceph.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from maille.ceph.connection import Cluster

SHUT_OUT_FOR = timedelta(days=365)
"""Longer than a connection lasts: an OSD that is restarted asks for the key again."""


@dataclass(frozen=True, slots=True)
class Session:
    """One process that is connected, through CephFS or RADOS."""

    entity: str
    address: str
    """Of one process's connection, for good: `10.0.0.7:0/3122745787`."""
    ident: int
    """Unique on the cluster."""
    host: str
    """As it calls itself."""


def sessions(cluster: Cluster, filesystem: str) -> tuple[Session, ...]:
    """Give every client's sessions that a monitor or a metadata server knows, by client.

    Monitors know whose a session is. Metadata servers repeat what it says of itself; they tell
    of one that lost its monitor.

    Raises:
        CephOutOfReachError: a daemon does not answer: then others may have sessions, too.
    """
    found = {one.address: one for one in _known_to_metadata_servers(cluster, filesystem)}
    found |= {one.address: one for one in _known_to_monitors(cluster)}
    return tuple(sorted(found.values(), key=lambda one: (one.entity, one.ident)))


def shut_out(cluster: Cluster, filesystem: str, given: Collection[Session], now: datetime) -> None:
    """End sessions for good; when this returns, no daemon that is up serves them.

    Raises:
        CephError: a daemon did not learn of it in time; the call may be repeated.
    """
    if not given:
        return
    _blocklist(cluster, {one.address for one in given}, now)
    idents = {one.ident for one in given}
    for rank in tell.ranks(cluster, filesystem):
        for ident in idents & {one["id"] for one in _listed(cluster, filesystem, rank)}:
            tell.mds(cluster, filesystem, rank, "session evict", filters=[f"id={ident}"])
    _wait_for_all(cluster)


def evict(cluster: Cluster, filesystem: str, entity: str) -> None:
    """End what a client has mounted, and with it what it keeps locked; its key stays good.

    Raises:
        CephOutOfReachError: a metadata server does not answer.
    """
    auth_id = entity.removeprefix("client.")
    for rank in tell.ranks(cluster, filesystem):
        for one in _listed(cluster, filesystem, rank):
            if one["client_metadata"].get("entity_id") == auth_id:
                filters = [f"id={one['id']}"]
                tell.mds(cluster, filesystem, rank, "session evict", filters=filters)


def _blocklist(cluster: Cluster, addresses: Collection[str], now: datetime) -> None:
    """Set entries that last; before a metadata server sets its own, which lasts an hour.

    An entry that is there is not lengthened, though the answer is 0: it is taken out first.
    """
    already = shut_out_until(cluster)
    for address in addresses:
        if address in already:
            if already[address] - now > SHUT_OUT_FOR / 2:
                continue
            cluster.mon("osd blocklist", blocklistop="rm", addr=address)
        cluster.mon(
            "osd blocklist",
            blocklistop="add",
            addr=address,
            expire=SHUT_OUT_FOR.total_seconds(),
        )


def shut_out_until(cluster: Cluster) -> dict[str, datetime]:
    """Give the addresses that are shut out, and until when."""
    told = cluster.mon("osd blocklist ls")
    if isinstance(told, str):  # 16.2 writes a second, empty list behind the first
        told, _ = json.JSONDecoder().raw_decode(told)
    return {one["addr"]: datetime.fromisoformat(one["until"]) for one in told or ()}


def _wait_for_all(cluster: Cluster) -> None:
    """Wait until every OSD that is up works with the map that has the blocklist's last entry."""
    dump = cluster.mon("osd dump")
    behind = {int(osd["osd"]) for osd in dump["osds"] if osd["up"]}

    def known() -> bool:
        behind.difference_update(
            [
                number
                for number in behind
                if tell.osd(cluster, number, "status")["newest_map"] >= dump["epoch"]
            ]
        )
        return not behind

    wait_until(
        known,
        cluster.access.patience.command_s,
        "some OSDs do not know yet who is shut out",
    )


def _known_to_monitors(cluster: Cluster) -> Iterator[Session]:
    for name in cluster.mon("quorum_status")["quorum_names"]:
        for one in tell.mon(cluster, name, "sessions"):
            if one["con_type"] == "client" and one["authenticated"]:
                for address in one["addrs"]["addrvec"]:
                    yield Session(
                        one["entity_name"], _text(address), one["global_id"], one["remote_host"]
                    )


def _known_to_metadata_servers(cluster: Cluster, filesystem: str) -> Iterator[Session]:
    for rank in tell.ranks(cluster, filesystem):
        for one in _listed(cluster, filesystem, rank):
            told = one["client_metadata"]
            yield Session(
                f"client.{told.get('entity_id', '')}",
                _text(one["entity"]["addr"]),
                one["id"],
                told.get("hostname", ""),
            )


def _listed(cluster: Cluster, filesystem: str, rank: int) -> list[dict[str, Any]]:
    return list(tell.mds(cluster, filesystem, rank, "session ls"))


def _text(address: dict[str, Any]) -> str:
    return f"{address['addr']}/{address['nonce']}"
