"""Commands to one daemon, and not to all of its kind: what only that one knows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from maille.ceph.errors import CephOutOfReachError, refused

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster


def mon(cluster: Cluster, name: str, prefix: str) -> Any:  # noqa: ANN401  # JSON of that command
    """Ask one monitor.

    Raises:
        CephOutOfReachError: it does not answer in time.
        CephError: it refused.
    """
    answer, out, said = cluster.handle.mon_command(_request(prefix), b"", target=name)
    return _read(cluster, "mon", prefix, answer, out, said)


def osd(cluster: Cluster, number: int, prefix: str) -> Any:  # noqa: ANN401  # as above
    """Ask one OSD; raises as `mon` does."""
    answer, out, said = cluster.handle.osd_command(number, _request(prefix), b"")
    return _read(cluster, "osd", prefix, answer, out, said)


def mds(cluster: Cluster, filesystem: str, rank: int, prefix: str, **args: object) -> Any:  # noqa: ANN401  # as above
    """Ask the metadata server of a rank; raises as `mon` does."""
    answer, out, said = cluster.in_files(
        filesystem,
        lambda root: root.mds_command(
            f"{filesystem}:{rank}".encode(), _request(prefix, **args).encode(), b""
        ),
    )
    return _read(cluster, "mds", prefix, answer, out, said)


def ranks(cluster: Cluster, filesystem: str) -> tuple[int, ...]:
    """Give the ranks of a file system's active metadata servers.

    Raises:
        CephOutOfReachError: none is active.
    """
    up = cluster.mon("fs get", fs_name=filesystem)["mdsmap"]["up"]
    if not up:
        raise CephOutOfReachError(
            f"no metadata server of {filesystem} is active", "see `ceph fs status`; then try again"
        )
    return tuple(sorted(int(name.removeprefix("mds_")) for name in up))


def _request(prefix: str, **args: object) -> str:
    return json.dumps({"prefix": prefix, "format": "json", **args})


def _read(cluster: Cluster, daemon: str, prefix: str, answer: int, out: bytes, said: str) -> Any:  # noqa: ANN401  # as above
    if answer:
        raise refused(cluster.name, daemon, f"tell {daemon} {prefix}", answer, said)
    text = out.decode("utf-8", "replace").strip()
    return json.loads(text) if text else None
