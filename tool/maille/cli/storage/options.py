"""What the commands that reach a cluster have in common."""

from __future__ import annotations

from contextlib import contextmanager
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


def reach_of(access: CephAccess, conf: Path | None) -> Reach:
    """Give how the provider reaches the cluster."""
    from maille.recording.stack.stack import Reach

    return Reach((conf or Path(access.conf)).absolute(), access.client, access.key)


@contextmanager
def opened(reach: Reach, filesystem: str | None = None) -> Iterator[Cluster]:
    """Open the cluster for as long as a `with` lasts; Ctrl-C ends what hangs meanwhile.

    Args:
        reach: how it is reached.
        filesystem: what must be served, if files are worked with.
    """
    from maille.ceph.connection import Access, Patience, connect
    from maille.ceph.servers import require_served
    from maille.cli.interrupting import interruptible
    from maille.secrets import resolve

    key = resolve(reach.key) if reach.key else None
    access = Access(reach.conf, reach.client, key, Patience(command_s=10))
    with interruptible(), connect(access) as cluster:
        if filesystem:
            require_served(cluster, filesystem)
        yield cluster
