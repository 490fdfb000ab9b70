"""`maille storage key`: a service's key on its way to a host, and who uses which."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maille.cli import estates
from maille.cli.ids import Kind
from maille.cli.options import AsJson, AsOf, Quiet, estate_and
from maille.cli.shell import Shell
from maille.cli.storage.options import Client, Conf, Via
from maille.errors import UsageError

if TYPE_CHECKING:
    from maille.cli.storage.keeping import Keeping


def key(  # noqa: PLR0913 - one argument an option
    words: Annotated[
        list[str] | None,
        estate_and("NAME", "Whose: a client, a commune, a recorder or a service.", Kind.COMMUNE),
    ] = None,
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Write the keyring there, for its owner alone, and a ceph.conf beside it.",
            show_default=False,
        ),
    ] = None,
    show: Annotated[
        bool, typer.Option("--show", help="Print the keyring although a terminal shows it.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that holds something else.")
    ] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="Tell all keys: fingerprint, rights, who uses them now.")
    ] = False,
    conf: Conf = None,
    client: Client = None,
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Hand over the key of a service, or all keys of a recorder; or list them.

    A key goes into a file or a pipe, and to a terminal with --show only. The journal tells who
    handed over which one, by its fingerprint.

    Example:
        maille storage key inventory/chartres --list
        maille storage key inventory/chartres nvr-1 --out nvr-1.keyring
        maille storage key inventory/chartres verifier > verifier.keyring
    """
    from maille.cli.storage.keeping import keeping

    estate, names = estates.split(words or [])
    if not names and not listed:
        raise UsageError("no key is named", "name a client, a commune or a recorder; or --list")
    if len(names) > 1:
        raise UsageError(f"{len(names)} keys are named", "name one: a recorder stands for all its")
    if not listed:
        _require_reader(out, show=show, as_json=as_json)
    kept = keeping(Shell(as_json, quiet), estate, as_of, Via(conf, client))
    if listed:
        _list(kept, names)
    elif out:
        _write(kept, names[0], out, force=force)
    else:
        _print(kept, names[0])


def _require_reader(out: Path | None, *, show: bool, as_json: bool) -> None:
    """Refuse what would put a key on a screen unasked, or a place where no file can be."""
    from maille.recording.keys.handover import require_place

    if out:
        require_place(out)
    elif as_json:
        raise UsageError("--json prints no key", "add --out FILE, or leave it out")
    elif not show and typer.get_text_stream("stdout").isatty():
        raise UsageError(
            "this terminal would show a key", "add --out FILE, or --show if nobody else sees it"
        )


def _list(kept: Keeping, names: list[str]) -> None:
    from maille.recording.keys.listing import as_document, as_text, rows
    from maille.recording.keys.select import named

    wanted = {one.entity for word in names for one in named(kept.layout, word)}
    with kept.cluster() as cluster:
        found = rows(cluster, kept.layout)
    shown = [row for row in found if not wanted or row.client.entity in wanted]
    kept.shell.answer(as_document(shown), lambda: as_text(shown))


def _write(kept: Keeping, name: str, out: Path, *, force: bool) -> None:
    from maille.recording.keys.handover import beside
    from maille.recording.keys.select import named

    clients = named(kept.layout, name)
    with kept.cluster() as cluster:
        fingerprints = kept.write(cluster, out, clients, force=force)
    document = {"keyring": out, "conf": beside(out), "fingerprints": fingerprints}
    kept.shell.answer(
        document, lambda: "\n".join(f"{one}  {told}" for one, told in fingerprints.items())
    )


def _print(kept: Keeping, name: str) -> None:
    from maille.recording.keys.handover import keyring
    from maille.recording.keys.select import named

    clients = named(kept.layout, name)
    with kept.cluster() as cluster:
        ring = keyring(cluster, clients)
    kept.note_handed_over(ring.fingerprints, "standard output")
    typer.echo(ring.text, nl=False)
    kept.tell_missing(ring.missing)
