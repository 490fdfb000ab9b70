"""`maille storage destroy`: everything that is only this estate's goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from maille.cli.options import AsJson, AsOf, Estate, Quiet
from maille.cli.shell import Shell
from maille.cli.storage.options import Client, Conf, ScaleText, Via, opened
from maille.cli.storage.preparing import counted, prepare

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster
    from maille.layout.model import Layout
    from maille.retention.places import Group


def destroy(
    estate: Estate,
    *,
    name: Annotated[
        str | None,
        typer.Option(
            "--name", metavar="ESTATE", help="The estate's name, instead of typing it when asked."
        ),
    ] = None,
    conf: Conf = None,
    client: Client = None,
    scale: ScaleText = "1",
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Remove the estate's shares, keys and pools from the cluster; others' stay.

    Refused while a share holds recordings or the copies of a legal hold: let them expire, release
    the holds, or give shares up one by one with `storage up --erase`. What the register tells of
    released holds is named first, and goes too. Ends when the cluster has erased what was removed.

    A cluster lets no pool be deleted until its administrator says so (`mon_allow_pool_delete`):
    that is looked up before anything goes.

    Example:
        maille storage destroy inventory/chartres
    """
    from maille.holds.remains import clear_register
    from maille.recording.terms.as_document import as_document
    from maille.recording.terms.as_text import as_text
    from maille.retention.places import Group
    from maille.retention.said import many

    shell = Shell(as_json, quiet)
    prepared = prepare(shell, estate, Via(conf, client), scale, (), as_of, fit=False)
    layout = prepared.assembly.layout
    group = Group(layout.estate, layout.filesystem.name)
    with opened(prepared.stack.reach) as cluster:
        released = _require_empty(layout, cluster, group)
        _require_deletable(layout, cluster)
    if released:
        shell.say(
            f"warning: the register of {many(len(released), 'released hold')} goes, too:"
            f" {', '.join(released)}; the journal in .maille stays"
        )
    _require_name(layout, name)
    if released:
        with opened(prepared.stack.reach) as cluster:
            clear_register(cluster, group)
    total = len(layout.subvolumes) + len(layout.clients)
    with shell.progress("removing", total) as step, counted(shell, step) as tell:
        outcome = prepared.stack.destroy(tell)
    shell.answer(as_document(outcome, layout, ()), lambda: as_text(outcome, layout, (), done=True))


def _require_empty(layout: Layout, cluster: Cluster, group: Group) -> tuple[str, ...]:
    """Pass if no recording is left; give the released holds that the register tells of."""
    from maille.ceph import filesystems
    from maille.holds.remains import area_of, remains_of
    from maille.layout.names import holds_subvolume
    from maille.recording.assembly import surroundings
    from maille.recording.emptiness import require_empty

    released: tuple[str, ...] = ()
    if filesystems.read(cluster, group.filesystem):
        with area_of(cluster, group) as area:
            remains = remains_of(area) if area else None
        if remains and remains.only_register:
            released = remains.released
    given_up = [holds_subvolume(group.estate)] if released else []
    require_empty(surroundings(layout, cluster), layout, given_up)
    return released


def _require_deletable(layout: Layout, cluster: Cluster) -> None:
    """Pass if the estate's pools may be deleted, or there are none."""
    from maille.ceph import deletion, pools

    if pools.read(cluster, layout.data_pool.name):
        deletion.require_deletable(cluster)


def _require_name(layout: Layout, given: str | None) -> None:
    from maille.errors import UsageError

    if given is None and not typer.get_text_stream("stdin").isatty():
        raise UsageError("nobody is there to type the estate's name", f"add --name {layout.estate}")
    if given is None:
        given = typer.prompt(
            f"type the estate's name to remove all of {layout.title} from its cluster", err=True
        )
    if given != layout.estate:
        raise UsageError(f"'{given}' is not the estate's name", "nothing was removed")
