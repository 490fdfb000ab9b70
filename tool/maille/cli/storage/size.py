"""`maille storage size`: how much the recordings of an estate need."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from maille.cli.checking import checked
from maille.cli.options import AsJson, AsOf, Estate, Quiet, file_to_write
from maille.cli.shell import Shell

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint
    from maille.sizing.report import Report
    from maille.sizing.supposition import Code, Supposition

_LEAST_CODING_CHUNKS = 2


def _code(text: str) -> Code:
    from maille.sizing.supposition import Code

    found = re.fullmatch(r"([1-9][0-9]?)\+([1-9][0-9]?)", text)
    if not found:
        raise typer.BadParameter(f"'{text}' is no erasure code; write data + coding chunks: 8+3")
    code = Code(int(found[1]), int(found[2]))
    if code.m < _LEAST_CODING_CHUNKS:
        raise typer.BadParameter(
            f"with '{text}' a disk that fails while another is rebuilt loses recordings;"
            f" suppose {code.k}+{_LEAST_CODING_CHUNKS} or more"
        )
    return code


def size(  # noqa: PLR0913 - one argument an option
    estate: Estate,
    *,
    days: Annotated[
        int | None, typer.Option(min=1, max=366, help="Suppose this retention everywhere.")
    ] = None,
    codec: Annotated[
        Literal["h264", "h265"] | None,
        typer.Option(help="Suppose this codec on every camera that can do it."),
    ] = None,
    fps: Annotated[
        int | None, typer.Option(min=1, max=120, help="Suppose this frame rate on every camera.")
    ] = None,
    cameras: Annotated[
        int | None,
        typer.Option(min=1, max=1_000_000, help="Suppose as many cameras, of the same mix."),
    ] = None,
    margin: Annotated[
        float | None, typer.Option(min=0, max=1, help="Suppose this margin: 0.25 is a quarter.")
    ] = None,
    ec: Annotated[
        str | None,
        typer.Option(
            metavar="K+M",
            help="Suppose this erasure code; without --hosts on as many as it needs.",
        ),
    ] = None,
    hosts: Annotated[
        int | None, typer.Option(min=2, max=10_000, help="Suppose as many storage hosts.")
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.svg",
            help="Draw need against capacity over the waves, and its end.",
            callback=file_to_write,
        ),
    ] = None,
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell what the recordings need, per commune and in all; suppose otherwise beside it.

    Need is for the promised days; a quota adds a segment, an expiry period and the margin. Raw
    is what quotas and holds take on the cluster, coded, filled to its target and able to heal
    the loss of a host. TB is 10^12 bytes, TiB 2^40.

    Example:
        maille storage size inventory/chartres
        maille storage size inventory/chartres --days 30 --ec 8+3
        maille storage size inventory/chartres --cameras 800 --plot need.svg
    """
    from maille.sizing.report import as_document, as_table
    from maille.sizing.supposition import Supposition

    shell = Shell(as_json, quiet)
    supposed = Supposition(
        days=days,
        codec=codec,
        fps=fps,
        cameras=cameras,
        margin=margin,
        code=None if ec is None else _code(ec),
        hosts=hosts,
    )
    blueprint = checked(shell, estate, as_of).built().blueprint
    report = _report(blueprint, supposed)
    if plot:
        _draw(report, blueprint, plot)
    shell.answer(as_document(report), lambda: as_table(report))
    _remark(shell, blueprint, report, plot)


def _report(blueprint: Blueprint, supposed: Supposition) -> Report:
    from maille.sizing.forecast import forecast
    from maille.sizing.report import Report
    from maille.sizing.sizing import size as size_up

    asked = not supposed.empty
    return Report(
        estate=blueprint.estate.settings.estate,
        as_of=blueprint.as_of,
        inventory=size_up(blueprint),
        forecast=forecast(blueprint),
        supposition=supposed,
        supposed=size_up(blueprint, supposed) if asked else None,
        supposed_forecast=forecast(blueprint, supposed) if asked else None,
    )


def _draw(report: Report, blueprint: Blueprint, file: Path) -> None:
    from maille.documents.plots.need import need_plot
    from maille.documents.plots.svg import standalone
    from maille.files import write_atomically
    from maille.tongue import tongue

    drawn = need_plot(
        report.supposed_forecast or report.forecast,
        tongue(blueprint.estate.settings.language),
    )
    write_atomically(file, standalone(drawn))


def _remark(shell: Shell, blueprint: Blueprint, report: Report, plot: Path | None) -> None:
    """Tell beside the result what limits a supposition, and where the plot is."""
    if report.supposed and report.supposed.lacking_codec:
        codec = report.supposition.codec
        shell.say(f"{report.supposed.lacking_codec} cameras cannot do {codec} and keep their codec")
    limits = [
        share.entry.authorisation.retention_max_days
        for share in blueprint.communes.values()
        if share.entry.authorisation
    ]
    days = report.supposition.days
    if days and limits and days > min(limits):
        count = sum(limit < days for limit in limits)
        shell.say(f"{days} days are more than the authorisation of {count} communes allows")
    if plot:
        shell.say(f"{plot}: need against capacity")
