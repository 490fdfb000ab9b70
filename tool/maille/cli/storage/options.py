"""What the commands that reach a cluster have in common."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.ceph.connection import Cluster
    from maille.inventory.schema.settings import CephAccess
    from maille.layout.scale import Scale
    from maille.recording.stack.stack import Reach

Conf = Annotated[
    Path | None,
    typer.Option(
        "--conf",
        metavar="FILE",
        help="The cluster's ceph.conf.",
        envvar="CEPH_CONF",
        show_default="storage.access.conf of estate.yaml",
        exists=False,
        dir_okay=False,
    ),
]
Client = Annotated[
    str | None,
    typer.Option(
        "--client",
        metavar="NAME",
        help="Who to be on the cluster, by the keyring that its ceph.conf names: client.admin.",
        show_default="storage.access.client of estate.yaml",
    ),
]
ScaleText = Annotated[
    str,
    typer.Option(
        "--scale",
        metavar="1/N",
        help="Reduce every size, for a laboratory's cluster: 1/20000.",
        envvar="MAILLE_STORAGE_SCALE",
    ),
]


def scale_of(text: str) -> Scale:
    """Read the option, or refuse it as Typer does."""
    from maille.errors import UsageError
    from maille.layout.scale import parse_scale

    try:
        return parse_scale(text)
    except UsageError as error:
        raise typer.BadParameter(f"{error.what}; {error.how}") from None


@dataclass(frozen=True, slots=True)
class Via:
    """What a command line says of the way to the cluster; None: as the estate says."""

    conf: Path | None = None
    client: str | None = None


def reach_of(access: CephAccess, via: Via, estate: Path) -> Reach:
    """Give how the provider reaches the cluster; relative paths of a key are the estate's."""
    from maille.recording.stack.stack import Reach
    from maille.secrets import located

    conf = (via.conf or Path(access.conf)).absolute()
    if via.client and via.client != access.client:
        return Reach(conf, via.client)  # the key that the estate names is another's
    key = located(access.key, estate.absolute()) if access.key else None
    return Reach(conf, access.client, key)


@contextmanager
def opened(reach: Reach, filesystem: str | None = None) -> Iterator[Cluster]:
    """Open the cluster for as long as a `with` lasts; Ctrl-C ends what hangs meanwhile.

    Args:
        reach: how it is reached.
        filesystem: what must be served, if files are worked with.
    """
    from maille.ceph.connection import connect
    from maille.ceph.servers import require_served
    from maille.cli.interrupting import interruptible

    with interruptible(), connect(reach.access) as cluster:
        if filesystem:
            require_served(cluster, filesystem)
        yield cluster
