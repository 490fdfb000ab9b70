"""`maille storage rotate`: other keys, and no gap in the recordings."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maille.cli.ids import Kind
from maille.cli.options import AsJson, AsOf, Estate, Quiet, complete_ids
from maille.cli.shell import Shell
from maille.cli.storage.moments import now
from maille.cli.storage.options import Client, Conf, Via
from maille.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.ceph.connection import Cluster
    from maille.cli.storage.keeping import Keeping
    from maille.layout.model import ServiceClient

UNFINISHED = "rotation.json"


def rotate(  # noqa: PLR0913 - one argument an option
    estate: Estate,
    *,
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="FOLDER", help="Where the keyrings of recorders and services go."
        ),
    ],
    communes: Annotated[
        list[str] | None,
        typer.Option(
            "--commune",
            metavar="INSEE",
            help="The recorder's key of this commune; may be given again.",
            show_default=False,
            autocompletion=complete_ids(Kind.COMMUNE),
        ),
    ] = None,
    services: Annotated[
        list[str] | None,
        typer.Option(
            "--service",
            metavar="SERVICE",
            help="recorder, exporter, verifier or expirer; may be given again.",
            show_default=False,
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every key of the estate.")] = False,
    grace: Annotated[
        int,
        typer.Option(min=0, max=86_400, help="Seconds to wait until all use their new keys."),
    ] = 300,
    at_once: Annotated[
        bool,
        typer.Option("--cut", help="Then end the other old sessions, too: they stop recording."),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write over files that hold something else.")
    ] = False,
    conf: Conf = None,
    client: Client = None,
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Replace keys without a gap in the recordings.

    New keys are put in and written to FOLDER/<recorder>.keyring. Old sessions go on until their
    host is seen with its new key, and are ended then. Who keeps to an old key is named, with
    exit code 3: the same command goes on where this one ended, and replaces nothing twice.

    Example:
        maille storage rotate inventory/chartres --all --out keys
        maille storage rotate inventory/chartres --commune 28085 --out keys --grace 600
    """
    from maille.ceph.keyring import keys
    from maille.cli.storage.keeping import keeping
    from maille.recording.keys.rotation import Rotation
    from maille.recording.keys.select import chosen
    from maille.recording.keys.told import rotated_document, rotated_text
    from maille.recording.keys.unfinished import Unfinished

    shell = Shell(as_json, quiet)
    if not out.is_dir():
        raise UsageError(f"there is no folder {out}", "make it first, for nobody else to enter")
    kept = keeping(shell, estate, as_of, Via(conf, client))
    layout = kept.layout
    named = chosen(layout, communes or [], ())
    meant = tuple(layout.clients.values()) if everything else chosen(layout, (), services or [])
    kept.own.mkdir(exist_ok=True)
    unfinished = Unfinished(kept.own / UNFINISHED)
    with unfinished.alone(), kept.cluster() as cluster:
        known = keys(cluster, [one.entity for one in meant])
        # of all, those that are: an estate grows by waves
        wanted = (*named, *(one for one in meant if one.entity in known and one not in named))
        if not wanted and not unfinished.open:
            raise UsageError("no key is named", "add --commune, --service or --all")
        begun = tuple(one for one in layout.clients.values() if one.entity in unfinished.open)
        _require_places(kept, cluster, (*wanted, *begun), out, force=force)
        rotation = Rotation(
            cluster,
            layout,
            unfinished,
            lambda clients: _deliver(kept, cluster, clients, out, force=force),
            kept.note,
            now,
            time.monotonic,
            time.sleep,
        )
        with shell.progress("replacing keys"):
            done = rotation.run(wanted, grace, at_once=at_once)
    shell.answer(rotated_document(done, layout.estate), lambda: rotated_text(done))
    if done.waiting:
        shell.say("bring their keyrings to those hosts, restart what records, and run this again")
        raise typer.Exit(ExitCode.CHANGES_PENDING)


def _require_places(
    kept: Keeping, cluster: Cluster, clients: Iterable[ServiceClient], out: Path, *, force: bool
) -> None:
    """Refuse, before any key is replaced, what could not be handed over then."""
    from maille.recording.keys.handover import require_own
    from maille.recording.keys.select import by_holder

    if not force:
        for holder, held in by_holder(kept.layout, clients).items():
            require_own(_file(out, holder), [one.entity for one in held], cluster.fsid)


def _deliver(
    kept: Keeping, cluster: Cluster, clients: Iterable[ServiceClient], out: Path, *, force: bool
) -> None:
    from maille.recording.keys.select import by_holder

    for holder, held in by_holder(kept.layout, clients).items():
        kept.write(cluster, _file(out, holder), held, force=force)


def _file(out: Path, holder: str) -> Path:
    return out / f"{holder}.keyring"
