"""Time lost over a window, by whose fault, and how much of it nobody saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date

from maille.documents.plots.axes import Frame, nice_top, value_axis
from maille.documents.plots.svg import Drawing, tag, together
from maille.health.reporting.wording import ORIGIN, hours, moment
from maille.health.uptime.periods import grain_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from maille.health.reporting.model import Period, Report
    from maille.tongue import Tongue

_WIDTH, _HEIGHT = 880.0, 300.0
_STRIP_TOP, _STRIP = 34.0, 12.0
"""Below the axis and its labels: the strip of what was not seen."""
_LABELS = 14
_FORMATS = {"day": "d MMM", "week": "d MMM", "month": "MMM y"}


def losses_plot(report: Report, tongue: Tongue) -> Drawing:
    """Draw a bar a period: the time that devices were away in it, all together."""
    highest = max((hours(each.figures.away) for each in report.periods), default=0.0)
    frame = Frame(
        left=64.0,
        top=28.0,
        right=_WIDTH - 16,
        bottom=_HEIGHT - 66,
        first=report.asked.window[0].timestamp(),
        last=report.asked.window[1].timestamp(),
        highest=nice_top(highest),
    )
    return Drawing(
        title=tongue.gettext("Time lost, by its cause"),
        description=tongue.gettext(
            "Of all devices together {away} h are lost; {unknown} h nobody saw."
        ).format(
            away=tongue.number(hours(report.whole.figures.away), 1),
            unknown=tongue.number(hours(report.whole.figures.unknown), 1),
        ),
        width=_WIDTH,
        height=_HEIGHT,
        body=together(
            [
                value_axis(frame, tongue),
                tag("text", tongue.gettext("h"), x=frame.left - 8, y=16.0, class_="tick end"),
                *_labels(report, frame, tongue),
                *(_bar(each, report, frame, tongue) for each in report.periods),
                *_strip(report, frame, tongue),
            ]
        ),
    )


def _bar(period: Period, report: Report, frame: Frame, tongue: Tongue) -> Markup:
    left, right = _edges(period, frame)
    base, parts = 0.0, []
    for origin in ORIGIN:
        lost = hours(getattr(period.figures, origin))
        if lost:
            parts.append(
                tag(
                    "rect",
                    x=left,
                    y=frame.y(base + lost),
                    width=right - left,
                    height=frame.y(base) - frame.y(base + lost),
                    class_=f"lost-{origin}",
                )
            )
            base += lost
    said = [
        f"{tongue.gettext(word)}: {tongue.number(hours(getattr(period.figures, origin)), 1)}"
        f" {tongue.gettext('h')}"
        for origin, word in ORIGIN.items()
    ]
    when = moment(period.span[0], report.asked.zone, tongue)
    return tag("g", tag("title", "\n".join([when, *said])), *parts)


def _strip(report: Report, frame: Frame, tongue: Tongue) -> Iterator[Markup]:
    """Draw below the axis how much of each period nobody saw: a full field is all of it."""
    top = frame.bottom + _STRIP_TOP
    yield tag(
        "rect",
        x=frame.left,
        y=top,
        width=frame.right - frame.left,
        height=_STRIP,
        class_="strip",
    )
    for period in report.periods:
        wanted = period.figures.wanted
        part = period.figures.unknown / wanted if wanted else 0.0
        if part:
            left, right = _edges(period, frame)
            text = tongue.gettext("nobody saw {share}").format(share=tongue.percent(part, 1))
            yield tag(
                "rect",
                tag("title", text),
                x=left,
                y=top + _STRIP * (1 - part),
                width=right - left,
                height=_STRIP * part,
                class_="lost-unseen",
            )


def _edges(period: Period, frame: Frame) -> tuple[float, float]:
    left, right = (frame.x(edge.timestamp()) for edge in period.span)
    gap = min(2.0, (right - left) * 0.1)
    return left + gap, right - gap


def _labels(report: Report, frame: Frame, tongue: Tongue) -> Iterator[Markup]:
    yield tag(
        "line", x1=frame.left, x2=frame.right, y1=frame.bottom, y2=frame.bottom, class_="axis"
    )
    step = -(-len(report.periods) // _LABELS)
    for number, period in enumerate(report.periods):
        if number % step == 0:
            left, right = (frame.x(edge.timestamp()) for edge in period.span)
            text = _label(period, report, tongue)
            x = (left + right) / 2
            yield tag("text", text, x=x, y=frame.bottom + 18, class_="tick middle")


def _label(period: Period, report: Report, tongue: Tongue) -> str:
    local = period.span[0].astimezone(report.asked.zone)
    grain = grain_of(report.asked.window)
    if grain == "hour":
        return f"{local:%H:%M}"
    return format_date(local.date(), _FORMATS[grain], locale=tongue.locale)
