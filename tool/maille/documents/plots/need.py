"""Need against capacity of the recordings, over the waves and the growth after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.storage import TB
from maille.documents.plots.axes import Frame, nice_top, value_axis, year_axis
from maille.documents.plots.svg import Drawing, path, tag, together

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from markupsafe import Markup

    from maille.sizing.forecast import Forecast, Step
    from maille.tongue import Tongue

_WIDTH, _HEIGHT = 880.0, 400.0
_LABEL_GAP = 16.0
_HEADROOM = 1.12
"""Room above the higher of need and capacity, so that its label has a place."""


def need_plot(forecast: Forecast, tongue: Tongue) -> Drawing:
    """Draw what is promised over time, what can be promised, and the day they meet."""
    frame = _frame(forecast)
    return Drawing(
        title=tongue.gettext("Storage promised over time, against what can be promised"),
        description=outlook(forecast, tongue),
        width=_WIDTH,
        height=_HEIGHT,
        body=together(
            [
                value_axis(frame, tongue),
                tag("text", tongue.gettext("TB"), x=frame.left - 8, y=16.0, class_="tick end"),
                _need(forecast, frame),
                year_axis(frame),
                _capacity(forecast, frame, tongue),
                _end(forecast, frame, tongue),
                together(_labels(forecast, frame, tongue)),
            ]
        ),
    )


def outlook(forecast: Forecast, tongue: Tongue) -> str:
    """Say in a sentence when the capacity runs out."""
    last = forecast.steps[-1]
    if forecast.runs_out is None:
        return tongue.gettext(
            "With {cameras} cameras {need} are promised of {usable}; no end is in sight."
        ).format(
            cameras=tongue.number(last.cameras),
            need=tongue.terabytes(last.promised_bytes),
            usable=tongue.terabytes(forecast.usable_bytes),
        )
    return tongue.gettext(
        "With {cameras} cameras {need} are promised of {usable}; with {growth} more cameras a"
        " year the capacity runs out on {day}."
    ).format(
        cameras=tongue.number(last.cameras),
        need=tongue.terabytes(last.promised_bytes),
        usable=tongue.terabytes(forecast.usable_bytes),
        growth=tongue.short(forecast.cameras_per_year, 1),
        day=tongue.day(forecast.runs_out),
    )


def _frame(forecast: Forecast) -> Frame:
    last = forecast.last
    highest = max(forecast.usable_bytes, forecast.promised_at(last)) / TB * _HEADROOM
    first = forecast.steps[0].day.toordinal()
    return Frame(64.0, 28.0, _WIDTH - 16, _HEIGHT - 32, first, last.toordinal(), nice_top(highest))


def _need(forecast: Forecast, frame: Frame) -> Markup:
    points = list(_curve(forecast, frame))
    base = [(frame.right, frame.bottom), (frame.left, frame.bottom)]
    return together(
        [
            tag("path", d=path([*points, *base]) + "Z", class_="area"),
            tag("path", d=path(points), class_="curve"),
        ]
    )


def _curve(forecast: Forecast, frame: Frame) -> Iterator[tuple[float, float]]:
    before: Step | None = None
    for step in forecast.steps:
        x = frame.x(step.day.toordinal())
        if before:
            yield x, frame.y(before.promised_bytes / TB)
        yield x, frame.y(step.promised_bytes / TB)
        before = step
    yield frame.right, frame.y(forecast.promised_at(forecast.last) / TB)


def _capacity(forecast: Forecast, frame: Frame, tongue: Tongue) -> Markup:
    y = frame.y(forecast.usable_bytes / TB)
    text = tongue.gettext("can be promised: {size}").format(
        size=tongue.terabytes(forecast.usable_bytes)
    )
    end = forecast.runs_out or forecast.last
    early = frame.x(end.toordinal()) < (frame.left + frame.right) / 2
    x, side = (frame.right - 8, "end") if early else (frame.left + 8, "start")
    return together(
        [
            tag("line", x1=frame.left, x2=frame.right, y1=y, y2=y, class_="limit"),
            tag("text", text, x=x, y=y - 8, class_=f"note limit-note {side}"),
        ]
    )


def _labels(forecast: Forecast, frame: Frame, tongue: Tongue) -> Iterator[Markup]:
    """Write beside each step what it brings: a line below the label above, off the limit."""
    at = frame.top - _LABEL_GAP
    limit = frame.y(forecast.usable_bytes / TB)
    for step in reversed(forecast.steps):
        x, y = frame.x(step.day.toordinal()), frame.y(step.promised_bytes / TB)
        at = max(y + 18, at + _LABEL_GAP)
        if limit - 2 < at < limit + _LABEL_GAP:
            at = limit + _LABEL_GAP
        what = tongue.ngettext("{count} camera", "{count} cameras", round(step.cameras)).format(
            count=tongue.number(step.cameras)
        )
        text = " · ".join(filter(None, (tongue.brief_day(step.day), what, step.title)))
        yield tag("circle", cx=x, cy=y, r=3.5, class_="dot")
        yield tag(
            "text", text, x=frame.x(forecast.steps[-1].day.toordinal()) + 10, y=at, class_="note"
        )


def _end(forecast: Forecast, frame: Frame, tongue: Tongue) -> Markup:
    day: date | None = forecast.runs_out
    if day is None:
        return together([])
    x, y = frame.x(day.toordinal()), frame.y(forecast.usable_bytes / TB)
    text = tongue.gettext("runs out: {day}").format(day=tongue.brief_day(day))
    side = "end" if x > (frame.left + frame.right) / 2 else "start"
    return together(
        [
            tag("line", x1=x, x2=x, y1=y, y2=frame.bottom, class_="end-line"),
            tag("circle", cx=x, cy=y, r=5.0, class_="end-dot"),
            tag(
                "text",
                text,
                x=x - 8 if side == "end" else x + 8,
                y=frame.bottom - 10,
                class_=f"note strong {side}",
            ),
        ]
    )
