"""The ceph.conf of a cluster: small, quick to start, on loopback only.

A cluster of defaults needs half a minute and gigabytes. What is set here changes how long
daemons wait and how much they cache, and nothing about how data are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.twin.cluster.record import Record

_UNUSED_MGR_MODULES = (
    "alerts",
    "cephadm",
    "dashboard",
    "diskprediction_local",
    "influx",
    "insights",
    "iostat",
    "k8sevents",
    "localpool",
    "mirroring",
    "nfs",
    "osd_perf_query",
    "osd_support",
    "prometheus",
    "restful",
    "rook",
    "selftest",
    "snap_schedule",
    "stats",
    "telegraf",
    "test_orchestrator",
    "zabbix",
)

_GLOBAL = {
    "ms bind msgr1": "false",
    "ms bind msgr2": "true",
    "ms bind port max": 8999,
    "public addr": "127.0.0.1",
    "cluster addr": "127.0.0.1",
    "auth cluster required": "cephx",
    "auth service required": "cephx",
    "auth client required": "cephx",
    "auth allow insecure global id reclaim": "false",
    "log to stderr": "false",
    "err to stderr": "true",
    "ms async op threads": 1,
    "osd pool default size": 3,
    "osd pool default min size": 2,
    "osd pool default pg num": 8,
    "osd pool default pgp num": 8,
    "osd pool default pg autoscale mode": "off",
    "mon max pg per osd": 2000,
    "mon data avail warn": 1,
    "mon data avail crit": 1,
}
_MON = {
    "paxos propose interval": 0.02,
    "paxos min wait": 0.01,
    "mon tick interval": 1,
    "mon lease": 2,
    "mon pg warn min per osd": 0,
    "mon osd min down reporters": 1,
    "mon osd adjust heartbeat grace": "false",
    "mon osd adjust down out interval": "false",
    "mon mgr beacon grace": 6,
    "mon rocksdb options": "write_buffer_size=4194304,compression=kNoCompression",
}
_MGR = {
    "mgr initial modules": "",
    "mgr disabled modules": ",".join(_UNUSED_MGR_MODULES),
    "mgr tick period": 1,
    "mgr stats period": 1,
    # it drops idle mounts one by one, and waits so long for a metadata server that has died
    "client shutdown timeout": 5,
}
_OSD = {
    "osd journal": "",
    "osd objectstore": "bluestore",
    "bluestore block create": "true",
    "bluestore block wal create": "false",
    "bluestore block db create": "false",
    "bluestore fsck on mkfs": "false",
    "bluestore fsck on mount": "false",
    "bluestore fsck on umount": "false",
    "bluestore cache autotune": "false",
    "bluestore cache size": 64 << 20,
    "bdev aio poll ms": 10,
    # Linux grants a whole machine 65,536 slots by default: at 1,024, of which the kernel takes
    # twice as many, the 33rd disk of all clusters on it would not start
    "bdev aio max queue depth": 128,
    "osd op num shards": 2,
    "osd op num threads per shard": 1,
    "osd heartbeat interval": 1,
    "osd heartbeat grace": 4,
    "osd mon report interval": 1,
    "osd recovery sleep": 0,
    "osd max backfills": 4,
    "osd fast shutdown": "true",
    "osd mclock skip benchmark": "true",
    "osd scrub load threshold": 100,
    "osd class update on start": "false",
    "osd crush update on start": "true",
}
_MDS = {
    "mds cache memory limit": 128 << 20,
    "mds tick interval": 0.5,
    "mds beacon interval": 1,
    "mds beacon grace": 6,
    # one that starts again waits so long for clients that have died: at 45 s, most of a test
    "mds reconnect timeout": 15,
}
_CLIENT = {
    # a key decides, and not which user of this machine asks: folders are made by root
    "client permissions": "false",
}


def ceph_conf(record: Record) -> str:
    """Give the text of a cluster's ceph.conf."""
    sections: dict[str, Mapping[str, object]] = {
        "global": _of_all(record),
        "mon": _daemon(record, "mon") | _cluster_log(record) | _MON,
        "mgr": _daemon(record, "mgr") | _MGR,
        "osd": _daemon(record, "osd")
        | {"bluestore block size": record.layout.osd_size_bytes}
        | _OSD,
        "mds": _daemon(record, "mds") | _MDS,
        "client": {"admin socket": "", "log file": "", **_CLIENT},
    }
    sections |= {
        osd.name: {"crush location": f"root=default rack={osd.rack} host={osd.host}"}
        for osd in record.layout.osds
    }
    return "\n".join(_section(name, options) for name, options in sections.items())


def _of_all(record: Record) -> dict[str, object]:
    return {
        "fsid": record.fsid,
        "mon host": ",".join(record.mon_addresses().values()),
        "keyring": record.keyring,
        "run dir": record.folder / "run",
        "crash dir": record.folder / "crash",
        **_GLOBAL,
    }


def _daemon(record: Record, kind: str) -> dict[str, object]:
    return {
        "admin socket": record.folder / "run" / "$name.asok",
        "log file": record.folder / "log" / "$name.log",
        f"{kind} data": record.folder / "data" / "$name",
    }


def _cluster_log(record: Record) -> dict[str, object]:
    return {"mon cluster log file": record.folder / "log" / "cluster.log"}


def _section(name: str, options: Mapping[str, object]) -> str:
    lines = [f"[{name}]", *(f"{option} = {value}" for option, value in options.items())]
    return "\n".join(lines) + "\n"
