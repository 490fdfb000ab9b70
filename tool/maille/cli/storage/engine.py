"""`maille storage engine`: the Pulumi engine that provisions the recordings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from maille.cli.options import AsJson, Quiet
from maille.cli.shell import Shell

if TYPE_CHECKING:
    from maille.recording.engine.find import Candidate


def engine(
    *,
    install: Annotated[
        bool,
        typer.Option(
            "--install", help="Get one where none is found: the official release, else a build."
        ),
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell which Pulumi engine is used, and why.

    `pulumi` on the PATH goes first if its version suits, then the one in the user's cache.
    Exit code 1: there is none.

    Example:
        maille storage engine
        maille storage engine --install
    """
    from maille.errors import ExitCode
    from maille.recording.engine.find import candidates, chosen
    from maille.recording.engine.install import install as get_engine

    shell = Shell(as_json, quiet)
    if install:
        get_engine(shell.progress, shell.say)
    found = candidates()
    used = chosen(found)
    document = {"used": _as_document(used), "seen": [_as_document(each) for each in found]}
    shell.answer(document, lambda: "\n".join(_as_line(each, used) for each in found))
    if used is None:
        shell.say("no engine: get one with maille storage engine --install")
        raise typer.Exit(ExitCode.FINDINGS)


def _as_document(candidate: Candidate | None) -> dict[str, object] | None:
    if candidate is None:
        return None
    return {
        "origin": candidate.origin,
        "program": candidate.program,
        "version": str(candidate.version) if candidate.version else None,
        "problem": candidate.problem or None,
    }


def _as_line(candidate: Candidate, used: Candidate | None) -> str:
    verdict = "used" if candidate is used else candidate.problem or "suits, and is not needed"
    what = " ".join(str(part) for part in (candidate.program, candidate.version) if part)
    return f"{candidate.origin:<5}  {f'{what}: ' if what else ''}{verdict}"
