"""`maille storage refresh`: what was changed on the cluster behind the inventory's back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from maille.cli.options import AsJson, AsOf, Estate, Quiet
from maille.cli.shell import Shell
from maille.cli.storage.options import Client, Conf, ScaleText, Via, opened
from maille.cli.storage.preparing import prepare
from maille.errors import ExitCode

if TYPE_CHECKING:
    from maille.errors import Finding


def refresh(
    estate: Estate,
    *,
    conf: Conf = None,
    client: Client = None,
    scale: ScaleText = "1",
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Read everything from the cluster again, and tell what is not as it was left.

    Changed quotas, missing keys, rights that were widened, foreign folders and keys, snapshots:
    each with whom it affects. Ends with 1 if there is any; `storage up` then puts right what is
    ours.

    Example:
        maille storage refresh inventory/chartres
    """
    from maille.recording.assembly import surroundings
    from maille.recording.drift.judge import judge
    from maille.report.as_json import brief_document

    shell = Shell(as_json, quiet)
    prepared = prepare(shell, estate, Via(conf, client), scale, (), as_of, fit=False)
    with shell.progress("reading the cluster"):
        outcome = prepared.stack.refresh()
    layout = prepared.assembly.layout
    with opened(prepared.stack.reach) as cluster:
        found = judge(outcome, layout, surroundings(layout, cluster))
    document = {
        "estate": layout.estate,
        "scale": layout.scale,
        "findings": [brief_document(finding) for finding in found],
    }
    shell.answer(document, lambda: _text(found, outcome.unchanged))
    if found:
        raise typer.Exit(ExitCode.FINDINGS)


def _text(found: tuple[Finding, ...], unchanged: int) -> str:
    if not found:
        return f"no drift: {unchanged} resources are as they were left"
    lines = [f"{one.severity} {one.code}  {one.what}\n    {one.how}" for one in found]
    return "\n".join([*lines, f"{len(found)} found"])
