"""`maille hold list`, `show` and `verify`: what there is, and whether it is what it was."""

from __future__ import annotations

from typing import Annotated

import typer

from maille.cli import estates
from maille.cli.hold.desk import Names, at_desk, one_name
from maille.cli.options import AsJson, Estate, Quiet
from maille.cli.shell import Shell
from maille.cli.storage.moments import AsOfTime
from maille.cli.storage.options import Client, Conf, Via
from maille.errors import ExitCode


def list_holds(
    estate: Estate,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Also what was released.")] = False,
    conf: Conf = None,
    client: Client = None,
    as_of_time: AsOfTime = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """List the holds, those overdue first. Ends with 1 if a deadline is over.

    Example:
        maille hold list inventory/malataverne
        maille hold list inventory/malataverne --all --json
    """
    from maille.holds.report import list_document, list_text
    from maille.holds.work import by_urgency, overdue

    shell = Shell(as_json, quiet)
    with at_desk(shell, estate, Via(conf, client), as_of_time, "verifier", journaled=False) as desk:
        now = desk.work.now
        found = by_urgency(desk.holds(()), now)
    shown = [hold for hold in found if everything or hold.state != "released"]
    shell.answer(list_document(shown, now), lambda: list_text(shown, now))
    if any(overdue(hold, now) for hold in shown):
        raise typer.Exit(ExitCode.FINDINGS)


def show(
    words: Names,
    *,
    conf: Conf = None,
    client: Client = None,
    as_of_time: AsOfTime = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell all about a hold: what is asked for, what is copied and missing, who did what.

    Example:
        maille hold show inventory/malataverne pv-2026-01234
    """
    from maille.holds.report import show_document, show_text

    shell = Shell(as_json, quiet)
    estate, name = one_name(words)
    with at_desk(shell, estate, Via(conf, client), as_of_time, "verifier", journaled=False) as desk:
        hold = desk.work.opened.register.named(name)
        copies = {copy.path: copy for copy in desk.work.copies(hold).values()}
        now = desk.work.now
    shell.answer(show_document(hold, copies), lambda: show_text(hold, copies, now))


def verify(
    words: Names = [],  # noqa: B006 - Typer makes it anew
    *,
    conf: Conf = None,
    client: Client = None,
    as_of_time: AsOfTime = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Read every copy, and compare it with its digest; of all holds by default.

    With the verifier's key, which can change nothing. Ends with 1 if anything is wrong.

    Example:
        maille hold verify inventory/malataverne
        maille hold verify inventory/malataverne pv-2026-01234
    """
    from maille.holds.report import proof_document, proof_text

    shell = Shell(as_json, quiet)
    estate, names = estates.split(words)
    proofs = []
    with at_desk(shell, estate, Via(conf, client), as_of_time, "verifier") as desk:
        for hold in desk.holds(names):
            if names or hold.state not in ("releasing", "released"):
                with shell.progress(f"verifying {hold.name}") as step:
                    proofs.append(desk.work.verify(hold, step))
    shell.answer(proof_document(proofs), lambda: proof_text(proofs))
    if any(proof.findings for proof in proofs):
        raise typer.Exit(ExitCode.FINDINGS)
