"""`maille health report`: uptime over a time, and what a shift hands over."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from maille.cli.checking import checked
from maille.cli.health.history import HistoryAddress, reading
from maille.cli.health.options import now
from maille.cli.options import AsJson, AsOf, Estate, Quiet, file_to_write
from maille.cli.shell import Shell
from maille.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from maille.blueprint.model import Blueprint
    from maille.health.reporting.model import Asked
    from maille.health.uptime.reader import Journal
    from maille.health.uptime.spans import Span
    from maille.tongue import Tongue

_SHIFT = timedelta(hours=8)


class Counted(StrEnum):
    """A kind of device, for `--kind`."""

    CAMERA = "camera"
    SWITCH = "switch"
    RECORDER = "recorder"
    CEPH = "ceph"
    HOST = "host"


def _files(files: list[Path] | None) -> list[Path]:
    """Refuse files that cannot be written, or whose name says of no form what it is."""
    for file in files or ():
        file_to_write(file)
        if file.suffix not in {".csv", ".html", ".json", ".xlsx"}:
            raise UsageError(
                f"{file} is none of the forms of a report",
                "let its name end with .html, .xlsx, .csv or .json",
            )
    return files or []


def report(  # noqa: PLR0913 - one argument an option
    estate: Estate,
    *,
    begin: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="TIME",
            help="A day, or a time by the clock on the wall.",
            show_default="with --shift 8 hours ago",
        ),
    ] = None,
    end: Annotated[
        str | None,
        typer.Option("--to", metavar="TIME", help="The last day, or a time.", show_default="now"),
    ] = None,
    by: Annotated[
        Literal["camera", "commune", "wave", "owner"],
        typer.Option("--by", help="What a row is; `camera` is a row a device."),
    ] = "commune",
    kind: Annotated[
        list[Counted] | None,
        typer.Option(
            "--kind", help="What is counted; may be repeated.", show_default="cameras alone"
        ),
    ] = None,
    shift: Annotated[
        bool, typer.Option("--shift", help="What a shift hands over to the next, instead.")
    ] = False,
    out: Annotated[
        list[Path] | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Write .html (a page to print), .xlsx, .csv or .json; may be repeated.",
            callback=_files,
        ),
    ] = None,
    language: Annotated[
        Literal["fr", "en"] | None,
        typer.Option(help="Of what is written to files.", show_default="the estate's"),
    ] = None,
    history: HistoryAddress = None,
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Report uptime from what the pollers have seen, or what a shift hands over.

    Only time in service that was polled is judged; what nobody saw is told apart, and announced
    maintenance counts neither way. Nomads count where they hung on each day, contracts in their
    own hours. Days are those of the estate's time zone.

    Example:
        maille health report inventory/chartres --from 2026-10-01 --to 2026-10-31
        maille health report inventory/chartres --from 2026-10-01 --by owner --out october.html
        maille health report inventory/chartres --shift --out hand-over.html
    """
    from maille.health.reporting.model import Asked
    from maille.local_time import zone_named
    from maille.tongue import tongue

    shell = Shell(as_json, quiet)
    blueprint = checked(shell, estate, as_of).built().blueprint
    settings = blueprint.estate.settings
    zone = zone_named(settings.health.time_zone)
    window = _window(shell, begin, end, zone, shift=shift)
    asked = Asked(window, zone, by, frozenset(one.value for one in kind or [Counted.CAMERA]))
    words = tongue(language or settings.language)
    make = _hand_over if shift else _report
    with reading(estate, history) as journal:
        make(shell, blueprint, journal, asked, out or (), words)


def _window(
    shell: Shell, begin: str | None, end: str | None, here: ZoneInfo, *, shift: bool
) -> Span:
    """Give the time to report on; the future is cut off, for nobody has seen it."""
    from maille.local_time import end_of, start_of

    at = now()
    if begin is None and not shift:
        raise UsageError("it is not said from when on to report", "give --from, like 2026-10-01")
    stop = end_of(end, here) if end else at
    if stop > at:
        shell.say(f"the report ends now, at {at.astimezone(here):%Y-%m-%d %H:%M}")
        stop = at
    start = start_of(begin, here) if begin else stop - _SHIFT
    if start >= stop:
        raise UsageError(
            "from --from to --to there is no time that is past",
            "let --from be before both --to and now",
        )
    return start, stop


def _report(
    shell: Shell,
    blueprint: Blueprint,
    journal: Journal,
    asked: Asked,
    out: Sequence[Path],
    words: Tongue,
) -> None:
    from maille.files import write_atomically
    from maille.health.reporting.as_document import as_document
    from maille.health.reporting.as_table import as_table
    from maille.health.reporting.compiling import compile_report
    from maille.health.reporting.files import report_file

    with shell.progress("adding up"):
        compiled = compile_report(blueprint, journal, asked)
    day = now().astimezone(asked.zone).date()
    for file in out:
        write_atomically(file, report_file(compiled, file.suffix, day, words))
        shell.say(f"{file}: written")
    shell.answer(as_document(compiled), lambda: as_table(compiled))


def _hand_over(
    shell: Shell,
    blueprint: Blueprint,
    journal: Journal,
    asked: Asked,
    out: Sequence[Path],
    words: Tongue,
) -> None:
    from maille.files import write_atomically
    from maille.health.reporting.files import shift_file
    from maille.health.reporting.shift import compile_shift
    from maille.health.reporting.shift_as_document import shift_as_document
    from maille.health.reporting.shift_as_text import shift_as_text

    compiled = compile_shift(blueprint, journal, asked.window, asked.zone)
    day = now().astimezone(asked.zone).date()
    for file in out:
        write_atomically(file, shift_file(compiled, file.suffix, day, words))
        shell.say(f"{file}: written")
    shell.answer(shift_as_document(compiled), lambda: shift_as_text(compiled))
