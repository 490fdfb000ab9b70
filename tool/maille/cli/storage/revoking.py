"""`maille storage revoke`: a key that must not be used any more."""

from __future__ import annotations

from typing import Annotated

import typer

from maille.cli import estates
from maille.cli.options import AsJson, AsOf, Quiet, estate_and
from maille.cli.shell import Shell
from maille.cli.storage.moments import now
from maille.cli.storage.options import Client, Conf, Via
from maille.errors import ExitCode, UsageError


def revoke(
    words: Annotated[list[str], estate_and("CLIENT", "Whose key: `key --list` names them.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")] = False,
    conf: Conf = None,
    client: Client = None,
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Remove a key, end everything that is open with it, and prove both.

    A recorder without its key stops recording: `maille storage refresh`, then `up` and `key`
    give it another one. What a process has read before stays with it.

    Example:
        maille storage revoke inventory/chartres client.chartres-28085.recorder
    """
    from maille.cli.storage.keeping import keeping
    from maille.recording.keys.revocation import require_ours
    from maille.recording.keys.revocation import revoke as remove
    from maille.recording.keys.told import revoked_document, revoked_text

    shell = Shell(as_json, quiet)
    estate, names = estates.split(words)
    if len(names) != 1:
        raise UsageError(f"{len(names)} clients are named", "name one behind the estate")
    kept = keeping(shell, estate, as_of, Via(conf, client))
    with kept.cluster() as cluster:
        entity = require_ours(cluster, kept.layout, names[0])
        if not yes:
            _confirm(entity)
        with shell.progress("revoking"):
            done = remove(cluster, kept.layout, entity, kept.note, now())
    shell.answer(revoked_document(done), lambda: revoked_text(done))


def _confirm(entity: str) -> None:
    if not typer.get_text_stream("stdin").isatty():
        raise UsageError("nobody is there to confirm", "add --yes to do it without asking")
    if not typer.confirm(f"whoever works with {entity} stops at once: do that?", err=True):
        raise typer.Exit(ExitCode.CHANGES_PENDING)
