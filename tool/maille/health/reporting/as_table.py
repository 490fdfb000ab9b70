"""A report for the terminal: the whole, the rows, what was worst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from maille.health.reporting.naming import cause_name, heading, row_name
from maille.health.reporting.wording import (
    KIND,
    ORIGIN,
    brief,
    hours,
    moment,
    owed,
    plain,
    share,
    span,
    window,
)
from maille.tongue import SOURCE, tongue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import JustifyMethod, RenderableType

    from maille.health.reporting.model import Report, Row

_ENGLISH = tongue(SOURCE)
_WORST = 10
"""Causes that are listed; the other forms have them all."""


def as_table(report: Report) -> RenderableType:
    """Write a report for people."""
    parts: list[RenderableType] = [_head(report), Text(), _rows(report)]
    if report.blames:
        parts += [Text(), _causes(report)]
    if report.unseen:
        parts += [Text(), Text(plain("\n".join(_unseen(report))))]
    return Group(*parts)


def _head(report: Report) -> Text:
    asked, whole = report.asked, report.whole
    kinds = ", ".join(KIND[kind] for kind in sorted(asked.kinds))
    when = window(asked.window, asked.zone, _ENGLISH)
    said = (
        f"{report.title}, {kinds}, {when} ({asked.zone.key})\n"
        f"{share(whole.figures.availability, _ENGLISH)} available,"
        f" {len(whole.figures.outages)} outages of {whole.targets} devices,"
        f" MTBF {brief(whole.figures.mtbf, _ENGLISH)}, MTTR {brief(whole.figures.mttr, _ENGLISH)}"
    )
    return Text(plain(said))


def _rows(report: Report) -> Table:
    table = _table(
        (heading(report.asked.by, _ENGLISH).lower(), "left"),
        ("devices", "right"),
        ("available", "right"),
        ("owed", "right"),
        ("", "left"),
        ("outages", "right"),
        ("MTBF", "right"),
        ("MTTR", "right"),
        ("own h", "right"),
        ("upstream h", "right"),
        ("power h", "right"),
        ("maintenance h", "right"),
        ("unknown h", "right"),
    )
    for row in report.rows:
        figures = row.figures
        table.add_row(
            row_name(row, report, _ENGLISH),
            str(row.targets),
            share(figures.availability, _ENGLISH),
            " ".join(owed(each.terms.uptime_target, _ENGLISH) for each in row.commitments),
            _kept(row),
            str(len(figures.outages)),
            plain(brief(figures.mtbf, _ENGLISH)),
            plain(brief(figures.mttr, _ENGLISH)),
            *(
                f"{hours(length):,.1f}"
                for length in (
                    figures.own,
                    figures.upstream,
                    figures.power,
                    figures.maintenance,
                    figures.unknown,
                )
            ),
        )
    return table


def _kept(row: Row) -> str:
    """Say whether every contract was kept."""
    met = [each.met for each in row.commitments]
    if False in met:
        return "MISSED"
    return "met" if True in met else ""


def _causes(report: Report) -> Table:
    table = _table(
        ("worst causes", "left"),
        ("", "left"),
        ("outages", "right"),
        ("devices", "right"),
        ("lost h", "right"),
    )
    for blame in report.blames[:_WORST]:
        table.add_row(
            cause_name(blame),
            ORIGIN[blame.origin],
            str(blame.outages),
            str(blame.targets),
            f"{hours(blame.lost):,.1f}",
        )
    return table


def _unseen(report: Report) -> Iterator[str]:
    zone = report.asked.zone
    for begin, end in report.unseen:
        yield (
            f"nobody looked from {moment(begin, zone, _ENGLISH)} to"
            f" {moment(end, zone, _ENGLISH)}: {span(end - begin, _ENGLISH)}"
        )


def _table(*columns: tuple[str, JustifyMethod]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title, justify in columns:
        table.add_column(title, justify=justify, no_wrap=True)
    return table
