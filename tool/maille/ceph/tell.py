"""Commands to one daemon, and not to all of its kind: what only that one knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maille.ceph.errors import CephOutOfReachError
from maille.ceph.wire import answered, request

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster


def mon(cluster: Cluster, name: str, prefix: str, **args: object) -> Any:  # noqa: ANN401  # JSON of that command
    """Ask one monitor.

    Raises:
        CephOutOfReachError: it does not answer in time.
        CephError: it refused.
    """
    answer = cluster.handle.mon_command(request(prefix, args), b"", target=name)
    return answered(cluster.name, "mon", f"tell mon {prefix}", answer)


def osd(cluster: Cluster, number: int, prefix: str) -> Any:  # noqa: ANN401  # as above
    """Ask one OSD; raises as `mon` does."""
    answer = cluster.handle.osd_command(number, request(prefix, {}), b"")
    return answered(cluster.name, "osd", f"tell osd {prefix}", answer)


def mds(cluster: Cluster, filesystem: str, rank: int, prefix: str, **args: object) -> Any:  # noqa: ANN401  # as above
    """Ask the metadata server of a rank; raises as `mon` does."""
    answer = cluster.in_files(
        filesystem,
        lambda root: root.mds_command(
            f"{filesystem}:{rank}".encode(), request(prefix, args).encode(), b""
        ),
    )
    return answered(cluster.name, "mds", f"tell mds {prefix}", answer)


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
