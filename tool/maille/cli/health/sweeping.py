"""`maille health sweep`: every device once, what is wrong first."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from maille.cli.checking import checked
from maille.cli.health.options import At, Between, Engine, Rtsp, Timeout, Tries, looked, now
from maille.cli.health.recordings import newest_segments
from maille.cli.ids import Kind
from maille.cli.options import AsJson, AsOf, Estate, Quiet, complete_ids
from maille.cli.shell import Shell
from maille.cli.storage.options import Conf
from maille.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Collection

    from maille.health.look import Look
    from maille.health.targets.model import Target


class Polled(StrEnum):
    """A kind of device, for `--kind`."""

    SWITCH = "switch"
    CAMERA = "camera"
    RECORDER = "recorder"
    CEPH = "ceph"
    HOST = "host"


def sweep(  # noqa: PLR0913 - one argument an option
    estate: Estate,
    *,
    as_of: AsOf,
    commune: Annotated[
        list[str] | None,
        typer.Option(
            "--commune",
            metavar="INSEE",
            help="Only this commune, by its code or name; may be repeated.",
            autocompletion=complete_ids(Kind.COMMUNE),
        ),
    ] = None,
    kind: Annotated[
        list[Polled] | None,
        typer.Option("--kind", help="Only this kind of device; may be repeated."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="List those that are well, too.")] = False,
    engine: Engine = "gufo",
    at: At = None,
    between: Between = 5.0,
    timeout: Timeout = 1.0,
    tries: Tries = 2,
    rtsp: Rtsp = False,
    recordings: Annotated[
        bool,
        typer.Option("--recordings", help="Read each camera's newest segment from the cluster."),
    ] = False,
    conf: Conf = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Ask every device in service how it is, and tell what is wrong and why.

    Down, unreachable because of something else, degraded: each with its cause and the value that
    shows it. Rates follow from two readings. The credentials are those of `management.snmp` in
    estate.yaml. Ends with 1 if anything is down or unreachable, with 4 if nobody answered at all.

    Example:
        maille health sweep inventory/chartres
        maille health sweep inventory/chartres --commune Lucé --kind camera --json
    """
    from maille.check.scope import commune_named
    from maille.health.look import How
    from maille.health.profiles.library import shipped
    from maille.health.shown.as_document import as_document
    from maille.health.shown.as_text import as_text
    from maille.health.snmp.model import Patience
    from maille.health.targets.build import targets

    shell = Shell(as_json, quiet)
    blueprint = checked(shell, estate, as_of).sound()
    named = {commune_named(blueprint.estate, word) for word in commune or ()}
    wanted = _wanted(targets(blueprint, shipped()), named, kind or ())
    how = How(engine, between, rtsp)
    with shell.progress(f"asking {len(wanted)} devices"):
        found = looked(
            blueprint,
            wanted,
            at,
            Patience(timeout, tries),
            how,
            lambda: newest_segments(blueprint, estate, conf, named, now()) if recordings else {},
        )
    settings, where = blueprint.estate.settings, str(at or "")
    shell.answer(
        as_document(found, settings.estate, engine, where),
        lambda: as_text(found, settings.title, where, every=every),
    )
    raise typer.Exit(_exit(found))


def _wanted(
    every: tuple[Target, ...], named: Collection[str], kinds: Collection[str]
) -> tuple[Target, ...]:
    return tuple(
        target
        for target in every
        if (not named or target.commune in named) and (not kinds or target.kind in kinds)
    )


def _exit(found: Look) -> ExitCode:
    asked = found.observations.values()
    if asked and all(one.silence and not one.silence.alive for one in asked):
        return ExitCode.OUT_OF_REACH
    states = {state.state for state in found.picture.states.values()}
    return ExitCode.FINDINGS if states & {"down", "unreachable"} else ExitCode.DONE
